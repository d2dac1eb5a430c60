import { Alert, List, Text } from '@mantine/core'
import type { z } from 'zod'
import type { WithdrawnImport } from '../../server/savings/withdrawn-imports-schemas.ts'
import { useDay } from '../programme/use-day.ts'
import { useTexts } from '../shared/use-texts.ts'

interface WithdrawnNoteProps {
  readonly withdrawn: readonly z.output<typeof WithdrawnImport>[]
  readonly hospitals: readonly { readonly id: string; readonly name: string }[]
}

/** That earlier totals of the period were others, for an import was withdrawn since; nothing when none was. */
export function WithdrawnNote({ withdrawn, hospitals }: WithdrawnNoteProps) {
  const t = useTexts()
  const day = useDay()
  if (withdrawn.length === 0) return null
  return (
    <Alert color="blue" variant="light">
      <Text size="sm" fw={600}>
        {t('savings.withdrawn')}
      </Text>
      <List size="sm">
        {withdrawn.map(({ hospital, import: number, on, items }) => (
          <List.Item key={`${hospital} ${number}`}>
            {t(items === null ? 'savings.withdrawn.few' : 'savings.withdrawn.items', {
              hospital: hospitals.find(({ id }) => id === hospital)?.name ?? hospital,
              ...{ number, day: day(on), count: items ?? 0 },
            })}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}
