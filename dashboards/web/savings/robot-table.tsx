import type { z } from 'zod'
import type { DeploymentSavings, RobotSavings } from '../../server/savings/savings-schemas.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useBotTitle, type Bots } from './deployment-table.tsx'
import { ToParts } from './parts-dialog.tsx'
import type { ChosenPeriod } from './period-choice.tsx'
import { useCount } from './use-count.ts'
import { useRobotFormulas } from './use-robot-formulas.ts'

type Row = z.output<typeof RobotSavings>

interface RobotTableProps {
  readonly robots: readonly Row[]
  readonly bots: Bots
  /** Of which the figures are the sum. */
  readonly deployments: readonly z.output<typeof DeploymentSavings>[]
  readonly period: ChosenPeriod
}

/** Each robot over all hospitals that are shown: how much it did, how much fell out, how long it took. */
export function RobotTable({ robots, bots, deployments, period }: RobotTableProps) {
  const t = useTexts()
  const title = useBotTitle(bots)
  const how = useRobotFormulas()
  const partsOf = (row: Row) => ({
    ...{ of: title(row.bot), period, how: how(row), times: row.leadTimeParts },
    deployments: deployments.filter(({ bot }) => bot === row.bot),
  })
  const parts: Column<Row> = {
    ...{ key: 'parts', title: t('savings.parts.head') },
    show: (row) => <ToParts {...partsOf(row)} />,
  }
  const follow = (column: Column<Row>): Column<Row> => ({
    ...column,
    show: (row) => {
      const shown = column.show(row)
      // What is not told, or was not there, leads nowhere.
      if (typeof shown !== 'string' || !/\d/.test(shown)) return shown
      return <ToParts {...partsOf(row)} figure={{ shown, title: column.title }} />
    },
  })
  const columns = useColumns(bots).map((column) =>
    MADE_OF_PARTS.includes(column.key) ? follow(column) : column,
  )
  return (
    <DataTable
      caption={t('savings.robots.caption')}
      columns={[...columns, parts]}
      rows={robots}
      rowKey={({ bot }) => bot}
      sorted={{ key: 'net', descending: true }}
    />
  )
}

/** The columns whose figures are made of those of deployments. */
const MADE_OF_PARTS = ['done', 'parked', 'lead', 'day', 'net']

type LeadTime = NonNullable<Row['leadTime']>

function useColumns(bots: Bots): Column<Row>[] {
  const t = useTexts()
  const title = useBotTitle(bots)
  const count = useCount()
  const { number } = useNumbers()
  const share = (value: number) => `${number(value * 100, 1)} %`
  /** Null is withheld where it would tell a count that is; otherwise there was nothing to measure. */
  const told = (value: string | undefined, ...from: readonly (number | null)[]) =>
    value ?? (from.includes(null) ? t('savings.withheld') : '–')
  const timed = ({ leadTime, leadTimeWithheld }: Row, write: (time: LeadTime) => string | null) =>
    leadTimeWithheld ? t('savings.withheld') : leadTime ? (write(leadTime) ?? t('savings.withheld')) : '–'
  const end = { align: 'end' } as const
  return [
    { key: 'bot', title: t('savings.bot'), show: ({ bot }) => title(bot), sortBy: ({ bot }) => title(bot) },
    { key: 'hospitals', title: t('savings.robots.hospitals'), show: (row) => number(row.hospitals), ...end },
    { key: 'done', title: t('savings.report.done'), show: ({ done }) => count(done), ...end },
    {
      ...{ key: 'parked', title: t('savings.robots.parkedshare'), ...end },
      show: ({ parkedShare, done, parked }) =>
        told(parkedShare === null ? undefined : share(parkedShare), done, parked),
      sortBy: ({ parkedShare }) => parkedShare,
    },
    {
      ...{ key: 'lead', title: t('savings.robots.leadtime'), ...end },
      show: (row) => timed(row, ({ meanSeconds }) => number(meanSeconds / 3600, 1)),
      sortBy: ({ leadTime }) => leadTime?.meanSeconds ?? null,
    },
    {
      ...{ key: 'day', title: t('savings.robots.withinaday'), ...end },
      show: (row) =>
        timed(row, ({ withinADay, items }) => (withinADay === null ? null : share(withinADay / items))),
    },
    {
      ...{ key: 'net', title: t('savings.report.net'), sortBy: ({ netHours }) => netHours, ...end },
      show: ({ netHours }) => told(netHours === null ? undefined : number(netHours, 2), netHours),
    },
  ]
}
