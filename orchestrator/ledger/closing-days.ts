import { Failure } from '../../connectors/failure.ts'
import { recordChange } from './changes.ts'
import { inTransaction } from './in-transaction.ts'
import { checkDate } from '../savings/period.ts'
import { planForCalendar } from '../triggers/plan-schedules.ts'
import type { LedgerDatabase } from './tables.ts'

/** A day on which a hospital is closed, beside the public holidays. */
export interface ClosingDay {
  /** Local date. */
  readonly day: string
  readonly name: string
}

/** A hospital's own closing days, in order; those from a local date on when one is given. */
export async function readClosingDays(
  db: LedgerDatabase,
  hospital: string,
  from?: string,
): Promise<ClosingDay[]> {
  return await db
    .selectFrom('closing_day')
    .select(['day', 'name'])
    .where('hospital', '=', hospital)
    .$if(from !== undefined, (query) => query.where('day', '>=', from ?? ''))
    .orderBy('day')
    .execute()
}

/**
 * Adds a closing day or renames it, and writes the change down. Schedules that leave such days out are planned anew.
 * @throws business: names the field when it is not a date
 */
export async function putClosingDay(
  db: LedgerDatabase,
  by: ChangedBy,
  { day, name }: ClosingDay,
): Promise<void> {
  checkDate('day', day)
  await inTransaction(db, async (tx) => {
    const before = await nameOf(tx, by.hospital, day)
    await tx
      .insertInto('closing_day')
      .values({ hospital: by.hospital, day, name })
      .onConflict((conflict) => conflict.columns(['hospital', 'day']).doUpdateSet({ name }))
      .execute()
    await recordChange(tx, { ...by, what: 'closing-day', subject: day, before, after: name })
    await planForCalendar(tx, by.hospital)
  })
}

/**
 * Takes a closing day away, and writes the change down.
 * @throws business when that day is none
 */
export async function removeClosingDay(db: LedgerDatabase, by: ChangedBy, day: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await nameOf(tx, by.hospital, day)
    if (before === null)
      throw new Failure('business', 'not-found', `There is no closing day ${day} at hospital ${by.hospital}.`)
    await tx.deleteFrom('closing_day').where('hospital', '=', by.hospital).where('day', '=', day).execute()
    await recordChange(tx, { ...by, what: 'closing-day', subject: day, before, after: null })
    await planForCalendar(tx, by.hospital)
  })
}

/** Whose change it is: goes into what is written down. */
export interface ChangedBy {
  readonly hospital: string
  readonly account: string
  /** The change that this one takes back. */
  readonly undoes?: number
}

async function nameOf(db: LedgerDatabase, hospital: string, day: string): Promise<string | null> {
  const row = await db
    .selectFrom('closing_day')
    .select('name')
    .where('hospital', '=', hospital)
    .where('day', '=', day)
    .executeTakeFirst()
  return row?.name ?? null
}
