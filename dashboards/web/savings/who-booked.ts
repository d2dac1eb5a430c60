import type { Column } from '../shared/data-table.tsx'
import type { Texts } from '../shared/use-texts.ts'

interface Booked {
  /** Null for who sees counts only. */
  readonly note: string | null
  readonly bookedBy: string | null
}

/** What booked hours were for and who booked them, for who may know. */
export const whoBooked = (t: Texts): Column<Booked>[] => [
  { key: 'note', title: t('savings.upkeep.note'), show: ({ note }) => note },
  { key: 'by', title: t('savings.upkeep.bookedby'), show: ({ bookedBy }) => bookedBy },
]
