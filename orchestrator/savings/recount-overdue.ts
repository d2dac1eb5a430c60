import { sql } from 'kysely'
import type { LedgerDatabase } from '../ledger/tables.ts'

/**
 * Raises an alarm at each hospital with items when no nightly recount came to its end for two days, or none ever did since
 * the hospital is here: what checks the figures must not stand still unnoticed. Once for the same standstill; the alarm's
 * moment is since when. One that began within the hour is given its time.
 * @param now by the program's own clock
 */
export async function watchRecount(db: LedgerDatabase, now: Date): Promise<void> {
  await sql`
    INSERT INTO alarm (hospital, kind, at, sentence)
    SELECT h.id, 'recount-overdue', since, format('No recount of the savings came to its end since %s: what is told of hours and FTE '
      'was not derived again from the events since then. See in the log why (sweep failed, lookAfter), or start the server; '
      'the next recount that comes to its end closes this alarm.', to_char(since AT TIME ZONE h.time_zone, 'YYYY-MM-DD HH24:MI'))
    FROM hospital h CROSS JOIN LATERAL (
      SELECT coalesce((SELECT max(began_at) FROM nightly_recount WHERE differences IS NOT NULL), h.made_at) AS since
    ) last
    WHERE since <= ${now}::timestamptz - interval '2 days' AND EXISTS (SELECT FROM item WHERE item.hospital = h.id)
      AND NOT EXISTS (SELECT FROM nightly_recount WHERE differences IS NULL AND began_at > ${now}::timestamptz - interval '1 hour')
      AND NOT EXISTS (SELECT FROM alarm a WHERE a.hospital = h.id AND a.kind = 'recount-overdue' AND a.at = since)`.execute(
    db,
  )
}

/** A recount came to its end: nobody needs to see to these any more. Nobody closed them, so they name no account. */
export async function closeOverdue(db: LedgerDatabase): Promise<void> {
  await db
    .updateTable('alarm')
    .set({ closed_at: sql<Date>`clock_timestamp()` })
    .where('kind', '=', 'recount-overdue')
    .where('closed_at', 'is', null)
    .execute()
}
