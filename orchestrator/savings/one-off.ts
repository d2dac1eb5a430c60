import { sql } from 'kysely'
import { recordChange } from '../ledger/changes.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { checkDayAhead, checkText, hospitalOf, refused, type ChangedBy } from './input-checks.ts'
import { checkDate } from './period.ts'

export interface NewOneOff {
  readonly deployment: string
  /** Local dates, both included. */
  readonly from: string
  readonly until: string
  readonly reason: string
}

export interface OneOff extends NewOneOff {
  readonly id: number
}

/** The days of backlogs at a hospital, the newest first. */
export async function readOneOffs(db: LedgerDatabase, hospital: string): Promise<OneOff[]> {
  const rows = await db
    .selectFrom('one_off')
    .select(['id', 'deployment', 'reason', 'from_day as from', 'until_day as until'])
    .where('hospital', '=', hospital)
    .orderBy('from_day', 'desc')
    .orderBy('id')
    .execute()
  return rows
}

/**
 * Marks the days on which a deployment cleared a backlog: what it counted then is reported apart and never annualised.
 * Minutes are computed when read, so days that are over can be marked too.
 * @throws business: names the field when the days are not a period
 */
export async function addOneOff(db: LedgerDatabase, by: ChangedBy, days: NewOneOff): Promise<number> {
  const { deployment, from, until, reason } = days
  checkDate('from', from)
  // Who marks days to come for ever would take all later work out of the figures.
  checkDayAhead('until', until, by.today)
  if (until < from)
    throw refused('until', 'period-reversed', `${until} lies before ${from}; swap the two dates.`)
  checkText('reason', reason)
  return await inTransaction(db, async (tx) => {
    const hospital = await hospitalOf(tx, deployment)
    const { id } = await tx
      .insertInto('one_off')
      .values({ hospital, deployment, from_day: from, until_day: until, reason, marked_by: by.account })
      .returning('id')
      .executeTakeFirstOrThrow()
    const change = { hospital, account: by.account, what: 'one-off', subject: deployment }
    await recordChange(tx, { ...change, before: null, after: { id, from, until, reason } })
    return id
  })
}

/** Takes a mark back; that it was there stays written down. */
export async function removeOneOff(
  db: LedgerDatabase,
  by: ChangedBy,
  { id, hospital }: { readonly id: number; readonly hospital: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const row = await tx
      .deleteFrom('one_off')
      .where('id', '=', id)
      .where('hospital', '=', hospital)
      .returningAll()
      .executeTakeFirst()
    if (!row) throw refused('id', 'not-found', `there is no backlog ${id} here; choose one from the list.`)
    const before = { id, from: row.from_day, until: row.until_day, reason: row.reason }
    const change = { hospital, account: by.account, what: 'one-off', subject: row.deployment }
    await recordChange(tx, { ...change, before, after: null })
  })
}

/**
 * Marks a run as the clearing of a backlog, as long as none of its items has counted: items that end meanwhile wait for
 * this, and then count as of a backlog. Their follow-ups inherit it.
 * @throws business when it is being collected, or items of it were counted already
 */
export async function markRunOneOff(
  db: LedgerDatabase,
  by: ChangedBy,
  { run, hospital }: { readonly run: string; readonly hospital: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const marked = await tx
      .updateTable('run')
      .set({ one_off: true })
      .where('id', '=', run)
      .where('hospital', '=', hospital)
      .where('state', '!=', 'collecting')
      .returning('deployment')
      .executeTakeFirst()
    if (!marked)
      throw refused(
        'run',
        'run-busy',
        'it does not exist here, or it is being collected; wait a moment and try again.',
      )
    await sql`UPDATE item SET one_off = true WHERE run = ${run}`.execute(tx)
    // A statement of its own: it sees what was counted by whoever held an item until we got it.
    const { rows } = await sql`SELECT 1 FROM item i JOIN event e ON e.item = i.id
      WHERE i.run = ${run} AND (e.kind IN ('done', 'parked') OR e.detail ? 'humanSeconds') LIMIT 1`.execute(
      tx,
    )
    if (rows.length > 0)
      throw refused(
        'run',
        'run-counted',
        'items of it were counted already; mark the days of the deployment instead.',
      )
    const change = { hospital, account: by.account, what: 'one-off', subject: marked.deployment }
    await recordChange(tx, { ...change, before: null, after: { run } })
  })
}
