import { NativeSelect, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { Trend, type HospitalSavings } from '../../server/savings/savings-schemas.ts'
import { Asked } from '../shared/asked.tsx'
import { Card } from '../shared/card.tsx'
import { Chart, type Point, type Series } from '../shared/chart.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useLanguage, useTexts } from '../shared/use-texts.ts'
import { useBotTitle, type Bots } from './deployment-table.tsx'
import { ExplainedFigure } from './explained-figure.tsx'
import { MonthParts } from './month-parts.tsx'
import type { ChosenPeriod } from './period-choice.tsx'
import { useActivityTitle } from './use-activity-title.ts'

const SPLITS = ['hospital', 'bot', 'activity'] as const
type Split = (typeof SPLITS)[number]
const COLOURS = ['petrol.7', 'orange.7', 'grape.7', 'teal.7', 'blue.7', 'red.7', 'lime.8', 'gray.6']

interface TrendCardProps {
  readonly period: ChosenPeriod
  /** `&hospital=oost` for one, nothing for all. */
  readonly asked: string
  readonly hospitals: readonly z.output<typeof HospitalSavings>[]
  readonly bots: Bots
}

/** Net hours by month, split by hospital, robot or activity; drawn and as a table. */
export function TrendCard({ period, asked, hospitals, bots }: TrendCardProps) {
  const t = useTexts()
  const [split, setSplit] = useState<Split>('hospital')
  const trend = useAsk(Trend, `/api/programme/savings/trend?from=${period.from}&to=${period.to}${asked}`)
  const choice = (
    <NativeSelect
      label={t('savings.trend.by')}
      data={SPLITS.map((value) => ({ value, label: t(`savings.trend.by.${value}`) }))}
      value={split}
      onChange={({ currentTarget }) => setSplit(SPLITS.find((each) => each === currentTarget.value) ?? split)}
    />
  )
  return (
    <Card title={t('savings.trend.title')} actions={choice}>
      <Asked of={trend}>
        {(months) => <TrendChart months={months} split={split} hospitals={hospitals} bots={bots} />}
      </Asked>
      <Text size="sm">{t('savings.trend.follow')}</Text>
    </Card>
  )
}

interface TrendChartProps extends Omit<TrendCardProps, 'period' | 'asked'> {
  readonly months: z.output<typeof Trend>
  readonly split: Split
}

function TrendChart({ months, split, hospitals, bots }: TrendChartProps) {
  const t = useTexts()
  const { number } = useNumbers()
  const titleOf = useTitleOf({ split, hospitals, bots })
  const monthName = useMonthName()
  const keys = [
    ...new Set(months.flatMap(({ deployments }) => deployments.map((row) => row[split] ?? ''))),
  ].toSorted()
  const series = keys.map((key, index): Series => {
    const color = COLOURS[index % COLOURS.length] ?? 'petrol.7'
    return { key: `s${index}`, title: titleOf(key), color }
  })
  const points = months.map(({ month, deployments }): Point => {
    const own = (key: string) => deployments.filter((row) => (row[split] ?? '') === key)
    const sums = keys.map((key, index) => [
      `s${index}`,
      own(key).reduce((sum, { netHours }) => sum + netHours, 0),
    ])
    return { label: monthName(month), values: Object.fromEntries(sums) }
  })
  return (
    <Chart
      kind="line"
      caption={t('savings.trend.caption')}
      labelTitle={t('savings.trend.month')}
      series={series}
      points={points}
      format={(value) => number(value, 1)}
      cell={(point, key, shown) => {
        const month = months[points.indexOf(point)]
        const of = keys[series.findIndex((each) => each.key === key)]
        if (!month || of === undefined) return shown
        if (split === 'hospital')
          return <MonthFigure month={month} hospital={of} value={point.values[key] ?? 0} />
        const rows = month.deployments.filter((row) => (row[split] ?? '') === of)
        return <MonthParts {...{ month, rows, shown }} of={`${titleOf(of)}, ${point.label}`} />
      }}
    />
  )
}

interface MonthFigureProps {
  readonly month: z.output<typeof Trend>[number]
  readonly hospital: string
  readonly value: number
}

/** To how the figure of a hospital in one month is made. */
const MonthFigure = ({ month: { from, to }, ...of }: MonthFigureProps) => (
  <ExplainedFigure {...of} measure="net-hours" period={{ from, to }} decimals={1} />
)

/** What a line is called: a hospital, a robot or an activity. */
function useTitleOf({ split, hospitals, bots }: Omit<TrendChartProps, 'months'>): (key: string) => string {
  const t = useTexts()
  const botTitle = useBotTitle(bots)
  const activityTitle = useActivityTitle()
  return (key) => {
    if (key === '' && split === 'bot') return t('savings.trend.together')
    if (split === 'bot') return botTitle(key)
    if (split === 'hospital') return hospitals.find(({ id }) => id === key)?.name ?? key
    return activityTitle(key)
  }
}

function useMonthName(): (month: string) => string {
  const locale = useLanguage() === 'nl' ? 'nl-NL' : 'en-GB'
  const format = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' })
  return (month) => format.format(new Date(`${month}-01T00:00:00Z`))
}
