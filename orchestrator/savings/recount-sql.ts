import { sql } from 'kysely'
import type { CountKind } from '../ledger/savings-tables.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Period } from './period.ts'

/** What a day's events or its count say; shares and seconds as decimal text. */
export interface DayFigures {
  readonly items: number
  readonly shares: string
  readonly humanSeconds: string
}

export interface CountDifference {
  readonly deployment: string
  readonly day: string
  readonly variant: string
  readonly outcome: string
  readonly kind: CountKind
  readonly kept: DayFigures
  readonly recounted: DayFigures
  /** Net seconds that the events give more than the count, decimal text. */
  readonly seconds: string
  /** The items whose events were counted here, at most 100, and how many there are. */
  readonly items: readonly string[]
  readonly itemsThere: number
}

export interface CreditDifference {
  readonly item: string
  readonly deployment: string
  /** Where the event, or else the credit, puts it. */
  readonly day: string
  /** What the credit and the events name, each: where a wrong count may come from. */
  readonly days: readonly string[]
  readonly variants: readonly string[]
  readonly doneEvents: number
  /** Undefined as null: the item has no credit. */
  readonly credited: boolean
}

/**
 * What the withdrawal of an import added to the history of the item in `column`: whether it was withdrawn, and whether it
 * is left out now; always one row. Looked up for each item, in an index of these events only.
 */
export const takenBack = (column: string) => sql`CROSS JOIN LATERAL (
  SELECT bool_or(b.kind = 'withdrawn') IS TRUE AS withdrawn,
    (array_agg(b.detail ? 'leftOut' ORDER BY b.id DESC) FILTER (WHERE b.kind = 'reweighed'))[1] AS left_out
  FROM event b WHERE b.item = ${sql.ref(column)} AND b.kind IN ('withdrawn', 'reweighed')
) back`

/**
 * What the events of a period say that counts, on the local day of its hospital: an item done; each time that one was
 * parked, with what that takes from people elsewhere; and the seconds that a person worked on one in the worklist.
 * An item that was done where another deployment had claimed its case says so; the rest of an item's kind is its run's.
 * What happened later to how it counts stands in its history too: that it was withdrawn, or that a withdrawal decided anew
 * who counts its case.
 * `OFFSET 0` here and below keeps each look at a table one into its index: joined as a whole, all that was ever written would be read.
 */
export const told = ({ from, to }: Period, deployments?: readonly string[]) => sql`told AS (
  SELECT i.deployment, (e.at AT TIME ZONE h.time_zone)::date AS day, e.item, e.kind AS event, said.*,
    CASE WHEN back.withdrawn THEN 'withdrawn'
      WHEN e.kind = 'done' AND said.outcome <> 'worklist' AND coalesce(back.left_out, e.detail ? 'leftOut') THEN 'left-out'
      WHEN e.detail ? 'shadow' AND (said.outcome IN ('parked', 'worklist') OR e.code = 'by-hand' AND said.share = 0) THEN 'shadow'
      WHEN i.one_off THEN 'one-off' ELSE 'regular' END AS kind
  FROM event e ${itemOf('e.item')} JOIN hospital h ON h.id = i.hospital ${takenBack('e.item')}
  CROSS JOIN LATERAL (
    SELECT coalesce(e.detail ->> 'variant', '') AS variant, e.code AS outcome, 1 AS items,
      coalesce((e.detail ->> 'share')::numeric, 0) AS share, 0::numeric AS human WHERE e.kind = 'done'
    UNION ALL SELECT '', 'parked', 1, 0, coalesce((e.detail ->> 'humanSeconds')::numeric, 0) WHERE e.kind = 'parked'
    UNION ALL SELECT '', 'worklist', 0, 0, (e.detail ->> 'humanSeconds')::numeric
    WHERE e.kind <> 'parked' AND (e.detail ->> 'humanSeconds')::numeric > 0
  ) said
  WHERE (e.kind IN ('done', 'parked') OR e.detail ? 'humanSeconds') ${among('i.deployment', deployments)}
    AND e.at >= ${from}::date - interval '1 day' AND e.at < ${to}::date + interval '2 days' -- for an index: no zone is further off
    AND e.at >= ${from}::date::timestamp AT TIME ZONE h.time_zone
    AND e.at < (${to}::date + 1)::timestamp AT TIME ZONE h.time_zone
)`

