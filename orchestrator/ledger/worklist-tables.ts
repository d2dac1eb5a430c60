import type { ColumnType, Generated } from 'kysely'
import type { Json } from '../../bots/bot.ts'

type Nullable<T> = T | null

/** What people do with items. */
export interface WorklistTables {
  /** Who has a parked item in hand: one person at most. */
  item_taken: {
    item: string
    hospital: string
    account: string
    /** Who gave it to them: themselves, or the colleague who assigned it. */
    by_account: string
    at: Generated<Date>
    /** What was filled in so far, so that a closed page loses nothing. */
    draft: ColumnType<Nullable<Json>, Nullable<string> | undefined, Nullable<string>>
  }
  /** From opening a parked item until it is given back, done, cancelled, or put down. */
  work_session: {
    id: Generated<string>
    hospital: string
    item: string
    account: string
    opened_at: Generated<Date>
    /** When the person chose to do it by hand: what follows is not counted. */
    by_hand_at: Nullable<Date>
    ended_at: Nullable<Date>
    ended_how: Nullable<SessionEnd>
    /** As counted when it ended; follows from its beats. */
    human_seconds: Nullable<number>
  }
  /** A moment at which the person was seen working. */
  work_beat: { session: string; hospital: string; at: Date }
  bulk: {
    id: Generated<string>
    hospital: string
    account: string
    handling: BulkHandling
    reason: string
    made_at: Generated<Date>
    carried_out_at: Nullable<Date>
  }
  bulk_item: {
    bulk: string
    hospital: string
    item: string
    fence: number
    state: string
    /** Why it will not be done to this item; null when it will. */
    refused: Nullable<string>
    result: Nullable<'changed' | 'left'>
  }
  item_list: {
    id: Generated<string>
    hospital: string
    deployment: string
    account: string
    rows: number
    /** The items that were read; removed once it is accepted. */
    sealed: Nullable<Buffer>
    made_at: Generated<Date>
    accepted_at: Nullable<Date>
    run: Nullable<string>
  }
}

export type SessionEnd = 'given-back' | 'done' | 'cancelled' | 'released' | 'taken-over'
export type BulkHandling = 'retry' | 'park' | 'cancel'
