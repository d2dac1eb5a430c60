import { CountedItems, ItemsAsked } from '../../server/savings/counted-items-schemas.ts'
import { useDay } from '../programme/use-day.ts'
import { Asked } from '../shared/asked.tsx'
import { DataTable, type Column } from '../shared/data-table.tsx'
import { Dialog } from '../shared/dialog.tsx'
import { EmptyState } from '../shared/empty-state.tsx'
import { LocalTime } from '../shared/local-time.tsx'
import { PageLink } from '../shared/page-link.tsx'
import { useAskPages } from '../shared/use-ask-pages.ts'
import { useNumbers } from '../shared/use-numbers.ts'
import { useHospital } from '../shared/use-path.ts'
import { useTexts } from '../shared/use-texts.ts'
import type { z } from 'zod'
import type { ExplainedCount } from './explained-counts.tsx'

type Item = z.output<typeof CountedItems>['rows'][number]

interface CountedItemsDialogProps {
  readonly count: ExplainedCount
  readonly onClose: () => void
}

/** The items behind one count: their ids, never what is in them. */
export function CountedItemsDialog({ count, onClose }: CountedItemsDialogProps) {
  const t = useTexts()
  const dayText = useDay()
  const { api } = useHospital()
  const { deployment, day, variant, kind } = count
  const outcome = ItemsAsked.shape.outcome.safeParse(count.outcome).data ?? 'done'
  const search = new URLSearchParams({ deployment, day, variant, outcome, kind })
  const items = useAskPages(CountedItems, `${api}/savings/items?${search.toString()}`)
  const columns = useColumns()
  return (
    <Dialog onClose={onClose} title={t('savings.explain.itemsof', { day: dayText(day) })}>
      <Asked of={items}>
        {(rows) => (
          <DataTable
            caption={t('savings.explain.itemsof', { day: dayText(day) })}
            columns={columns}
            rows={rows}
            rowKey={({ event }) => String(event)}
            more={items.more}
            empty={<EmptyState title={t('savings.explain.noitems')} />}
          />
        )}
      </Asked>
    </Dialog>
  )
}

function useColumns(): Column<Item>[] {
  const t = useTexts()
  const { pages } = useHospital()
  const { number } = useNumbers()
  return [
    {
      ...{ key: 'id', title: t('savings.explain.item') },
      show: ({ id }) => <PageLink to={`${pages}/items/${id}`}>{id.slice(0, 8)}</PageLink>,
    },
    { key: 'at', title: t('savings.day'), show: ({ at }) => <LocalTime at={at} /> },
    {
      key: 'kind',
      title: t('savings.explain.counted'),
      show: ({ kind, claimedBy }) => claimedBy ?? t(`savings.kind.${kind}`),
    },
    {
      ...{ key: 'human', title: t('savings.explain.human'), align: 'end' },
      show: ({ humanSeconds }) => number(humanSeconds / 60, 2),
    },
    { key: 'share', title: t('savings.explain.shares'), align: 'end', show: ({ share }) => share },
  ]
}
