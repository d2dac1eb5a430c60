import { Text } from '@mantine/core'
import type { z } from 'zod'
import type { HospitalSavings } from '../../server/savings/savings-schemas.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { ExplainedFigure, IntervalText } from './explained-figure.tsx'
import { gradeText } from './grade-text.ts'
import type { ChosenPeriod } from './period-choice.tsx'
import { useCount } from './use-count.ts'

type Row = z.output<typeof HospitalSavings>

interface HospitalTableProps {
  readonly hospitals: readonly Row[]
  readonly period: ChosenPeriod
}

/** Net hours and FTE of each hospital, with interval, norm and the figure at 1,878 hours. */
export function HospitalTable({ hospitals, period }: HospitalTableProps) {
  const t = useTexts()
  const columns = useColumns(period)
  return (
    <DataTable
      caption={t('savings.report.caption')}
      columns={columns}
      rows={hospitals}
      rowKey={({ id }) => id}
    />
  )
}

function useColumns(period: ChosenPeriod): Column<Row>[] {
  const t = useTexts()
  const figures = useFigureColumns(period)
  const hours = useHoursColumn()
  const gradeOf = ({ grade }: Row) => (grade ? t(gradeText(grade)) : t('savings.none'))
  return [
    { key: 'name', title: t('savings.hospital'), show: ({ name }) => name, sortBy: ({ name }) => name },
    hours('gross', ({ grossHours }) => grossHours),
    hours('human', ({ humanHours }) => humanHours),
    hours('upkeep', ({ upkeepHours }) => upkeepHours),
    ...figures,
    { key: 'grade', title: t('savings.grade'), show: gradeOf },
  ]
}

/** What stands beside the net hours of each hospital and is in none of them. */
export function BesideTable({ hospitals, period }: HospitalTableProps) {
  const t = useTexts()
  const count = useCount()
  const figure = useFigure(period)
  const hours = useHoursColumn()
  const end = { align: 'end' } as const
  const oneOff = (row: Row) => figure('one-off-hours', row.oneOff.netHours, row)
  const columns: Column<Row>[] = [
    { key: 'name', title: t('savings.hospital'), show: ({ name }) => name, sortBy: ({ name }) => name },
    { key: 'oneoff', title: t('savings.report.oneoff'), show: oneOff, ...end },
    hours('realised', ({ realisedHours }) => realisedHours),
    { key: 'leftout', title: t('savings.report.leftout'), show: (row) => count(row.leftOut), ...end },
  ]
  return (
    <DataTable
      caption={t('savings.beside.caption')}
      captionShown
      columns={columns}
      rows={hospitals}
      rowKey={({ id }) => id}
    />
  )
}

type Shown = 'net-hours' | 'fte' | 'contract-fte' | 'one-off-hours'

const useFigure =
  (period: ChosenPeriod) =>
  (measure: Shown, value: number, { id }: Row) => (
    <ExplainedFigure measure={measure} hospital={id} period={period} value={value} />
  )

function useHoursColumn() {
  const t = useTexts()
  const { number } = useNumbers()
  return (key: 'gross' | 'human' | 'upkeep' | 'realised', of: (row: Row) => number): Column<Row> => ({
    ...{ key, title: t(`savings.report.${key}`), align: 'end' },
    show: (row) => number(of(row), 2),
  })
}

/** The figures that are signed off, each with its interval and norm. */
function useFigureColumns(period: ChosenPeriod): Column<Row>[] {
  const t = useTexts()
  const figure = useFigure(period)
  const end = { align: 'end' } as const
  const net = (row: Row) => (
    <>
      {figure('net-hours', row.netHours, row)}
      <IntervalText {...row} of="netHours" />
    </>
  )
  const fte = (row: Row) => (
    <>
      {figure('fte', row.fte, row)}
      <NormText {...row} />
      <BriefText {...row} />
      <IntervalText {...row} noInterval={null} of="fte" />
    </>
  )
  const contract = (row: Row) => (
    <>
      {figure('contract-fte', row.contractFte, row)}
      <IntervalText {...row} noInterval={null} of="contractFte" />
    </>
  )
  return [
    { key: 'net', title: t('savings.report.net'), show: net, sortBy: (row) => row.netHours, ...end },
    { key: 'fte', title: t('savings.report.fte'), show: fte, sortBy: (row) => row.fte, ...end },
    { key: 'contract', title: t('savings.report.contract'), show: contract, ...end },
  ]
}

/** The hours of one FTE, with what the norm is called. */
export function NormText({ norm: { name, hoursPerYear } }: Pick<Row, 'norm'>) {
  const t = useTexts()
  const { exact } = useNumbers()
  return (
    <Text size="xs" c="dimmed">
      {t('savings.report.norm', { hours: exact(hoursPerYear), name })}
    </Text>
  )
}

/** Hours of a few days make a year only by guessing that all days are like these. */
export function BriefText({ brief }: Pick<Row, 'brief'>) {
  const t = useTexts()
  return brief > 0 && <Text size="xs">{t('savings.report.brief', { count: brief })}</Text>
}
