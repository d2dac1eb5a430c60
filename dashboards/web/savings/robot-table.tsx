import type { z } from 'zod'
import type { RobotSavings } from '../../server/savings/savings-schemas.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useBotTitle, type Bots } from './deployment-table.tsx'
import { useCount } from './use-count.ts'

type Row = z.output<typeof RobotSavings>

interface RobotTableProps {
  readonly robots: readonly Row[]
  readonly bots: Bots
}

/** Each robot over all hospitals that are shown: how much it did, how much fell out, how long it took. */
export function RobotTable({ robots, bots }: RobotTableProps) {
  const t = useTexts()
  return (
    <DataTable
      caption={t('savings.robots.caption')}
      columns={useColumns(bots)}
      rows={robots}
      rowKey={({ bot }) => bot}
      sorted={{ key: 'net', descending: true }}
    />
  )
}

function useColumns(bots: Bots): Column<Row>[] {
  const t = useTexts()
  const title = useBotTitle(bots)
  const count = useCount()
  const { number } = useNumbers()
  const share = (value: number) => `${number(value * 100, 1)} %`
  /** Null is withheld where it would tell a count that is; otherwise there was nothing to measure. */
  const told = (value: string | undefined, ...from: readonly (number | null)[]) =>
    value ?? (from.includes(null) ? t('savings.withheld') : '–')
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
      show: ({ leadTime, done }) => told(leadTime ? number(leadTime.meanSeconds / 3600, 1) : undefined, done),
      sortBy: ({ leadTime }) => leadTime?.meanSeconds ?? null,
    },
    {
      ...{ key: 'day', title: t('savings.robots.withinaday'), ...end },
      show: ({ leadTime, done }) =>
        leadTime?.withinADay === null
          ? t('savings.withheld')
          : told(leadTime ? share(leadTime.withinADay / leadTime.items) : undefined, done),
    },
    {
      ...{ key: 'net', title: t('savings.report.net'), sortBy: ({ netHours }) => netHours, ...end },
      show: ({ netHours }) => told(netHours === null ? undefined : number(netHours, 2), netHours),
    },
  ]
}
