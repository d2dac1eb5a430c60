import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import type { DeploymentSavings, HospitalSavings, Savings } from '../../server/savings/savings-schemas.ts'
import { useDay } from '../programme/use-day.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { ReportedBadge } from '../shared/state-badge.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useInLanguage, useTexts } from '../shared/use-texts.ts'
import { ExplainedFigure } from './explained-figure.tsx'
import { gradeText } from './grade-text.ts'
import type { ChosenPeriod } from './period-choice.tsx'

type Row = z.output<typeof DeploymentSavings>
export type Bots = z.output<typeof Savings>['bots']

interface DeploymentTableProps {
  readonly hospitals: readonly z.output<typeof HospitalSavings>[]
  readonly bots: Bots
  readonly period: ChosenPeriod
}

/** What each deployment did, and what that gave. */
export function DeploymentTable({ hospitals, bots, period }: DeploymentTableProps) {
  const t = useTexts()
  const columns = useColumns(bots, period)
  return (
    <DataTable
      caption={t('savings.report.deployments.caption')}
      columns={columns}
      rows={hospitals.flatMap(({ deployments }) => deployments)}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('savings.report.empty')} />}
    />
  )
}

type CountedMeasure = 'done' | 'parked' | 'by-hand' | 'without-baseline' | 'left-out'

function useColumns(bots: Bots, period: ChosenPeriod): Column<Row>[] {
  const t = useTexts()
  const counted = (key: CountedMeasure, name: string, of: (row: Row) => number | null): Column<Row> => ({
    ...{ key, title: name, align: 'end' },
    show: ({ hospital, id: deployment, ...row }) => (
      <ExplainedFigure
        {...{ measure: key, hospital, deployment, period, decimals: 0 }}
        value={of({ hospital, id: deployment, ...row })}
      />
    ),
  })
  const figure = useFigureColumn(period)
  const gradeOf = ({ grade }: Row) => (grade ? t(gradeText(grade)) : t('savings.none'))
  return [
    { key: 'id', title: t('savings.deployment'), show: useName(bots), sortBy: ({ id }) => id },
    counted('done', t('savings.report.done'), ({ items }) => items.done),
    counted('parked', t('savings.report.parked'), ({ items }) => items.parked),
    counted('by-hand', t('savings.report.byhand'), ({ items }) => items['by-hand']),
    counted('without-baseline', t('savings.report.withoutbaseline'), (row) => row.withoutBaseline),
    counted('left-out', t('savings.report.leftout'), (row) => row.leftOut),
    figure('net-hours', t('savings.report.net'), ({ netHours }) => netHours),
    figure('fte', t('savings.report.fte'), ({ fte }) => fte),
    figure('contract-fte', t('savings.report.contract'), ({ contractFte }) => contractFte),
    {
      ...{ key: 'days', title: t('savings.report.days'), align: 'end' },
      show: (row) => <DaysText {...row} period={period} />,
    },
    { key: 'grade', title: t('savings.grade'), show: gradeOf },
  ]
}

/** A figure that leads to its explanation, or that it is not told. */
function useFigureColumn(period: ChosenPeriod) {
  const t = useTexts()
  return (
    measure: 'net-hours' | 'fte' | 'contract-fte',
    name: string,
    of: (row: Row) => number | null,
  ): Column<Row> => ({
    ...{ key: measure, title: name, align: 'end', sortBy: of },
    show: (row) => {
      const value = of(row)
      const { hospital, id: deployment } = row
      if (value === null) return t('savings.withheld')
      return (
        <>
          <ExplainedFigure {...{ measure, hospital, deployment, period, value }} />
          {measure === 'net-hours' && <MarginText {...row} />}
        </>
      )
    },
  })
}

/** Over how many days it was measured, since when, and how many a backlog took. */
function DaysText({ measuredDays, firstDay, backlogDays, ...row }: Row & { readonly period: ChosenPeriod }) {
  const t = useTexts()
  const day = useDay()
  return (
    <>
      <ExplainedFigure
        {...{ measure: 'measured-days', hospital: row.hospital, deployment: row.id, period: row.period }}
        {...{ value: measuredDays, decimals: 0 }}
      />
      {firstDay !== null && (
        <Text size="xs" c="dimmed">
          {t('savings.report.days.since', { day: day(firstDay) })}
        </Text>
      )}
      {backlogDays !== null && backlogDays > 0 && (
        <Text size="xs">{t('savings.report.days.backlog', { count: backlogDays })}</Text>
      )}
    </>
  )
}

/** Half the 95 % interval; nothing where there is none. */
function MarginText({ marginHours }: Pick<Row, 'marginHours'>) {
  const t = useTexts()
  const { number } = useNumbers()
  if (marginHours === null) return null
  return (
    <Text size="xs" c="dimmed">
      {t('savings.margin', { margin: number(marginHours, 2) })}
    </Text>
  )
}

/** Which robot it is, beneath the name of the deployment, and whether one of another make told of it. */
function useName(bots: Bots): (row: Row) => ReactNode {
  const title = useBotTitle(bots)
  return ({ id, bot, reported }) => (
    <>
      {id} {reported && <ReportedBadge />}
      <Text size="xs" c="dimmed">
        {title(bot)}
      </Text>
    </>
  )
}

/** The title of a robot in the language of the reader; its name when it is not of the catalogue. */
export function useBotTitle(bots: Bots): (name: string) => string {
  const inLanguage = useInLanguage()
  return (name) => {
    const bot = bots.find((each) => each.name === name)
    return bot ? inLanguage(bot.title) : name
  }
}