/** The item of a row as `i`. */
export function itemOf(item: string) {
  return sql`CROSS JOIN LATERAL (SELECT hospital, deployment, one_off FROM item WHERE id = ${sql.ref(item)} OFFSET 0) i`
}

/** Rows of a table on the days of a period, of each deployment or of some, as `kept`. */
function keptOn(
  table: 'credit' | 'day_count',
  day: string,
  { from, to }: Period,
  deployments?: readonly string[],
) {
  return sql`deployment d CROSS JOIN LATERAL (SELECT * FROM ${sql.table(table)} k WHERE k.deployment = d.id
    AND ${sql.ref(day)} BETWEEN ${from}::date AND ${to}::date OFFSET 0) kept WHERE true ${among('d.id', deployments)}`
}

function among(column: string, deployments: readonly string[] | undefined) {
  return deployments ? sql`AND ${sql.ref(column)} = ANY (${deployments}::text[])` : sql``
}

/** Minutes of the row `f` (deployment, variant, day, kind): its share of a chain's baseline, or else its own baseline. */
export const WORTH = sql`LEFT JOIN LATERAL (
  SELECT c.baseline_deployment, c.baseline_variant, p.share FROM chain_part p JOIN chain c ON c.id = p.chain
  WHERE p.deployment = f.deployment AND p.variant = f.variant
    AND daterange(c.valid_from, c.valid_until) @> f.day
) part ON true LEFT JOIN LATERAL (
  SELECT b.id AS baseline, coalesce(part.share, 1) AS weight, b.minutes * coalesce(part.share, 1) AS minutes,
    CASE b.method WHEN 'estimate' THEN 'C' WHEN 'log' THEN 'B' ELSE 'A' END AS grade FROM baseline b
  WHERE b.deployment = coalesce(part.baseline_deployment, f.deployment)
    AND b.variant = coalesce(part.baseline_variant, f.variant)
    AND daterange(b.valid_from, b.valid_until) @> f.day AND f.kind <> 'left-out'
) valid ON true`

/** Where the events of a day add up to something else than the day's count; of all deployments when none are given. */
export async function differingCounts(
  db: LedgerDatabase,
  period: Period,
  deployments?: readonly string[],
): Promise<CountDifference[]> {
  const { rows } = await sql<CountDifference>`
    WITH ${told(period, deployments)}, recounted AS (
      SELECT deployment, day, variant, outcome, kind, sum(items) AS items, sum(share) AS shares, sum(human) AS human,
        count(*) FILTER (WHERE share > 0) AS counting, (array_agg(DISTINCT item))[1:100] AS ids,
        count(DISTINCT item)::integer AS there
      FROM told WHERE kind <> 'withdrawn' GROUP BY deployment, day, variant, outcome, kind
    ), kept AS (
      SELECT deployment, day, variant, outcome, kind, items, counting, shares, human_seconds AS human
      FROM ${keptOn('day_count', 'day', period, deployments)}
    ), f AS (
      SELECT deployment, day, variant, outcome, kind, coalesce(ids, '{}') AS ids, coalesce(there, 0) AS there,
        coalesce(k.items, 0) AS kept_items, coalesce(r.items, 0) AS items,
        coalesce(k.counting, 0) AS kept_counting, coalesce(r.counting, 0) AS counting,
        coalesce(k.shares, 0) AS kept_shares, coalesce(r.shares, 0) AS shares,
        coalesce(k.human, 0) AS kept_human, coalesce(r.human, 0) AS human, k.items IS NULL OR r.items IS NULL AS alone
      FROM recounted r FULL JOIN kept k USING (deployment, day, variant, outcome, kind)
    )
    SELECT f.deployment, f.day, f.variant, f.outcome, f.kind, f.ids AS items, f.there AS "itemsThere",
      jsonb_build_object('items', kept_items, 'shares', kept_shares::text, 'humanSeconds', kept_human::text) AS kept,
      jsonb_build_object('items', f.items, 'shares', shares::text, 'humanSeconds', human::text) AS recounted,
      (coalesce((shares - kept_shares) * valid.minutes * 60, 0) - (human - kept_human))::text AS seconds
    FROM f ${WORTH}
    WHERE alone OR (f.items, counting, shares, human) IS DISTINCT FROM (kept_items, kept_counting, kept_shares, kept_human)
    ORDER BY f.day, f.deployment, f.variant, f.outcome, f.kind`.execute(db)
  return rows
}

