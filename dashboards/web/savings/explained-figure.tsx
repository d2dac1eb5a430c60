import { Text } from '@mantine/core'
import type { z } from 'zod'
import type { Measure } from '../../server/savings/explain-schemas.ts'
import type { HospitalSavings } from '../../server/savings/savings-schemas.ts'
import { PageLink } from '../shared/page-link.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { ChosenPeriod } from './period-choice.tsx'

interface ExplainedFigureProps {
  readonly measure: z.output<typeof Measure>
  readonly hospital: string
  readonly deployment?: string
  readonly period: ChosenPeriod
  /** Null is not told, and leads nowhere. */
  readonly value: number | null
  readonly decimals?: number
}

/** A figure that leads to its explanation. */
export function ExplainedFigure({
  measure,
  hospital,
  deployment,
  period,
  value,
  decimals = 2,
}: ExplainedFigureProps) {
  const t = useTexts()
  const { number } = useNumbers()
  const { from, to } = period
  const of = deployment === undefined ? {} : { deployment }
  if (value === null) return t('savings.withheld')
  const shown = number(value, decimals)
  return (
    <PageLink
      inherit
      to={`/hospitals/${hospital}/savings/explain`}
      search={{ measure, from, to, ...of }}
      aria-label={t('savings.explain.link', { figure: `${shown} ${t(`savings.measure.${measure}`)}` })}
    >
      {shown}
    </PageLink>
  )
}

type Interval = Pick<z.output<typeof HospitalSavings>, 'interval' | 'noInterval'>

/** The 95 % interval of a hospital's FTE or hours, or why there is none. */
export function IntervalText({
  interval,
  noInterval,
  of,
}: Interval & { readonly of: 'fte' | 'netHours' | 'contractFte' }) {
  const t = useTexts()
  const { number } = useNumbers()
  const range = interval?.[of]
  const why = noInterval === null ? '' : t(`savings.nointerval.${noInterval}`)
  const shown = range
    ? t('savings.interval', { low: number(range.low, 2), high: number(range.high, 2) })
    : why
  return (
    <Text size="xs" c="dimmed">
      {shown}
    </Text>
  )
}
