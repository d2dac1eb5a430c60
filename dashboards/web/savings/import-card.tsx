import { Alert, Button, Code, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Taken } from '../../server/reported/reported-schemas.ts'
import { Problem } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { FileField, fileForm } from '../shared/file-field.tsx'
import { told } from '../shared/told.ts'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'

const COLUMNS = 'deployment,reference,variant,outcome,completedAt,humanMinutes,case'

/** Taking in a file of what a robot of another make did: all rows or none. */
export function ImportCard() {
  const t = useTexts()
  const { file, choose, send, leftOut, isPending, error } = useImport()
  return (
    <Card title={t('savings.imports.file')}>
      <Text size="sm">{t('savings.imports.lead')}</Text>
      <Code className="breaks">{COLUMNS}</Code>
      <Text size="sm">{t('savings.imports.columns')}</Text>
      <Group gap="sm" align="end">
        <FileField label={t('savings.imports.choose')} value={file} onChange={choose} />
        <Button disabled={!file} loading={isPending} onClick={send}>
          {t('savings.imports.take')}
        </Button>
      </Group>
      {leftOut > 0 && <Alert color="yellow">{t('savings.imports.leftout', { count: leftOut })}</Alert>}
      {error && <Problem error={error} />}
    </Card>
  )
}

function useImport() {
  const t = useTexts()
  const { api } = useHospital()
  const [file, setFile] = useState<File | null>(null)
  const touches = [`${api}/reported-items`, `${api}/items`, '/api/programme/savings']
  const { mutate, reset, isPending, error } = useChange({ answer: Taken, touches })
  const choose = (chosen: File | null) => {
    setFile(chosen)
    setLeftOut(0)
    reset()
  }
  const [leftOut, setLeftOut] = useState(0)
  const taken = (answer: z.output<typeof Taken>) => {
    told(t('savings.imports.taken', { count: answer.taken }))
    choose(null)
    setLeftOut(answer.leftOut)
  }
  const send = () => {
    if (!file) return
    const sent = { path: `${api}/reported-items/file`, body: fileForm(file) }
    mutate(sent, { onSuccess: taken })
  }
  return { file, choose, send, leftOut, isPending, error }
}
