import { sql, type RawBuilder } from 'kysely'
import { CREDIT_WRITTEN, TOLD_OF_WEIGHED, weighed } from './credits.ts'
import { storableText } from './json-text.ts'
import type { LedgerDatabase } from './tables.ts'

/** An item that a robot of another make did, as the ledger takes it. */
export interface ReportedItem {
  /** A UUID of its own. */
  readonly id: string
  /** The import it came with. */
  readonly import: number
  readonly hospital: string
  readonly deployment: string
  readonly reference: string
  readonly caseReference: string
  readonly variant: string
  /** `by-hand`: the robot left it and a person finished it. */
  readonly outcome: 'done' | 'nothing' | 'by-hand'
  readonly completedAt: Date
  /** What it counts for, 0 to 1. */
  readonly share: number
  /** What people spent on it; counted on the day it was completed. */
  readonly humanSeconds: number
}

/** Who reported items. */
export interface ReportedBy {
  /** The account or the id of the token that reported them. */
  readonly account: string
  /** What people call who reported them: the account, or the name of the token. */
  readonly reportedBy: string
}

/**
 * Writes items down as done when they were, in the order in which they are given, with their events, credits and counts,
 * as the finishing transaction does for our own. Never looked up at a target: only the reporting robot could. When the
 * deployment has one of them already nothing is counted: the caller must end the transaction.
 * @param atStep called when the items stand, and are counted next
 * @returns the ids of those that the deployment has already
 */
export async function addReportedItems(
  tx: LedgerDatabase,
  items: readonly ReportedItem[],
  by: ReportedBy,
  atStep?: (step: 'count') => void,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO item (id, hospital, deployment, reference, case_reference, data, marker, state, outcome, variant, arrived_at,
      finished_at, compared_at, import, reported_by)
    SELECT id, hospital, deployment, reference, case_reference, '{}',
      'OR-' || upper(substr(replace(gen_random_uuid()::text, '-', ''), 1, 20)), 'done', outcome, variant,
      finished_at, finished_at, finished_at, import, ${by.reportedBy}
    FROM ${given(items)} ORDER BY deployment, reference
    ON CONFLICT (deployment, reference) WHERE state <> 'cancelled' DO NOTHING
    RETURNING id`.execute(tx)
  if (rows.length < items.length) {
    const added = new Set(rows.map(({ id }) => id))
    return items.flatMap(({ id }) => (added.has(id) ? [] : [id]))
  }
  atStep?.('count')
  // A statement of its own: row security lets events be written of items that can be seen, and one just made cannot yet.
  await sql`
    WITH changed AS MATERIALIZED (SELECT *, false AS one_off FROM ${given(items)}), ${sql.join([
      ...weighed(sql`changed.share`, sql`changed.place`),
      ...[noted(by.account), marked, CREDIT_WRITTEN, counted],
    ])}
    SELECT`.execute(tx)
  return []
}

/** Arrays and not JSON: of these PostgreSQL knows how many there are, and plans for that. */
function given(items: readonly ReportedItem[]): RawBuilder<unknown> {
  const texts = (of: (item: ReportedItem) => string) =>
    sql`${items.map((item) => storableText(of(item)))}::text[]`
  return sql`unnest(${items.map(({ id }) => id)}::uuid[], ${items.map((item) => item.import)}::bigint[], ${texts(({ hospital }) => hospital)},
    ${texts(({ deployment }) => deployment)}, ${texts(({ reference }) => reference)},
    ${texts(({ caseReference }) => caseReference)}, ${texts(({ variant }) => variant)}, ${texts(({ outcome }) => outcome)},
    ${items.map(({ completedAt }) => completedAt.toISOString())}::timestamptz[], ${items.map(({ share }) => share)}::numeric[],
    ${items.map(({ humanSeconds }) => humanSeconds)}::integer[]) WITH ORDINALITY
    AS given (id, import, hospital, deployment, reference, case_reference, variant, outcome, finished_at, share, human_seconds, place)`
}

/** Figures tell of a deployment that others report into, and never look at its items. */
const marked = sql`marked AS (
  UPDATE deployment SET reported = true WHERE NOT reported AND id IN (SELECT deployment FROM changed)
)`

/** At the time it was done, not now: days are counted from the events. */
const noted = (account: string): RawBuilder<unknown> => sql`noted AS (
  INSERT INTO event (item, at, kind, attempt, fence, code, detail)
  SELECT id, finished_at, kind, 0, 0, code, detail FROM (
    SELECT id, finished_at, 'parked' AS kind, 'reported' AS code, '{"kind": "business", "humanSeconds": 0}'::jsonb AS detail, place
    FROM changed WHERE outcome = 'by-hand'
    UNION ALL
    SELECT changed.id, finished_at, 'done', changed.outcome, jsonb_strip_nulls(jsonb_build_object('variant', changed.variant,
      'share', changed.share, 'account', ${account}::text, 'humanSeconds', nullif(human_seconds, 0))) || ${TOLD_OF_WEIGHED}, place
    FROM changed JOIN weighed w ON w.id = changed.id
  ) told ORDER BY place, kind DESC
)`

/** What a person finished counts as parked too; the seconds that people spent stand with the done event. */
const counted = sql`counted AS (
  INSERT INTO day_count (deployment, day, variant, outcome, kind, items, counting, shares, human_seconds)
  SELECT deployment, day, variant, outcome, kind, sum(items), sum(counting), sum(share), sum(human) FROM (
    SELECT deployment, day, variant, outcome, kind, 1 AS items, (share > 0)::integer AS counting, share, 0 AS human FROM weighed
    UNION ALL
    SELECT of_day.deployment, day, '', 'parked', 'regular', 1, 0, 0, 0 FROM of_day WHERE outcome = 'by-hand'
    UNION ALL
    SELECT of_day.deployment, day, '', 'worklist', 'regular', 0, 0, 0, human_seconds
    FROM of_day JOIN changed ON changed.id = of_day.id WHERE human_seconds > 0
  ) own GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 5, 4
  ON CONFLICT (deployment, day, variant, outcome, kind) DO UPDATE SET items = day_count.items + excluded.items,
    counting = day_count.counting + excluded.counting, shares = day_count.shares + excluded.shares,
    human_seconds = day_count.human_seconds + excluded.human_seconds
)`
