import { sql } from 'kysely'
import type { Bench } from '../work/bench.ts'
import { asOwner } from './as-owner.ts'

/** How the items of a hospital that has worked for a year stand: nearly all done, some of each other state. */
const STATE = sql`CASE WHEN n % 997 = 0 THEN 'parked' WHEN n % 1499 = 0 THEN 'cancelled' WHEN n % 1999 = 0 THEN 'queued' ELSE 'done' END`

/** Adds this many items to the bench's deployment, spread over a year, with credits' days counted. */
export async function addManyItems(
  { db, url }: Pick<Bench, 'db' | 'url'>,
  count: number,
  deployment = 'oost-test',
): Promise<void> {
  await sql`
    INSERT INTO item (hospital, deployment, reference, case_reference, data, marker, state, parked_kind, outcome, variant,
      arrived_at, due_at, finished_at)
    SELECT 'oost', ${deployment}, 'M-' || n, 'M-' || n, '{}', ${deployment} || '-' || n, made.state,
      CASE made.state WHEN 'parked' THEN 'business' END, CASE made.state WHEN 'done' THEN 'done' END, 'plain', made.at, made.at,
      CASE made.state WHEN 'done' THEN made.at END
    FROM generate_series(1, ${count}::int) n
    CROSS JOIN LATERAL (SELECT ${STATE} AS state, now() - n * interval '5 minutes' AS at) made`.execute(db)
  await sql`
    INSERT INTO day_count (deployment, day, variant, outcome, items, shares)
    SELECT deployment, (arrived_at AT TIME ZONE 'Europe/Amsterdam')::date, 'plain', 'done', count(*)::int, count(*)
    FROM item WHERE deployment = ${deployment} AND state = 'done' GROUP BY 1, 2 ON CONFLICT DO NOTHING`.execute(
    db,
  )
  // What the planner goes by; only who owns the tables may gather it.
  await asOwner(url, 'VACUUM ANALYZE item', 'ANALYZE day_count')
}
