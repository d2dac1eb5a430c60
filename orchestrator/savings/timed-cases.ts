import { sql } from 'kysely'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { explainRefusal } from './database-refusal.ts'
import { refused, type ChangedBy } from './input-checks.ts'
import { measurementClosed } from './measuring.ts'

/** Below a second somebody clicked twice; above a day they forgot to stop. */
export const LEAST_MS = 1000
export const MOST_MS = 86_400_000

interface NewTimedCase {
  readonly measurement: string
  readonly hospital: string
  readonly milliseconds: number
  readonly item?: string | undefined
  /** The running case that it was: it is kept once. */
  readonly timing?: string | undefined
}

/**
 * Keeps the time of one case. In shadow mode `item` is what the robot looked at: its variant must be this one, and one
 * item is timed once.
 * @throws business when the measurement is closed, the time is not possible, or the item is not one to be timed
 */
export async function addTimedCase(
  db: LedgerDatabase,
  by: Pick<ChangedBy, 'account'>,
  timed: NewTimedCase,
): Promise<number> {
  const { milliseconds, item } = timed
  if (!Number.isInteger(milliseconds) || milliseconds < LEAST_MS || milliseconds > MOST_MS)
    throw refused(
      'milliseconds',
      'amount-invalid',
      'must lie between a second and a day; time the case again.',
    )
  return await inTransaction(db, async (tx) => {
    const { method, deployment, variant } = await measurementToTime(tx, timed)
    expectItemIn(method, item)
    if (item !== undefined) await expectShadowItem(tx, item, deployment, variant)
    const number = await keepCase(tx, by.account, timed)
    // A colleague timed the same item in another measurement at the same moment.
    if (number === undefined) throw notToBeTimed(variant)
    return number
  })
}

/** A measurement that is open for timing. @throws business when it is not, or not of the hospital */
export async function measurementToTime(
  db: LedgerDatabase,
  asked: { readonly measurement: string; readonly hospital: string },
) {
  const row = await db
    .selectFrom('measurement')
    .select(['method', 'deployment', 'variant', 'ask_above_minutes as askAboveMinutes'])
    .where('id', '=', asked.measurement)
    .where('hospital', '=', asked.hospital)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  if (row) return row
  throw measurementClosed()
}

/** @throws business when a case names no item beside the robot, or names one with a stopwatch */
export function expectItemIn(method: 'stopwatch' | 'shadow', item: string | undefined): void {
  if ((method === 'shadow') === (item !== undefined)) return
  throw refused(
    'item',
    'item-missing',
    'in shadow mode a time belongs to an item; with a stopwatch it does not.',
  )
}

/** The database gives the number, and holds back who closes the measurement meanwhile. */
async function keepCase(
  tx: LedgerDatabase,
  account: string,
  { measurement, hospital, milliseconds, item, timing }: NewTimedCase,
): Promise<number | undefined> {
  const { rows } = await explainRefusal(
    sql<{ number: number }>`
      INSERT INTO timed_case (measurement, hospital, milliseconds, item, account, timing)
      VALUES (${measurement}, ${hospital}, ${milliseconds}, ${item ?? null}, ${account}, ${timing ?? null})
      ON CONFLICT (item) DO NOTHING RETURNING number`.execute(tx),
  )
  return rows[0]?.number
}

/**
 * Leaves a case out of what is measured, with the reason; it stays in the list. An empty reason puts it back.
 * @param left with `account` when only a case of that account may be meant
 * @throws business when there is no such case, or its measurement is closed
 */
export async function leaveCaseOut(
  db: LedgerDatabase,
  left: {
    readonly measurement: string
    readonly hospital: string
    readonly number: number
    readonly reason: string
    readonly account?: string | undefined
  },
): Promise<void> {
  const { measurement, hospital, number, reason, account } = left
  await measurementToTime(db, left)
  const change = db
    .updateTable('timed_case')
    .set({ left_out: reason.trim() === '' ? null : reason.trim() })
    .where('measurement', '=', measurement)
    .where('hospital', '=', hospital)
    .where('number', '=', number)
    .$if(account !== undefined, (query) => query.where('account', '=', account ?? ''))
  const { numUpdatedRows } = await explainRefusal(change.executeTakeFirstOrThrow())
  if (numUpdatedRows === 0n)
    throw refused('number', 'not-found', 'there is no such case that you timed; choose one of the list.')
}

async function expectShadowItem(
  tx: LedgerDatabase,
  item: string,
  deployment: string,
  variant: string,
): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM item i WHERE i.id = ${item} AND i.deployment = ${deployment}
    AND i.outcome = 'shadow' AND i.variant = ${variant}
    AND NOT EXISTS (SELECT FROM timed_case t WHERE t.item = i.id)`.execute(tx)
  if (rows.length > 0) return
  throw notToBeTimed(variant)
}

const notToBeTimed = (variant: string) =>
  refused(
    'item',
    'item-not-shadow',
    `it is not an item of variant "${variant}" that the robot did in shadow mode, or it was timed already; choose another.`,
  )
