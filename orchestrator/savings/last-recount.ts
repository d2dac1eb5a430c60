import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Period } from './period.ts'

/** When the figures were last derived again from the raw rows, over which days, and with what result. */
export interface LastRecount {
  /** Local date of the night. */
  readonly day: string
  /** The last month, and one of the months before in turn. */
  readonly periods: readonly Period[]
  /** In how many places something differed; 0 when all agreed. */
  readonly differences: number
}

/** The last night whose recount came to its end, over the whole installation; null before the first one. */
export async function readLastRecount(db: LedgerDatabase): Promise<LastRecount | null> {
  const last = await db
    .selectFrom('nightly_recount')
    .select(['day', 'periods', 'differences'])
    .where('differences', 'is not', null)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ? { ...last, differences: last.differences ?? 0 } : null
}
