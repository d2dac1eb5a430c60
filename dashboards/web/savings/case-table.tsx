import { Button } from '@mantine/core'
import { Done } from '../../server/door/account-schemas.ts'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { useChange } from '../shared/use-ask.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import { clockText } from './case-clock.tsx'

interface TimedCase {
  readonly number: number
  readonly milliseconds: number
  readonly leftOut: string | null
}

interface CaseTableProps {
  readonly measurement: string
  readonly cases: readonly TimedCase[]
  /** Left out and put back only while the measurement runs. */
  readonly open: boolean
  readonly caption: string
  /** What is said while there is none. */
  readonly empty: string
}

/** Cases that were timed, and which of them count. */
export function CaseTable({ measurement, cases, open, caption, empty }: CaseTableProps) {
  const t = useTexts()
  const action = useLeaveOut(measurement)
  const columns: Column<TimedCase>[] = [
    { key: 'number', title: t('savings.stopwatch.number'), show: ({ number }) => number },
    {
      key: 'time',
      title: t('savings.stopwatch.time'),
      align: 'end',
      show: (row) => clockText(row.milliseconds),
    },
    {
      key: 'counts',
      title: t('savings.stopwatch.counts'),
      show: ({ leftOut }) => leftOut ?? t('shared.yes'),
    },
  ]
  return (
    <DataTable
      caption={caption}
      columns={open ? [...columns, action] : columns}
      rows={cases}
      rowKey={({ number }) => String(number)}
      empty={<EmptyState title={empty} />}
    />
  )
}

/** Leaves a case out of what is measured, or puts it back. */
function useLeaveOut(measurement: string): Column<TimedCase> {
  const t = useTexts()
  const { api } = useHospital()
  const touches = [`${api}/measurements`, `${api}/timing`]
  const change = useChange({ answer: Done, method: 'PATCH', touches })
  const leave = ({ number, leftOut }: TimedCase) => {
    const reason = leftOut === null ? t('savings.stopwatch.interrupted') : ''
    change.mutate({ path: `${api}/measurements/${measurement}/cases/${number}`, body: { reason } })
  }
  return {
    ...{ key: 'leave', title: t('savings.stopwatch.leaveout') },
    show: (row) => {
      const word = t(row.leftOut === null ? 'savings.stopwatch.leaveout' : 'savings.stopwatch.putback')
      const label = `${word}: ${row.number}`
      return (
        <Button size="compact-sm" variant="default" aria-label={label} onClick={() => leave(row)}>
          {word}
        </Button>
      )
    },
  }
}
