import { Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { ListAccepted, ListCheck, ListColumns } from '../../server/items/list-schemas.ts'
import { Asked, Problem } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { FileField } from '../shared/file-field.tsx'
import { told } from '../shared/told.ts'
import { useAsk, useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { ListColumnsCard } from './list-columns-card.tsx'
import { ListFindings } from './list-findings.tsx'

/** Choosing a file, what was found in it, and accepting it. */
export function OfferList({ deployment }: { readonly deployment: string }) {
  const t = useTexts()
  const { api } = useHospital()
  const [file, setFile] = useState<File | null>(null)
  const path = `${api}/lists/${deployment}`
  const columns = useAsk(ListColumns, path)
  const check = useChange({ answer: ListCheck })
  const accept = useChange({ answer: ListAccepted, touches: [`${api}/items`, `${api}/today`] })
  const error = check.error ?? accept.error
  const choose = (chosen: File | null) => {
    setFile(chosen)
    check.reset()
    accept.reset()
  }
  const look = () => {
    const form = new FormData()
    if (file) form.set('file', file)
    check.mutate({ path, body: form })
  }
  const taken = ({ items }: z.output<typeof ListAccepted>) => {
    told(t('items.lists.accepted', { count: items }))
    choose(null)
  }
  const take = (id: string) => accept.mutate({ path: `${path}/${id}` }, { onSuccess: taken })
  return (
    <Stack gap="lg">
      <Asked of={columns}>
        {(data) => <ListColumnsCard deployment={deployment} columns={data.columns} />}
      </Asked>
      <Card title={t('items.lists.file')}>
        <ChooseFile file={file} choose={choose} busy={check.isPending} check={look} columns={columns.data} />
        {error && <Problem error={error} />}
        {check.data && <ListFindings check={check.data} busy={accept.isPending} onAccept={take} />}
      </Card>
    </Stack>
  )
}

interface ChooseFileProps {
  readonly file: File | null
  readonly choose: (file: File | null) => void
  readonly busy: boolean
  readonly check: () => void
  readonly columns: z.output<typeof ListColumns> | undefined
}

function ChooseFile({ file, choose, busy, check, columns }: ChooseFileProps) {
  const t = useTexts()
  return (
    <Group gap="sm" align="end">
      <FileField
        label={t('items.lists.file')}
        description={t('items.lists.file.hint', { rows: columns?.mostRows ?? 0 })}
        accept=".csv,.xlsx,text/csv"
        value={file}
        onChange={choose}
      />
      <Button variant="default" disabled={!file} loading={busy} onClick={check}>
        {t('items.lists.check')}
      </Button>
    </Group>
  )
}
