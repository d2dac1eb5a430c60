import { Alert, Button, List, Text } from '@mantine/core'
import type { z } from 'zod'
import type { Uncounted } from '../../server/savings/measure-schemas.ts'
import { useDay } from '../programme/use-day.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { MeasuredDeployment } from './answers.ts'
import { useVariantName } from './use-variant-name.ts'

export type UncountedRow = z.output<typeof Uncounted>[number]

interface UncountedNoteProps {
  readonly rows: readonly UncountedRow[]
  readonly deployments: readonly MeasuredDeployment[]
  /** Where each of them needs a baseline of its own. */
  readonly onMeasure?: (row: UncountedRow) => void
}

/** Which items will count nothing and from when, with the way to a new baseline; nothing where all still count. */
export function UncountedNote({ rows, deployments, onMeasure }: UncountedNoteProps) {
  const t = useTexts()
  const day = useDay()
  const { number } = useNumbers()
  const variantName = useVariantName(deployments)
  if (rows.length === 0) return null
  const sentence = ({ deployment, variant, from, until, items, days }: UncountedRow): string => {
    const values = { deployment, variant: variantName(deployment, variant), from: day(from), days }
    const counted = { count: items, each: number(items / days, 1) }
    return until === null
      ? t('savings.uncounted.row', { ...values, ...counted })
      : t('savings.uncounted.gap', { ...values, ...counted, until: day(until) })
  }
  return (
    <Alert color="yellow" variant="light" role="alert">
      <Text size="sm" fw={600}>
        {t('savings.uncounted.title')}
      </Text>
      <List size="sm">
        {rows.map((row) => (
          <List.Item key={`${row.deployment} ${row.variant}`}>
            {sentence(row)}{' '}
            {onMeasure && (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`${t('savings.uncounted.measure')}: ${row.deployment} ${variantName(row.deployment, row.variant)}`}
                onClick={() => onMeasure(row)}
              >
                {t('savings.uncounted.measure')}
              </Button>
            )}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}
