import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { z } from 'zod'
import { Handled, type Looked } from '../../server/items/worklist-schemas.ts'
import { Problem } from '../shared/asked.tsx'
import { GeneratedForm } from '../shared/generated-form.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { Opened } from './answers.ts'
import { LookedChoice } from './looked-choice.tsx'

const Schema = z.record(z.string(), z.unknown())

interface CorrectFormProps {
  readonly item: Opened
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly onHandled: (handled: z.output<typeof Handled>) => void
}

/** The item's data in a form made of its robot's schema, to be corrected and given back. */
export function CorrectForm({ item, value, onChange, onHandled }: CorrectFormProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [looked, setLooked] = useState<z.input<typeof Looked>>()
  const unsure = item.acts.find(({ state }) => state === 'armed')
  const giveBack = useChange({
    answer: Handled,
    touches: [`${api}/worklist`, `${api}/items`, `${api}/today`],
  })
  const send = (data: unknown) =>
    giveBack.mutate(
      { path: `${api}/worklist/${item.id}/give-back`, body: { data, ...(looked && { looked }) } },
      { onSuccess: onHandled },
    )
  const ready = !unsure || isAnswered(looked)
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('items.working.correct.hint')}
      </Text>
      <GeneratedForm
        schema={Schema.parse(item.schema)}
        value={value}
        onChange={onChange}
        onSubmit={send}
        name="item"
        error={giveBack.error}
      >
        {unsure && (
          <LookedChoice act={unsure.name} marker={item.marker} looked={looked} onChange={setLooked} />
        )}
        {giveBack.error && <Problem error={giveBack.error} />}
        <Button type="submit" loading={giveBack.isPending} disabled={!ready} w="fit-content">
          {t('items.working.giveback')}
        </Button>
      </GeneratedForm>
    </>
  )
}

function isAnswered(looked: z.input<typeof Looked> | undefined): boolean {
  if (!looked) return false
  return !looked.stands || looked.reference.trim() !== ''
}
