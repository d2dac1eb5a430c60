import { Text } from '@mantine/core'
import type { z } from 'zod'
import { Bookings } from '../../server/savings/booking-schemas.ts'
import { useDay } from '../programme/use-day.ts'
import { Asked } from '../shared/asked.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { Dialog } from '../shared/dialog.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { useAsk } from '../shared/use-ask.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { ChosenPeriod } from './period-choice.tsx'
import { whoBooked } from './who-booked.ts'

type Found = z.output<typeof Bookings>

interface BookingsDialogProps {
  readonly deployment: string
  readonly period: ChosenPeriod
  readonly onClose: () => void
}

/** The bookings behind the hours of upkeep of a deployment. */
export function BookingsDialog({ deployment, period: { from, to }, onClose }: BookingsDialogProps) {
  const t = useTexts()
  const { api } = useHospital()
  const search = new URLSearchParams({ from, to, deployment })
  const bookings = useAsk(Bookings, `${api}/savings/upkeep?${search.toString()}`)
  return (
    <Dialog onClose={onClose} title={t('savings.bookings.title', { deployment })}>
      <Asked of={bookings}>{(found) => <Found found={found} />}</Asked>
    </Dialog>
  )
}

function Found({ found: { sums, rows, more } }: { readonly found: Found }) {
  const t = useTexts()
  const { exact } = useNumbers()
  const columns = useColumns()
  const told = rows.some(({ bookedBy }) => bookedBy !== null)
  return (
    <>
      <Text fw={600}>{t('savings.bookings.regular', { hours: exact(sums.regular) })}</Text>
      {sums['one-off'] > 0 && (
        <Text size="sm">{t('savings.bookings.oneoff', { hours: exact(sums['one-off']) })}</Text>
      )}
      {sums.withdrawn > 0 && (
        <Text size="sm">{t('savings.bookings.withdrawn', { hours: exact(sums.withdrawn) })}</Text>
      )}
      {rows.length > 0 && !told && <Text size="sm">{t('savings.bookings.nobody')}</Text>}
      <DataTable
        caption={t('savings.bookings.caption')}
        columns={told ? [...columns, ...whoBooked(t)] : columns}
        rows={rows.map((row, place) => ({ ...row, place }))}
        rowKey={({ place }) => String(place)}
        empty={<EmptyState title={t('savings.bookings.empty')} />}
      />
      {more && <Text size="sm">{t('savings.bookings.more', { count: rows.length })}</Text>}
    </>
  )
}

function useColumns(): Column<Found['rows'][number] & { readonly place: number }>[] {
  const t = useTexts()
  const day = useDay()
  const { number } = useNumbers()
  return [
    { key: 'day', title: t('savings.day'), show: (row) => day(row.day), sortBy: (row) => row.day },
    {
      ...{ key: 'hours', title: t('savings.upkeep.hours'), align: 'end' },
      show: ({ hours }) => number(Number(hours), 2),
    },
    { key: 'kind', title: t('savings.explain.counted'), show: ({ kind }) => t(`savings.booked.${kind}`) },
  ]
}
