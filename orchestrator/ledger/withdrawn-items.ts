import { sql, type RawBuilder } from 'kysely'
import { sharesWith } from './credits.ts'
import type { LedgerDatabase } from './tables.ts'

/** What is taken back: an import whose record says so already. */
export interface Withdrawing {
  readonly import: number
  readonly account: string
  readonly reason: string
  /** Called when a step begins: other items of the same cases are decided anew, counts go, and the items are cancelled. */
  readonly atStep?: ((step: WithdrawingStep) => void) | undefined
}

export type WithdrawingStep = 'cases' | 'counts' | 'items'

/** What became of other items of the same cases. */
export interface Reweighed {
  /** Items that were left out for a withdrawn one and count from now on. */
  readonly countAgain: number
  /** Items that counted beside a withdrawn one of their chain and are left out from now on. */
  readonly leftOut: number
}

/**
 * Takes all items of an import out of the counts, as if they had never come: their history stays and says so. Cases that
 * they claimed go to whoever did them first of those that are left. Everything in statements over all items at once, in the
 * order in which items that finish take their locks: claims, then counts.
 */
export async function withdrawItems(tx: LedgerDatabase, withdrawing: Withdrawing): Promise<Reweighed> {
  withdrawing.atStep?.('cases')
  await holdClaims(tx, withdrawing.import)
  // Each statement sees what the one before it wrote, and what whoever held a claim until then had counted.
  const since = await noteWithdrawn(tx, withdrawing)
  await dropParts(tx, withdrawing.import)
  const reweighed = await reweigh(tx, withdrawing.import)
  const anew = countedAnew(withdrawing.import, since)
  withdrawing.atStep?.('counts')
  await uncount(tx, withdrawing.import, anew)
  await sql`UPDATE credit SET kind = 'withdrawn' FROM item WHERE item.id = credit.item AND item.import = ${withdrawing.import}`.execute(
    tx,
  )
  await sql`UPDATE credit SET kind = own.kind FROM (${anew}) own
    WHERE own.item = credit.item AND own.kind <> credit.kind`.execute(tx)
  withdrawing.atStep?.('items')
  await sql`UPDATE item SET state = 'cancelled', outcome = NULL, sentence = ${withdrawing.reason}
    WHERE import = ${withdrawing.import}`.execute(tx)
  await dropEmptyCounts(tx, withdrawing.import, anew)
  return reweighed
}

/**
 * The cases of an import that were claimed, or could not be for another had. `OFFSET 0` here and below keeps each look at
 * a table one into its index: of what was only just written PostgreSQL knows no numbers or those of a moment in between,
 * and would read for each case all that ever was.
 */
const CASES = (of: number) => sql`
  SELECT DISTINCT i.hospital, e.activity, i.case_reference, sha256(convert_to(i.case_reference, 'UTF8')) AS digest
  FROM (SELECT id, hospital, case_reference FROM item WHERE import = ${of} OFFSET 0) i CROSS JOIN LATERAL (
    SELECT detail ->> 'activity' AS activity FROM event
    WHERE item = i.id AND kind = 'done' AND detail ? 'activity' AND (detail ->> 'share')::numeric > 0 OFFSET 0
  ) e`

/** Each case is looked up by itself, in the order in which items that finish hold theirs. */
async function holdClaims(tx: LedgerDatabase, of: number): Promise<void> {
  await sql`SELECT FROM (SELECT * FROM (${CASES(of)}) own ORDER BY hospital, activity, digest) cases CROSS JOIN LATERAL (
    SELECT FROM claim c WHERE (c.hospital, c.activity, c.digest) = (cases.hospital, cases.activity, cases.digest) FOR UPDATE
  ) held`.execute(tx)
}

/** @returns the first event that it wrote */
async function noteWithdrawn(tx: LedgerDatabase, withdrawing: Withdrawing): Promise<string> {
  const { rows } = await sql<{ first: string }>`
    WITH noted AS (
      INSERT INTO event (item, kind, attempt, fence, sentence, detail)
      SELECT id, 'withdrawn', attempt, fence, ${withdrawing.reason},
        jsonb_build_object('import', import, 'account', ${withdrawing.account}::text)
      FROM item WHERE import = ${withdrawing.import} RETURNING id
    ) SELECT coalesce(min(id), 0)::text AS first FROM noted`.execute(tx)
  return rows[0]?.first ?? '0'
}

