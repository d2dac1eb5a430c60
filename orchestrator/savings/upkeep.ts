import { sql } from 'kysely'
import { recordChange } from '../ledger/changes.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import {
  checkAmount,
  checkRecentDay,
  checkText,
  hospitalOf,
  refused,
  type ChangedBy,
} from './input-checks.ts'

export interface NewUpkeep {
  readonly deployment: string
  /** Local date on which the work was done. */
  readonly day: string
  readonly hours: number
  /** What was done, in a few words; nothing about a patient. */
  readonly note: string
}

export interface Upkeep {
  readonly id: number
  readonly deployment: string
  readonly day: string
  /** Decimal text. */
  readonly hours: string
  readonly note: string
  readonly bookedBy: string
  readonly withdrawn: boolean
}

/** More would be several people: each books their own. */
const MOST_HOURS_A_DAY = 24

/**
 * Books hours of keeping a robot going on a day of the last two years; they are subtracted from what it gives.
 * @param began the day on which the deployment's counting began, for a file that tells what was booked before: then days
 *   that were of its last two years are taken too
 * @throws business: names the field
 */
export async function bookUpkeep(
  db: LedgerDatabase,
  by: ChangedBy,
  upkeep: NewUpkeep,
  began?: string,
): Promise<number> {
  const { deployment, day, hours, note } = upkeep
  checkRecentDay('day', day, by.today, began)
  checkAmount('hours', hours, 2, MOST_HOURS_A_DAY)
  checkText('note', note)
  return await inTransaction(db, async (tx) => {
    const hospital = await hospitalOf(tx, deployment)
    const { id } = await tx
      .insertInto('upkeep')
      .values({ deployment, day, hours: hours.toFixed(2), note, booked_by: by.account })
      .returning('id')
      .executeTakeFirstOrThrow()
    const change = { hospital, account: by.account, what: 'upkeep', subject: deployment }
    await recordChange(tx, { ...change, before: null, after: { id, day, hours, note } })
    return id
  })
}

/** Takes hours back that were booked by mistake; they stay in the list as withdrawn. */
export async function withdrawUpkeep(
  db: LedgerDatabase,
  by: ChangedBy,
  { id, hospital }: { readonly id: number; readonly hospital: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const row = await tx
      .updateTable('upkeep')
      .set({ withdrawn_at: sql`clock_timestamp()`, withdrawn_by: by.account })
      .where('id', '=', id)
      .where('withdrawn_at', 'is', null)
      .where('deployment', 'in', tx.selectFrom('deployment').select('id').where('hospital', '=', hospital))
      .returningAll()
      .executeTakeFirst()
    if (!row)
      throw refused(
        'id',
        'not-found',
        `no hours ${id} are booked here, or they were withdrawn; choose others.`,
      )
    const { deployment, day, hours, note } = row
    const change = { hospital, account: by.account, what: 'upkeep', subject: deployment }
    await recordChange(tx, { ...change, before: { id, day, hours: Number(hours), note }, after: null })
  })
}

/**
 * What was booked at a hospital, the newest days first; withdrawn hours too.
 * @param page how many at most, and the number of the booking after which they come; all when left out
 */
export async function readUpkeep(
  db: LedgerDatabase,
  hospital: string,
  page?: { readonly limit: number; readonly after: number | undefined },
): Promise<Upkeep[]> {
  const rows = await db
    .selectFrom('upkeep')
    .innerJoin('deployment', 'deployment.id', 'upkeep.deployment')
    .selectAll('upkeep')
    .where('deployment.hospital', '=', hospital)
    .orderBy('upkeep.day', 'desc')
    .orderBy('upkeep.id', 'desc')
    .$if(page?.after !== undefined, (query) =>
      query.where(
        sql<boolean>`(upkeep.day, upkeep.id) < (SELECT day, id FROM upkeep WHERE id = ${page?.after ?? 0})`,
      ),
    )
    .$if(page !== undefined, (query) => query.limit(page?.limit ?? 0))
    .execute()
  return rows.map(({ id, deployment, day, hours, note, booked_by: bookedBy, withdrawn_at }) => ({
    ...{ id, deployment, day, hours, note, bookedBy, withdrawn: withdrawn_at !== null },
  }))
}
