import type { z } from 'zod'
import type { ActivitySavings, DeploymentSavings } from '../../server/savings/savings-schemas.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { useNumbers } from '../shared/use-numbers.ts'
import { useTexts } from '../shared/use-texts.ts'
import { ToParts } from './parts-dialog.tsx'
import type { ChosenPeriod } from './period-choice.tsx'
import { useActivityTitle } from './use-activity-title.ts'

type Row = z.output<typeof ActivitySavings>

interface ActivityTableProps {
  readonly activities: readonly Row[]
  /** Of which the hours are the sum. */
  readonly deployments: readonly z.output<typeof DeploymentSavings>[]
  readonly period: ChosenPeriod
}

/** Net hours of each activity over all hospitals that are shown. */
export function ActivityTable({ activities, deployments, period }: ActivityTableProps) {
  const t = useTexts()
  const title = useActivityTitle()
  const { number } = useNumbers()
  const name = ({ activity }: Row) => title(activity)
  const partsOf = (row: Row) => ({
    ...{ of: name(row), period },
    deployments: deployments.filter(({ activity }) => activity === row.activity),
  })
  const hours = (row: Row) => {
    if (row.netHours === null) return t('savings.withheld')
    const figure = { shown: number(row.netHours, 2), title: t('savings.report.net') }
    return <ToParts {...partsOf(row)} figure={figure} />
  }
  const columns: Column<Row>[] = [
    { key: 'activity', title: t('programme.activity'), show: name, sortBy: name },
    {
      ...{ key: 'net', title: t('savings.report.net'), align: 'end' },
      ...{ show: hours, sortBy: ({ netHours }) => netHours },
    },
    {
      ...{ key: 'parts', title: t('savings.parts.head') },
      show: (row) => <ToParts {...partsOf(row)} />,
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
