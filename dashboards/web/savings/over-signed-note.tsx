import { Alert, List, Text } from '@mantine/core'
import type { z } from 'zod'
import type { OverSigned } from '../../server/savings/over-signed-schemas.ts'
import { useDay } from '../programme/use-day.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'

interface OverSignedNoteProps {
  readonly over: readonly z.output<typeof OverSigned>[]
  readonly hospitals?: readonly { readonly id: string; readonly name: string }[]
}

/** The days of which more is signed than is left net, each once, with what to do about it; nothing when all fits. */
export function OverSignedNote({ over, hospitals = [] }: OverSignedNoteProps) {
  const t = useTexts()
  const day = useDay()
  const { number } = useNumbers()
  if (over.length === 0) return null
  const lines = over.map(({ hospital, from, to, netHours, signedHours }) =>
    t('savings.realised.over.days', {
      hospital: hospitals.find(({ id }) => id === hospital)?.name ?? hospital,
      ...{ from: day(from), to: day(to), signed: number(signedHours, 2), net: number(netHours, 2) },
    }),
  )
  return (
    <Alert color="yellow" variant="light">
      <Text size="sm" fw={600}>
        {t('savings.realised.over')}
      </Text>
      <List size="sm">
        {[...new Set(lines)].map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </Alert>
  )
}
