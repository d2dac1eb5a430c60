import { sql } from 'kysely'
import type { CountKind } from '../ledger/savings-tables.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Period } from './period.ts'

/** An item that counts although another deployment counts its case, or that is left out although none does. */
export interface ClaimDifference {
  readonly item: string
  readonly deployment: string
  readonly day: string
  readonly leftOut: boolean
  /** The items of other deployments that count the case. */
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
 * Cases of a period that are counted by two deployments for one activity, or by none of those that did them. Read from
 * the done events of all time that name the case, without looking at who claimed it.
 */
export async function differingClaims(db: LedgerDatabase, { from, to }: Period): Promise<ClaimDifference[]> {
  const { rows } = await sql<ClaimDifference>`
    WITH touched AS (
      SELECT DISTINCT i.hospital, i.case_reference FROM event e JOIN item i ON i.id = e.item
      WHERE e.kind = 'done' AND e.detail ? 'activity' AND e.at >= ${from}::date - interval '1 day' AND e.at < ${to}::date + interval '2 days'
    ), done AS (
      SELECT e.item, i.hospital, i.deployment, i.case_reference, e.detail ->> 'activity' AS activity,
        e.detail ? 'leftOut' AS left_out, (e.at AT TIME ZONE h.time_zone)::date AS day
      FROM touched JOIN item i USING (hospital, case_reference) JOIN event e ON e.item = i.id JOIN hospital h ON h.id = i.hospital
      WHERE e.kind = 'done' AND e.detail ? 'activity' AND (e.detail ->> 'share')::numeric > 0
    ), several AS (
      SELECT hospital, activity, case_reference FROM done GROUP BY 1, 2, 3
      HAVING count(DISTINCT deployment) > 1 OR bool_or(left_out)
    )
    SELECT d.item, d.deployment, d.day, d.left_out AS "leftOut",
      coalesce(array_agg(o.item) FILTER (WHERE o.item IS NOT NULL), '{}') AS others
    FROM done d JOIN several USING (hospital, activity, case_reference)
    LEFT JOIN done o ON (o.hospital, o.activity, o.case_reference) = (d.hospital, d.activity, d.case_reference)
      AND o.deployment <> d.deployment AND NOT o.left_out AND (d.left_out OR NOT EXISTS (
        SELECT FROM chain_part one JOIN chain c ON c.id = one.chain JOIN chain_part two ON two.chain = c.id
        WHERE one.deployment = d.deployment AND two.deployment = o.deployment AND c.valid_from <= least(d.day, o.day)
          AND (c.valid_until IS NULL OR greatest(d.day, o.day) < c.valid_until)))
    WHERE d.day BETWEEN ${from} AND ${to}
    GROUP BY 1, 2, 3, 4 HAVING (count(o.item) > 0) <> d.left_out
    ORDER BY 3, 1`.execute(db)
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
        min(day) FILTER (WHERE outcome <> 'shadow' AND kind <> 'one-off') AS first_day
      FROM day_count, unnest('{month,year}'::text[]) s
      WHERE day >= date_trunc('year', ${from}::timestamp) AND day < date_trunc('year', ${to}::timestamp) + interval '1 year'
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