/** They are decided anew; a statement of its own, so that the same part may be written again. */
async function dropParts(tx: LedgerDatabase, of: number): Promise<void> {
  await sql`DELETE FROM claim_part WHERE ctid = ANY (ARRAY(
    SELECT part.ctid FROM (${CASES(of)}) cases CROSS JOIN LATERAL (
      SELECT p.ctid FROM claim_part p
      WHERE (p.hospital, p.activity, p.digest) = (cases.hospital, cases.activity, cases.digest) OFFSET 0
    ) part))`.execute(tx)
}

/** The items that count for a case of the row in `cases` and were not withdrawn, and which deployment they say counts it instead. */
const STANDING = sql`
  SELECT e.id AS event, i.id, i.deployment, e.variant, (e.at AT TIME ZONE h.time_zone)::date AS day,
    CASE WHEN again.detail IS NULL THEN e.left_out ELSE again.detail ->> 'leftOut' END AS was
  FROM (SELECT id, hospital, deployment FROM item WHERE hospital = cases.hospital AND case_reference = cases.case_reference OFFSET 0) i
  JOIN hospital h ON h.id = i.hospital
  CROSS JOIN LATERAL (
    SELECT id, at, detail ->> 'variant' AS variant, detail ->> 'leftOut' AS left_out FROM event
    WHERE item = i.id AND kind = 'done' AND detail ->> 'activity' = cases.activity AND (detail ->> 'share')::numeric > 0 OFFSET 0
  ) e
  LEFT JOIN LATERAL (SELECT r.detail FROM event r WHERE r.item = i.id AND r.kind = 'reweighed' ORDER BY r.id DESC LIMIT 1) again
    ON true
  WHERE NOT EXISTS (SELECT FROM event w WHERE w.item = i.id AND w.kind = 'withdrawn' OFFSET 0)`

/**
 * Decides anew, in the order in which items were written down as done, who counts the cases of an import. A case without
 * any stands as one row of nulls, and each row tells the first of its case: of parts that are joined with each other
 * PostgreSQL knows no numbers, and would look for each item through all the others.
 */
async function reweigh(tx: LedgerDatabase, of: number): Promise<Reweighed> {
  const { rows } = await sql<Reweighed>`
    WITH standing AS MATERIALIZED (
      SELECT cases.hospital, cases.activity, cases.digest, own.*, first_value(own.id) OVER of_case AS first_id,
        first_value(own.deployment) OVER of_case AS claimant, first_value(own.variant) OVER of_case AS first_variant,
        first_value(own.day) OVER of_case AS first_day
      FROM (${CASES(of)}) cases LEFT JOIN LATERAL (${STANDING}) own ON true
      WINDOW of_case AS (PARTITION BY cases.hospital, cases.activity, cases.digest ORDER BY own.event)
    ), moved AS (
      UPDATE claim SET deployment = s.deployment, variant = s.variant, item = s.id, day = s.day FROM standing s
      WHERE (claim.hospital, claim.activity, claim.digest) = (s.hospital, s.activity, s.digest) AND s.id = s.first_id
    ), released AS (
      DELETE FROM claim USING standing s
      WHERE (claim.hospital, claim.activity, claim.digest) = (s.hospital, s.activity, s.digest) AND s.id IS NULL
    ), shared AS (
      SELECT standing.*, ${sharesWith('standing', 'first')} AS shares
      FROM standing CROSS JOIN LATERAL (SELECT claimant AS deployment, first_variant AS variant, first_day AS day) first
      WHERE standing.id IS NOT NULL
    ), counting AS (
      SELECT *, shares AND count(*) FILTER (WHERE shares) OVER (PARTITION BY hospital, activity, digest, deployment
        ORDER BY event) = 1 AS of_part FROM shared
    ), parts AS (
      INSERT INTO claim_part (hospital, activity, digest, deployment, item)
      SELECT hospital, activity, digest, deployment, id FROM counting WHERE of_part
    ), changed AS (
      SELECT * FROM (SELECT id, event, was, CASE WHEN id <> first_id AND NOT of_part THEN claimant END AS now FROM counting) decided
      WHERE now IS DISTINCT FROM was
    ), noted AS (
      INSERT INTO event (item, kind, attempt, fence, detail)
      SELECT id, 'reweighed', 0, 0, jsonb_strip_nulls(jsonb_build_object('import', ${of}::bigint, 'leftOut', now))
      FROM changed ORDER BY event
    )
    SELECT count(*) FILTER (WHERE now IS NULL)::int AS "countAgain", count(*) FILTER (WHERE was IS NULL)::int AS "leftOut"
    FROM changed`.execute(tx)
  return rows[0] ?? { countAgain: 0, leftOut: 0 }
}

