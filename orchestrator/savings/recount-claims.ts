import { sql } from 'kysely'
import type { CountKind } from '../ledger/savings-tables.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Period } from './period.ts'
import { itemOf, takenBack } from './recount-sql.ts'

/** An item that counts although another counts its case, or that is left out although none does. */
export interface ClaimDifference {
  readonly item: string
  readonly deployment: string
  readonly day: string
  readonly leftOut: boolean
  /** The other items that count the case. */
  readonly others: readonly string[]
}

export interface RollUpDifference {
  readonly deployment: string
  readonly span: 'month' | 'year'
  /** Its first and last day. */
  readonly begins: string
  readonly ends: string
  readonly variant: string
  readonly kind: CountKind
  /** Figures of the roll-up and of its days, written out; the last is the first day that counts as measured. */
  readonly kept: string
  readonly days: string
}

/**
 * Cases of a period that are counted twice for one activity, or by none of the items that did them. Read from
 * the done events of all time that name the case and were not withdrawn since, without looking at who claimed it.
 */
export async function differingClaims(db: LedgerDatabase, { from, to }: Period): Promise<ClaimDifference[]> {
  const { rows } = await sql<ClaimDifference>`
    WITH touched AS (
      SELECT DISTINCT i.hospital, i.case_reference FROM event e
      CROSS JOIN LATERAL (SELECT hospital, case_reference FROM item WHERE id = e.item OFFSET 0) i
      WHERE e.kind = 'done' AND e.detail ? 'activity' AND e.at >= ${from}::date - interval '1 day' AND e.at < ${to}::date + interval '2 days'
    ), done AS (
      SELECT e.item, i.hospital, i.deployment, e.detail ->> 'variant' AS variant, i.case_reference, e.detail ->> 'activity' AS activity,
        coalesce(back.left_out, e.detail ? 'leftOut') AS left_out, (e.at AT TIME ZONE h.time_zone)::date AS day
      FROM touched CROSS JOIN LATERAL (SELECT * FROM item WHERE hospital = touched.hospital AND case_reference = touched.case_reference OFFSET 0) i
      CROSS JOIN LATERAL (SELECT * FROM event WHERE item = i.id OFFSET 0) e JOIN hospital h ON h.id = i.hospital
      ${takenBack('i.id')}
      WHERE e.kind = 'done' AND NOT back.withdrawn AND e.detail ? 'activity' AND (e.detail ->> 'share')::numeric > 0
    ), several AS (
      SELECT jsonb_agg(jsonb_build_object('item', item, 'deployment', deployment, 'variant', variant, 'day', day, 'left_out', left_out)) AS members
      FROM done GROUP BY hospital, activity, case_reference HAVING count(*) > 1 OR bool_or(left_out)
    )
    SELECT d.item, d.deployment, d.day::text, d.left_out AS "leftOut", others.items AS others
    FROM several CROSS JOIN jsonb_to_recordset(members) AS d (item uuid, deployment text, variant text, day date, left_out boolean)
    -- Within its case only: as a join of all with all, many cases would take for ever.
    CROSS JOIN LATERAL (
      SELECT coalesce(array_agg(o.item), '{}') AS items
      FROM jsonb_to_recordset(members) AS o (item uuid, deployment text, variant text, day date, left_out boolean)
      WHERE o.item <> d.item AND NOT o.left_out AND (d.left_out OR NOT EXISTS (
        SELECT FROM chain_part one JOIN chain c ON c.id = one.chain JOIN chain_part two ON two.chain = c.id
        WHERE (one.deployment, one.variant) = (d.deployment, d.variant) AND (two.deployment, two.variant) = (o.deployment, o.variant)
          AND one.deployment <> two.deployment AND c.valid_from <= least(d.day, o.day)
          AND (c.valid_until IS NULL OR greatest(d.day, o.day) < c.valid_until)))
    ) others
    WHERE d.day BETWEEN ${from} AND ${to} AND (cardinality(others.items) > 0) <> d.left_out
    ORDER BY 3, 1`.execute(db)
  return rows
}

