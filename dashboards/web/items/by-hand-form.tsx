import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import type { z } from 'zod'
import { Handled, Measured } from '../../server/items/worklist-schemas.ts'
import { Problem } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import type { Opened } from './answers.ts'
import type { MeasuredTime } from './use-work-beats.ts'

interface ByHandFormProps {
  readonly item: Opened
  readonly onHandled: (handled: z.output<typeof Handled>) => void
  readonly onUndone: (measured: MeasuredTime) => void
}

/** How it stands in the hospital's system after somebody did it themselves. */
export function ByHandForm({ item, onHandled, onUndone }: ByHandFormProps) {
  const t = useTexts()
  const { api } = useHospital()
  const [variant, setVariant] = useState(item.variants[0]?.name ?? '')
  const [reference, setReference] = useState('')
  const done = useChange({ answer: Handled, touches: [`${api}/worklist`, `${api}/items`, `${api}/today`] })
  const undo = useChange({ answer: Measured })
  const error = done.error ?? undo.error
  const path = `${api}/worklist/${item.id}`
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    done.mutate({ path: `${path}/done`, body: { variant, reference } }, { onSuccess: onHandled })
  }
  const notAfterAll = () =>
    undo.mutate({ path: `${path}/by-hand`, body: { chosen: false } }, { onSuccess: onUndone })
  return (
    <Card title={t('items.working.byhand.title')}>
      <Text size="sm" c="dimmed">
        {t('items.working.byhand.hint')}
      </Text>
      <form onSubmit={submit}>
        <Stack gap="md" maw={480}>
          <HowItStands item={item} {...{ variant, setVariant, reference, setReference }} />
          {error && <Problem error={error} />}
          <Group gap="sm">
            <Button type="submit" loading={done.isPending}>
              {t('items.working.byhand.done')}
            </Button>
            <Button variant="default" loading={undo.isPending} onClick={notAfterAll}>
              {t('items.working.byhand.undo')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  )
}

interface HowItStandsProps {
  readonly item: Opened
  readonly variant: string
  readonly setVariant: (variant: string) => void
  readonly reference: string
  readonly setReference: (reference: string) => void
}

function HowItStands({ item, variant, setVariant, reference, setReference }: HowItStandsProps) {
  const t = useTexts()
  const inLanguage = useInLanguage()
  return (
    <>
      <NativeSelect
        label={t('items.working.byhand.variant')}
        data={item.variants.map(({ name, title }) => ({ value: name, label: inLanguage(title) }))}
        value={variant}
        onChange={(event) => setVariant(event.currentTarget.value)}
      />
      <TextInput
        label={t('items.working.byhand.reference')}
        required
        autoFocus
        maxLength={200}
        autoComplete="off"
        value={reference}
        onChange={(event) => setReference(event.currentTarget.value)}
      />
    </>
  )
}
