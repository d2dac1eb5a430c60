import type { z } from 'zod'
import type { ActivitySavings } from '../../server/savings/savings-schemas.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { useActivityTitle } from './use-activity-title.ts'

type Row = z.output<typeof ActivitySavings>

/** Net hours of each activity over all hospitals that are shown. */
export function ActivityTable({ activities }: { readonly activities: readonly Row[] }) {
  const t = useTexts()
  const title = useActivityTitle()
  const { number } = useNumbers()
  const hours = ({ netHours }: Row) => (netHours === null ? t('savings.withheld') : number(netHours, 2))
  const name = ({ activity }: Row) => title(activity)
  const columns: Column<Row>[] = [
    { key: 'activity', title: t('programme.activity'), show: name, sortBy: name },
    {
      ...{ key: 'net', title: t('savings.report.net'), align: 'end' },
      ...{ show: hours, sortBy: ({ netHours }) => netHours },
    },
  ]
  return (
    <DataTable
      caption={t('savings.activities.caption')}
      columns={columns}
      rows={activities}
      rowKey={({ activity }) => activity ?? ''}
      sorted={{ key: 'net', descending: true }}
    />
  )
}
