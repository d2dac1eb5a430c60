import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { DEPLOYMENTS, openPlayedLedger } from './played-ledger.ts'

const MONTH = { from: '2026-09-01', to: '2026-09-30' }
/** So many that reading a month is cheaper by the index of the events' moments than reading them all. */
const ITEMS_A_DAY = 100

/** Items that were done on each day of a span, as many at each deployment, in the ledger as the product writes them. */
async function addHistory(db: LedgerDatabase, from: string, to: string): Promise<void> {
  await sql`CREATE TEMPORARY TABLE history AS
    SELECT gen_random_uuid() AS id, deployment, day::date AS day, day + number * interval '1 minute' + interval '6 hours' AS at
    FROM generate_series(${from}::timestamptz, ${to}::timestamptz, interval '1 day') day, generate_series(1, ${ITEMS_A_DAY}) number,
      unnest(${[...DEPLOYMENTS]}::text[]) deployment`.execute(db)
  await sql`INSERT INTO item (id, hospital, deployment, reference, case_reference, data, marker, state, outcome, variant, arrived_at, finished_at)
    SELECT id, 'oost', deployment, id, id, '{}', id, 'done', 'done', 'plain', at, at FROM history ORDER BY at`.execute(
    db,
  )
  await sql`INSERT INTO event (item, at, kind, attempt, fence, code, detail)
    SELECT id, at, 'done', 1, 1, 'done', '{"variant": "plain", "share": 1, "activity": "reporting"}' FROM history ORDER BY at`.execute(
    db,
  )
  await sql`INSERT INTO credit (item, deployment, variant, share, completed_on)
    SELECT id, deployment, 'plain', 1, day FROM history`.execute(db)
  await sql`INSERT INTO day_count (deployment, day, variant, outcome, items, counting, shares)
    SELECT deployment, day, 'plain', 'done', count(*), count(*), count(*) FROM history GROUP BY 1, 2`.execute(
    db,
  )
  await sql`INSERT INTO lead_time (deployment, day, items, seconds, within_a_day)
    SELECT deployment, day, count(*), 0, count(*) FROM history GROUP BY 1, 2`.execute(db)
  await sql`DROP TABLE history`.execute(db)
  // What autovacuum does in its time.
  await sql`VACUUM ANALYZE`.execute(db)
  await sql`SELECT brin_summarize_new_values('event_when')`.execute(db)
}

/** How many rows of tables a recount of the month reads, on any machine; asked on a connection that wrote none of them. */
async function rowsRead(db: LedgerDatabase): Promise<number> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      expect(await recount(tx, MONTH)).toEqual([])
      const { rows } = await sql<{
        read: number
      }>`SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::float8 AS read
        FROM pg_stat_xact_user_tables`.execute(tx)
      return rows[0]?.read ?? Number.NaN
    })
}

/** As much history as there is, written down in the order in which it happened. */
async function readAfter(from: string): Promise<number> {
  await using played = await openPlayedLedger()
  await addHistory(played.ledger.owner, from, '2026-12-31')
  return await rowsRead(played.ledger.db)
}

test('a recount of a month reads as much after four years as after one', { timeout: 240_000 }, async () => {
  expect(await readAfter('2023-01-01')).toBeLessThan((await readAfter('2026-01-01')) * 1.2)
})
