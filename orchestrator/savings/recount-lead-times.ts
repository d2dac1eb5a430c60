import { sql } from 'kysely'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Period } from './period.ts'

/** Items that the robot did, how long they lay from arrival until then together, and how many of them a day at most. */
export interface LeadFigures {
  readonly items: number
  /** Each rounded to whole seconds; decimal text. */
  readonly seconds: string
  readonly withinADay: number
}

/** Of one deployment and local day. */
export interface RecountedLead {
  readonly deployment: string
  readonly day: string
  /** What the done events and the arrivals of their items give. */
  readonly recounted: LeadFigures
  /** What is kept of the day, of which reports add up. */
  readonly kept: LeadFigures
  readonly differs: boolean
  /** The items that the events put there, at most 100, when it differs; and how many there are. */
  readonly items: readonly string[]
  readonly itemsThere: number
}

/**
 * Lead times of a period from the done events of what robots of ours did, by the local day; of what other robots reported
 * nobody knows when it arrived. With what is kept of each day.
 */
export async function recountLeadTimes(db: LedgerDatabase, { from, to }: Period): Promise<RecountedLead[]> {
  const { rows } = await sql<RecountedLead>`
    WITH lay AS (
      SELECT i.deployment, (e.at AT TIME ZONE h.time_zone)::date AS day, e.item, round(extract(epoch FROM e.at - i.arrived_at)) AS seconds
      FROM event e CROSS JOIN LATERAL (SELECT hospital, deployment, arrived_at, reported_by FROM item WHERE id = e.item OFFSET 0) i
        JOIN hospital h ON h.id = i.hospital
      WHERE e.kind = 'done' AND e.code = 'done' AND i.reported_by IS NULL
        AND e.at >= ${from}::date - interval '1 day' AND e.at < ${to}::date + interval '2 days' -- for an index: no zone is further off
        AND e.at >= ${from}::date::timestamp AT TIME ZONE h.time_zone AND e.at < (${to}::date + 1)::timestamp AT TIME ZONE h.time_zone
    ), recounted AS (
      SELECT deployment, day, count(*) AS items, sum(seconds) AS seconds, count(*) FILTER (WHERE seconds <= 86400) AS within,
        (array_agg(item ORDER BY item))[1:100] AS ids FROM lay GROUP BY 1, 2
    ), f AS (
      SELECT deployment, day, coalesce(r.items, 0) AS items, coalesce(r.seconds, 0) AS seconds, coalesce(r.within, 0) AS within,
        coalesce(k.items, 0) AS kept_items, coalesce(k.seconds, 0) AS kept_seconds, coalesce(k.within_a_day, 0) AS kept_within,
        coalesce(ids, '{}') AS ids, r.items IS NULL OR k.items IS NULL AS alone
      FROM recounted r FULL JOIN (
        SELECT own.* FROM deployment d CROSS JOIN LATERAL (
          SELECT * FROM lead_time l WHERE l.deployment = d.id AND l.day BETWEEN ${from}::date AND ${to}::date OFFSET 0) own
      ) k USING (deployment, day)
    )
    SELECT deployment, day, differs, CASE WHEN differs THEN ids ELSE '{}' END AS items, items::integer AS "itemsThere",
      jsonb_build_object('items', items, 'seconds', seconds::text, 'withinADay', within) AS recounted,
      jsonb_build_object('items', kept_items, 'seconds', kept_seconds::text, 'withinADay', kept_within) AS kept
    FROM f CROSS JOIN LATERAL (
      SELECT alone OR (items, seconds, within) IS DISTINCT FROM (kept_items, kept_seconds, kept_within) AS differs
    ) both_sides ORDER BY day, deployment`.execute(db)
  return rows
}
