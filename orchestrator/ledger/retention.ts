import { sql, type RawBuilder } from 'kysely'
import { Failure } from '../../connectors/failure.ts'
import type { LedgerDatabase } from './tables.ts'

/** What has a number of days of its own at each hospital. */
export type Kept = 'evidence' | 'steps'

export interface Retention {
  readonly what: Kept
  /** Null keeps it for ever. */
  readonly days: number | null
}

const EVERYTHING: readonly Kept[] = ['evidence', 'steps']

/** How long a hospital keeps what. */
export async function readRetention(db: LedgerDatabase, hospital: string): Promise<Retention[]> {
  const rows = await db.selectFrom('retention').selectAll().where('hospital', '=', hospital).execute()
  return EVERYTHING.map((what) => ({ what, days: rows.find((row) => row.what === what)?.days ?? null }))
}

/** Keeps something so many days from now on, or for ever; what is older goes with the next day. Gives how it was. */
export async function putRetention(
  db: LedgerDatabase,
  hospital: string,
  { what, days }: Retention,
): Promise<Retention> {
  const before = (await readRetention(db, hospital)).find((one) => one.what === what)
  if (days === null)
    await db.deleteFrom('retention').where('hospital', '=', hospital).where('what', '=', what).execute()
  else
    await db
      .insertInto('retention')
      .values({ hospital, what, days })
      .onConflict((conflict) => conflict.columns(['hospital', 'what']).doUpdateSet({ days }))
      .execute()
  return before ?? { what, days: null }
}

/** Keeps the messages of a channel so many days at least from now on. Gives how it was. @throws business `not-found` */
export async function putChannelRetention(
  db: LedgerDatabase,
  hospital: string,
  channel: string,
  days: number,
): Promise<number> {
  const before = await db
    .selectFrom('channel')
    .select('retention_days')
    .where('id', '=', channel)
    .where('hospital', '=', hospital)
    .executeTakeFirst()
  if (!before) throw new Failure('business', 'not-found', 'There is no such channel at this hospital.')
  await db.updateTable('channel').set({ retention_days: days }).where('id', '=', channel).execute()
  return before.retention_days
}

/** For which day what is kept is looked after. */
export interface Tending {
  /** The local date, `2026-11-21`. */
  readonly today: string
  /** How many days the sign-in log is kept, 30 or more; for ever when left out. */
  readonly signInDays?: number | undefined
}

/**
 * Once a day over all processes, what outlived its retention goes: evidence of items that are done, and the steps in their
 * histories, counted from their end, and the sign-in log. What waits or is not known yet stays, and so does what counts in a
 * history. Gives how many rows went.
 */
export async function tendRetention(db: LedgerDatabase, { today, signInDays }: Tending): Promise<number> {
  const mine = await db
    .insertInto('retention_upkeep')
    .values({ day: today })
    .onConflict((conflict) => conflict.doNothing())
    .returning('day')
    .executeTakeFirst()
  if (!mine) return 0
  try {
    const signIns = signInDays === undefined ? 0 : await dropAll(db, dropSignIns(signInDays))
    return (
      signIns + (await dropAll(db, dropOutlived('evidence'))) + (await dropAll(db, dropOutlived('steps')))
    )
  } catch (error) {
    // The next sweep tries again.
    await db.deleteFrom('retention_upkeep').where('day', '=', today).execute()
    throw error
  }
}

const MOST_AT_ONCE = 5000

type Dropping = RawBuilder<{ dropped: number }>

const dropOutlived = (what: Kept): Dropping => sql`SELECT drop_outlived(${what}, ${MOST_AT_ONCE}) AS dropped`
const dropSignIns = (days: number): Dropping =>
  sql`SELECT drop_old_sign_ins(${days}, ${MOST_AT_ONCE}) AS dropped`

async function dropAll(db: LedgerDatabase, some: Dropping): Promise<number> {
  let dropped = 0
  for (;;) {
    const { rows } = await some.execute(db)
    const now = rows[0]?.dropped ?? 0
    dropped += now
    if (now === 0) return dropped
  }
}