/** Items of a deployment that count and claimed no case, for their activity was not known when they were written down. */
export interface UnclaimedDifference {
  readonly deployment: string
  /** The first and the last local day of the period on which there are any. */
  readonly from: string
  readonly to: string
  /** At most 100 of them, and how many there are. */
  readonly items: readonly string[]
  readonly itemsThere: number
}

/** Done events of a period that count and name no activity: whatever else was done of their cases may count again. */
export async function unclaimedItems(
  db: LedgerDatabase,
  { from, to }: Period,
): Promise<UnclaimedDifference[]> {
  const { rows } = await sql<UnclaimedDifference>`
    WITH done AS (
      SELECT e.item, i.deployment, (e.at AT TIME ZONE h.time_zone)::date AS day
      FROM event e ${itemOf('e.item')} JOIN hospital h ON h.id = i.hospital ${takenBack('e.item')}
      WHERE e.kind = 'done' AND NOT e.detail ? 'activity' AND (e.detail ->> 'share')::numeric > 0 AND NOT back.withdrawn
        AND e.at >= ${from}::date - interval '1 day' AND e.at < ${to}::date + interval '2 days'
    )
    SELECT deployment, min(day) AS "from", max(day) AS "to", (array_agg(item ORDER BY day, item))[1:100] AS items,
      count(*)::integer AS "itemsThere"
    FROM done WHERE day BETWEEN ${from} AND ${to} GROUP BY deployment ORDER BY deployment`.execute(db)
  return rows
}

/** Months and years that a period touches whose roll-up is not what their days' counts add up to. */
export async function differingRollUps(
  db: LedgerDatabase,
  { from, to }: Period,
): Promise<RollUpDifference[]> {
  const of = (outcome: string) => sql`coalesce(sum(items) FILTER (WHERE outcome = ${outcome}), 0)`
  const { rows } = await sql<RollUpDifference>`
    WITH days AS (
      SELECT s AS span, date_trunc(s, day::timestamp)::date AS begins, deployment, variant, kind,
        ${of('done')} AS done, ${of('nothing')} AS nothing, ${of('by-hand')} AS by_hand, ${of('parked')} AS parked,
        ${of('shadow')} AS shadow, sum(counting) AS counting, sum(shares) AS shares, sum(human_seconds) AS human_seconds,
        min(day) FILTER (WHERE outcome <> 'shadow' AND kind NOT IN ('one-off', 'shadow')) AS first_day
      FROM deployment d CROSS JOIN LATERAL (
        SELECT * FROM day_count n WHERE n.deployment = d.id AND n.day >= date_trunc('year', ${from}::timestamp)
          AND n.day < date_trunc('year', ${to}::timestamp) + interval '1 year' OFFSET 0
      ) counts, unnest('{month,year}'::text[]) s
      GROUP BY 1, 2, 3, 4, 5
    ), kept AS (
      SELECT * FROM roll_up WHERE begins >= date_trunc('year', ${from}::timestamp) AND begins <= ${to}
    ), both_sides AS (
      SELECT span, begins, deployment, variant, kind,
        concat_ws(' ', coalesce(k.done, 0), coalesce(k.nothing, 0), coalesce(k.by_hand, 0), coalesce(k.parked, 0),
          coalesce(k.shadow, 0), coalesce(k.counting, 0), trim_scale(coalesce(k.shares, 0)), coalesce(k.human_seconds, 0),
          coalesce(k.first_day::text, 'none')) AS kept,
        concat_ws(' ', coalesce(d.done, 0), coalesce(d.nothing, 0), coalesce(d.by_hand, 0), coalesce(d.parked, 0),
          coalesce(d.shadow, 0), coalesce(d.counting, 0), trim_scale(coalesce(d.shares, 0)), coalesce(d.human_seconds, 0),
          coalesce(d.first_day::text, 'none')) AS days
      FROM days d FULL JOIN kept k USING (span, begins, deployment, variant, kind)
    )
    SELECT deployment, span, begins, ends, variant, kind, kept, days FROM both_sides
    CROSS JOIN LATERAL (SELECT (begins + CASE span WHEN 'month' THEN interval '1 month' ELSE interval '1 year' END)::date - 1 AS ends) its
    WHERE kept <> days AND begins <= ${to} AND ends >= ${from}
    ORDER BY begins, deployment, variant, span`.execute(db)
  return rows
}
