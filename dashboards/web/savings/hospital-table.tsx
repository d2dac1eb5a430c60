import { Text } from '@mantine/core'
import type { z } from 'zod'
import type { Measure } from '../../server/savings/explain-schemas.ts'
import type { HospitalSavings } from '../../server/savings/savings-schemas.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { PageLink } from '../shared/page-link.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { ExplainedFigure, IntervalText } from './explained-figure.tsx'
import { gradeText } from './grade-text.ts'
import type { ChosenPeriod } from './period-choice.tsx'

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
  const column = useColumn(period)
  const gradeOf = ({ grade }: Row) => (grade ? t(gradeText(grade)) : t('savings.none'))
  return [
    { key: 'name', title: t('savings.hospital'), show: ({ name }) => name, sortBy: ({ name }) => name },
    column('gross', 'gross-hours', ({ grossHours }) => grossHours),
    column('human', 'human-hours', ({ humanHours }) => humanHours),
    column('upkeep', 'upkeep-hours', ({ upkeepHours }) => upkeepHours),
    ...figures,
    { key: 'grade', title: t('savings.grade'), show: gradeOf },
  ]
}

/** What stands beside the net hours of each hospital and is in none of them. */
export function BesideTable({ hospitals, period }: HospitalTableProps) {
  const t = useTexts()
  const column = useColumn(period)
  const columns: Column<Row>[] = [
    { key: 'name', title: t('savings.hospital'), show: ({ name }) => name, sortBy: ({ name }) => name },
    column('oneoff', 'one-off-hours', ({ oneOff }) => oneOff.netHours),
    {
      ...{ key: 'realised', title: t('savings.report.realised'), align: 'end' },
      show: (row) => (
        <>
          <RealisedLink {...row} period={period} />
          <AcrossText {...row} />
        </>
      ),
    },
    column('leftout', 'left-out', ({ leftOut }) => leftOut, 0),
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

/** What was signed for months that lie partly outside the period: else it would look as if nothing was. */
function AcrossText({ realisedAcrossHours }: Row) {
  const t = useTexts()
  const { number } = useNumbers()
  if (realisedAcrossHours === 0) return null
  return <Text size="sm">{t('savings.beside.across', { hours: number(realisedAcrossHours, 2) })}</Text>
}

/** To the records that the signed hours of the period consist of. */
function RealisedLink({ id, realisedHours, period: { from, to } }: Row & { readonly period: ChosenPeriod }) {
  const t = useTexts()
  const { number } = useNumbers()
  const shown = number(realisedHours, 2)
  return (
    <PageLink
      inherit
      to={`/hospitals/${id}/realised`}
      search={{ from, to }}
      aria-label={t('savings.explain.link', { figure: `${shown} ${t('savings.report.realised')}` })}
    >
      {shown}
    </PageLink>
  )
}

const useFigure =
  (period: ChosenPeriod) =>
  (measure: z.output<typeof Measure>, value: number | null, { id }: Row, decimals = 2) => (
    <ExplainedFigure measure={measure} hospital={id} period={period} value={value} decimals={decimals} />
  )

/** A column of figures that lead to their explanation. */
function useColumn(period: ChosenPeriod) {
  const t = useTexts()
  const figure = useFigure(period)
  return (
    key: 'gross' | 'human' | 'upkeep' | 'oneoff' | 'leftout',
    measure: z.output<typeof Measure>,
    of: (row: Row) => number | null,
    decimals?: number,
  ): Column<Row> => ({
    ...{ key, title: t(`savings.report.${key}`), align: 'end' },
    show: (row) => figure(measure, of(row), row, decimals),
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
      <IntervalText {...row} noInterval={null} of="fte" />
      <BriefText {...row} />
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
