import { Alert, NativeSelect, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import type { Value } from '../../server/programme/value-schemas.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useBotTitle } from './bot-title.ts'
import { useChosenHospital } from './hospital-choice.tsx'
import { ToReport } from './to-report.tsx'

export type ValueFound = z.output<typeof Value>
type Robot = ValueFound['robots'][number]
/** What a table shows of a year, a robot or the whole. */
type Figures = Robot['whole']

const KINDS = ['licences', 'hours', 'hosting', 'other'] as const

interface ValueProps {
  readonly value: ValueFound
}

interface Row {
  readonly name: string
  readonly figures: Figures
  /** Null for the row of all years. */
  readonly cumulative: string | null
  /** The years that the figures are of, both counted. */
  readonly years: Years
}

type Years = readonly [first: number, last: number]

/** Those of all rows together. */
const allYears = ({ years }: ValueFound): Years => [years.at(0)?.year ?? 0, years.at(-1)?.year ?? 0]

/** All robots together, year by year, and over those years. */
export function YearTable({ value }: ValueProps) {
  const t = useTexts()
  const { euros } = useNumbers()
  const rows: Row[] = [
    ...value.years.map((year): Row => {
      const { year: one, cumulative } = year
      return { name: String(one), figures: year, cumulative, years: [one, one] }
    }),
    {
      ...{ name: t('programme.value.together'), figures: value.whole, cumulative: null },
      years: allYears(value),
    },
  ]
  const columns: Column<Row>[] = [
    { key: 'year', title: t('programme.year'), show: ({ name }) => name },
    ...useFigureColumns(),
    {
      ...{ key: 'cumulative', title: t('programme.value.cumulative'), align: 'end' },
      show: ({ cumulative }) => (cumulative === null ? '' : euros(cumulative)),
    },
  ]
  return (
    <Stack gap="md">
      <DataTable
        caption={t('programme.value.caption')}
        columns={columns}
        rows={rows}
        rowKey={({ name }) => name}
      />
      {value.someWithoutRate && <BareHours hours={value.whole.hoursWithoutRate} />}
    </Stack>
  )
}

function BareHours({ hours }: { readonly hours: number }) {
  const t = useTexts()
  const { number } = useNumbers()
  const isNaught = Math.abs(hours) < 0.05
  return (
    <Alert color="yellow" variant="light">
      {t(isNaught ? 'programme.value.withoutrate.naught' : 'programme.value.withoutrate', {
        hours: number(hours, 1),
      })}
    </Alert>
  )
}

/** Each robot's costs against its benefits, over all those years or in one; what is not of one robot stands apart. */
export function RobotTable({ value }: ValueProps) {
  const t = useTexts()
  const titleOf = useBotTitle()
  const [year, setYear] = useState('')
  const columns = [
    { key: 'bot', title: t('programme.bot'), show: ({ name }: Row) => name },
    ...useFigureColumns(),
  ]
  const nameOf = ({ bot, title }: Robot) =>
    bot === null ? t('programme.value.shared') : titleOf({ name: bot, title })
  const inYear = <Of extends { readonly year: number }>(years: readonly Of[]) =>
    years.find((one) => String(one.year) === year)
  const years: Years = year === '' ? allYears(value) : [Number(year), Number(year)]
  const rows = [
    ...value.robots.map((robot) => ({ name: nameOf(robot), figures: inYear(robot.years) ?? robot.whole })),
    { name: t('programme.value.together'), figures: inYear(value.years) ?? value.whole },
  ].map((row): Row => ({ ...row, cumulative: null, years }))
  const withheld = rows.some(({ figures }) => figures.netHours === null)
  return (
    <Stack gap="md">
      <YearOfRobots value={value} year={year} onChange={setYear} />
      <DataTable
        caption={t('programme.value.perrobot')}
        columns={columns}
        rows={rows}
        rowKey={({ name }) => name}
      />
      <Text size="sm">{t('programme.value.adds')}</Text>
      <Text size="sm">{t('programme.value.follow')}</Text>
      {withheld && <Text size="sm">{t('programme.value.withheldnote')}</Text>}
    </Stack>
  )
}

interface YearOfRobotsProps extends ValueProps {
  /** Empty for all of them. */
  readonly year: string
  readonly onChange: (year: string) => void
}

function YearOfRobots({ value, year, onChange }: YearOfRobotsProps) {
  const t = useTexts()
  return (
    <NativeSelect
      label={t('programme.year')}
      w={200}
      data={[
        { value: '', label: t('programme.value.allyears') },
        ...value.years.map((one) => String(one.year)).toReversed(),
      ]}
      value={year}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}

/** Costs by kind, hours, benefits and result; null is not told. */
function useFigureColumns(): Column<Row>[] {
  const t = useTexts()
  const { euros } = useNumbers()
  const hidden = t('programme.value.withheld')
  const hours = useHourColumn()
  const column = (key: string, title: string, show: (figures: Figures) => string): Column<Row> => ({
    ...{ key, title, align: 'end' },
    show: ({ figures }) => show(figures),
  })
  const money = (amount: string | null) => (amount === null ? hidden : euros(amount))
  return [
    ...KINDS.map((kind) => column(kind, t(`programme.value.${kind}`), ({ costs }) => money(costs[kind]))),
    column('costs', t('programme.value.costs'), ({ costTotal }) => money(costTotal)),
    hours('netHours', t('programme.value.nethours'), ({ netHours }) => netHours),
    hours('bare', t('programme.value.bare'), ({ hoursWithoutRate }) => hoursWithoutRate),
    column('benefit', t('programme.value.benefit'), ({ benefit }) => money(benefit)),
    column('result', t('programme.value.result'), ({ result }) => money(result)),
  ]
}

/** Hours lead to the report of their years, where those of each deployment stand. */
function useHourColumn() {
  const t = useTexts()
  const { number } = useNumbers()
  const { hospital } = useChosenHospital()
  return (key: string, title: string, of: (figures: Figures) => number | null): Column<Row> => ({
    ...{ key, title, align: 'end' },
    show: ({ figures, years: [first, last] }) => {
      const value = of(figures)
      if (value === null) return t('programme.value.withheld')
      const days = { from: `${first}-01-01`, to: `${last}-12-31` }
      return <ToReport shown={number(value, 1)} what={title} {...days} hospital={hospital} />
    },
  })
}