/** How the items count for which the withdrawal of an import, which wrote its events since that one, decided it anew. */
const countedAnew = (of: number, since: string) => sql`
  SELECT r.item, i.outcome, CASE WHEN r.detail ? 'leftOut' THEN 'left-out' WHEN i.one_off THEN 'one-off' ELSE 'regular' END AS kind
  FROM event r JOIN item i ON i.id = r.item WHERE r.id > ${since}::bigint AND r.kind = 'reweighed' AND (r.detail ->> 'import')::bigint = ${of}`

/** What credits and events put into the counts of days goes out of them again; done before the credits change. */
async function uncount(tx: LedgerDatabase, of: number, anew: RawBuilder<unknown>): Promise<void> {
  const share = sql`(c.share > 0)::integer`
  await sql`
    INSERT INTO day_count (deployment, day, variant, outcome, kind, items, counting, shares, human_seconds)
    SELECT deployment, day, variant, outcome, kind, sum(items), sum(counting), sum(shares), sum(human) FROM (
      SELECT c.deployment, c.completed_on AS day, c.variant, i.outcome, c.kind, -1 AS items, -${share} AS counting,
        -c.share AS shares, 0::bigint AS human
      FROM item i JOIN credit c ON c.item = i.id WHERE i.import = ${of}
      UNION ALL
      SELECT i.deployment, (e.at AT TIME ZONE h.time_zone)::date, '', CASE e.kind WHEN 'parked' THEN 'parked' ELSE 'worklist' END,
        'regular', -(e.kind = 'parked')::integer, 0, 0, -coalesce((e.detail ->> 'humanSeconds')::bigint, 0)
      FROM (SELECT id, hospital, deployment FROM item WHERE import = ${of} OFFSET 0) i JOIN hospital h ON h.id = i.hospital
      CROSS JOIN LATERAL (SELECT * FROM event WHERE item = i.id OFFSET 0) e
      WHERE e.kind = 'parked' OR (e.kind = 'done' AND e.detail ? 'humanSeconds')
      UNION ALL
      SELECT c.deployment, c.completed_on, c.variant, own.outcome, side.kind, side.times, side.times * ${share},
        side.times * c.share, 0
      FROM (${anew}) own JOIN credit c ON c.item = own.item
      CROSS JOIN LATERAL (VALUES (c.kind, -1), (own.kind, 1)) side (kind, times)
    ) gone GROUP BY 1, 2, 3, 4, 5
    HAVING sum(items) <> 0 OR sum(counting) <> 0 OR sum(shares) <> 0 OR sum(human) <> 0
    ORDER BY 1, 2, 3, 5, 4
    ON CONFLICT (deployment, day, variant, outcome, kind) DO UPDATE SET items = day_count.items + excluded.items,
      counting = day_count.counting + excluded.counting, shares = day_count.shares + excluded.shares,
      human_seconds = day_count.human_seconds + excluded.human_seconds`.execute(tx)
}

/** A day on which nothing is counted any more has no count, or it would be measured; nor is a deployment reported into. */
async function dropEmptyCounts(tx: LedgerDatabase, of: number, anew: RawBuilder<unknown>): Promise<void> {
  await sql`DELETE FROM day_count WHERE items = 0 AND counting = 0 AND shares = 0 AND human_seconds = 0 AND deployment IN (
      SELECT deployment FROM reported_import_day WHERE import = ${of}
      UNION SELECT i.deployment FROM (${anew}) own JOIN item i ON i.id = own.item)`.execute(tx)
  await sql`UPDATE deployment d SET reported = false
    WHERE reported AND d.id IN (SELECT deployment FROM reported_import_day WHERE import = ${of})
      AND NOT EXISTS (SELECT FROM reported_import_day own JOIN reported_import r ON r.id = own.import
        WHERE own.deployment = d.id AND r.withdrawn_at IS NULL)`.execute(tx)
}