/** Items of which the credit and the done event do not say the same: one is missing, doubled, or differs. */
export async function differingCredits(
  db: LedgerDatabase,
  period: Period,
  deployments?: readonly string[],
): Promise<CreditDifference[]> {
  const { rows } = await sql<CreditDifference>`
    WITH ${told(period, deployments)}, touched AS (
      SELECT item FROM told WHERE event = 'done'
      UNION SELECT item FROM ${keptOn('credit', 'completed_on', period, deployments)}
    ), both_sides AS (
      SELECT touched.item, i.deployment, done.events, done.variant, done.share, done.day, done.days,
        CASE WHEN back.withdrawn THEN 'withdrawn' WHEN coalesce(back.left_out, done.left_out) THEN 'left-out' WHEN done.in_shadow THEN 'shadow' WHEN i.one_off THEN 'one-off' ELSE 'regular' END AS kind,
        c.item IS NOT NULL AS credited, c.variant AS c_variant, c.share AS c_share, c.completed_on AS c_day,
        c.deployment AS c_deployment, c.kind AS c_kind
      FROM touched ${itemOf('touched.item')} JOIN hospital h ON h.id = i.hospital
      LEFT JOIN LATERAL (SELECT * FROM credit WHERE item = touched.item OFFSET 0) c ON true ${takenBack('touched.item')}
      CROSS JOIN LATERAL (
        SELECT count(*) AS events, min(e.detail ->> 'variant') AS variant, min((e.detail ->> 'share')::numeric) AS share,
          bool_or(e.detail ? 'leftOut') AS left_out, bool_or(e.detail ? 'shadow' AND e.code = 'by-hand' AND (e.detail ->> 'share')::numeric = 0) AS in_shadow, min((e.at AT TIME ZONE h.time_zone)::date) AS day,
          array_agg((e.at AT TIME ZONE h.time_zone)::date::text) AS days
        FROM event e WHERE e.item = touched.item AND e.kind = 'done'
      ) done
    )
    SELECT item, deployment, coalesce(day, c_day) AS day,
      array_remove(days || c_day::text, NULL) AS days, array_remove(ARRAY[variant, c_variant], NULL) AS variants, events AS "doneEvents", credited
    FROM both_sides
    WHERE events <> 1
      OR (deployment, variant, share, day, kind) IS DISTINCT FROM (c_deployment, c_variant, c_share, c_day, c_kind)
    ORDER BY 3, item`.execute(db)
  return rows
}

/** The items that the events put on days of a period for one variant and kind: at most 100, how many, and on which days. */
export async function itemsOf(
  db: LedgerDatabase,
  period: Period,
  of: { readonly deployment: string; readonly variant?: string; readonly kind?: CountKind },
): Promise<{ readonly items: string[]; readonly itemsThere: number; readonly days: string[] }> {
  const { variant = null, kind = null } = of
  const { rows } = await sql<{ items: string[]; itemsThere: number; days: string[] }>`
    WITH ${told(period, [of.deployment])}
    SELECT coalesce((array_agg(DISTINCT item))[1:100], '{}') AS items, count(DISTINCT item)::integer AS "itemsThere",
      coalesce(array_agg(DISTINCT day::text), '{}') AS days
    FROM told WHERE kind <> 'withdrawn' AND (${variant}::text IS NULL OR variant = ${variant}) AND (${kind}::text IS NULL OR kind = ${kind})`.execute(
    db,
  )
  return rows[0] ?? { items: [], itemsThere: 0, days: [] }
}
