import { sql } from 'kysely'
import type { LedgerDatabase } from './tables.ts'

/** Even an installation whose sweeper stood still for a season has a month to put a message in. */
const MONTHS_AHEAD = 3

/** Makes the months that messages will soon come in for; gives how many were made. Costs next to nothing when all are there. */
export async function openMonths(db: LedgerDatabase): Promise<number> {
  const { rows } = await sql<{ made: number }>`SELECT message_months_ahead(${MONTHS_AHEAD}) AS made`.execute(
    db,
  )
  return rows[0]?.made ?? 0
}

/**
 * Keeps the message store: months ahead at each call, and once a day over all processes the old ones go.
 * @param today the local date, `2026-11-21`
 */
export async function tendMessages(db: LedgerDatabase, today: string): Promise<void> {
  await openMonths(db)
  const mine = await db
    .insertInto('message_upkeep')
    .values({ day: today })
    .onConflict((conflict) => conflict.doNothing())
    .returning('day')
    .executeTakeFirst()
  if (!mine) return
  try {
    await dropOldMessages(db)
  } catch (error) {
    // The next sweep tries again.
    await db.deleteFrom('message_upkeep').where('day', '=', today).execute()
    throw error
  }
}

/** What was dropped: whole months by name (`2026_08`), and rows of channels that keep less than the others. */
export interface Dropped {
  readonly months: readonly string[]
  readonly rows: number
}

/**
 * Drops what is older than its channel keeps. A message goes with its whole month: it is kept for `retention_days`, and
 * then until its month is that old too. A month goes at once when no channel keeps it, else by row. Runs and items stay;
 * a message that still waits for a person stays too, and an alarm says so.
 */
export async function dropOldMessages(db: LedgerDatabase): Promise<Dropped> {
  await sql`DELETE FROM message_id i USING channel c
    WHERE c.id = i.channel AND i.received_at < ${KEPT_FROM}`.execute(db)
  await alarmOverdue(db)
  const months: string[] = []
  for (const month of await outlivedMonths(db)) {
    if (await dropMonth(db, month)) months.push(month)
  }
  return { months, rows: await deleteOutlived(db) }
}

/** Where a channel's messages begin to be kept: at the start of a month. */
const KEPT_FROM = sql`date_trunc('month', (clock_timestamp() - c.retention_days * interval '1 day') AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'`

/** Months of which no channel keeps anything and nothing waits, oldest first. A month's name sorts as its time does. */
async function outlivedMonths(db: LedgerDatabase): Promise<string[]> {
  const { rows } = await sql<{ month: string }>`
    WITH kept AS (
      SELECT to_char(coalesce(min(${KEPT_FROM}), date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')
        AT TIME ZONE 'UTC', 'YYYY_MM') AS month FROM channel c
    ), months AS (
      SELECT right(inhrelid::regclass::text, 7) AS month FROM pg_inherits WHERE inhparent = 'message'::regclass
    )
    SELECT month FROM months WHERE month < (SELECT month FROM kept) AND NOT EXISTS (
      SELECT FROM message WHERE state IN ('stored', 'aside')
        AND to_char(received_at AT TIME ZONE 'UTC', 'YYYY_MM') = months.month
    ) ORDER BY month`.execute(db)
  return rows.map(({ month }) => month)
}

/** Looks once more with the month to itself: a person may just have replayed something of it. Tells whether it went. */
async function dropMonth(db: LedgerDatabase, month: string): Promise<boolean> {
  const { rows } = await sql<{ dropped: boolean }>`SELECT message_month_drop(${month}) AS dropped`.execute(db)
  return rows[0]?.dropped ?? false
}

/** The months that another channel still keeps: by row. */
async function deleteOutlived(db: LedgerDatabase): Promise<number> {
  const { rows } = await sql`
    WITH outlived AS (
      DELETE FROM message m USING channel c
      WHERE c.id = m.channel AND m.received_at < ${KEPT_FROM} AND m.state NOT IN ('stored', 'aside')
      RETURNING m.id, m.hospital, m.place
    ), forgotten AS (
      DELETE FROM message_patient p USING outlived o WHERE p.message = o.id
    )
    SELECT id FROM outlived`.execute(db)
  return rows.length
}

/** Nothing is lost because nobody looked. */
async function alarmOverdue(db: LedgerDatabase): Promise<void> {
  await sql`
    INSERT INTO alarm (hospital, kind, sentence)
    SELECT m.hospital, 'messages-overdue', 'Channel ' || m.channel || ': ' || count(*)
      || ' messages wait longer than they are kept; replay or skip them: see "ontregel messages --search state=aside".'
    FROM message m JOIN channel c ON c.id = m.channel
    WHERE m.state IN ('stored', 'aside') AND m.received_at < ${KEPT_FROM}
    GROUP BY m.hospital, m.channel`.execute(db)
}
