import { sql, type RawBuilder } from 'kysely'
import { CREDITED, weighed, WEIGHED_DETAIL } from './credits.ts'
import { jsonText } from './json-text.ts'
import type { LedgerDatabase } from './tables.ts'

/** An item that a robot of another make did, as the ledger takes it. */
export interface ReportedItem {
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
  /** The account or the id of the token that reported it. */
  readonly account: string
  /** What people call who reported it: the account, or the name of the token. */
  readonly reportedBy: string
}

/**
 * Writes an item down as done when it was, with its events, credit and counts, as the finishing transaction does for
 * our own. Never looked up at a target: only the reporting robot could. False when the deployment has the case already.
 */
export async function addReportedItem(tx: LedgerDatabase, item: ReportedItem): Promise<boolean> {
  const { variant, outcome, share, humanSeconds } = item
  const { rows } = await sql<{ id: string }>`
    INSERT INTO item (hospital, deployment, reference, case_reference, data, marker, state, outcome, variant, arrived_at,
      finished_at, compared_at, reported_by)
    VALUES (${item.hospital}, ${item.deployment}, ${item.reference}, ${item.caseReference}, '{}',
      'OR-' || upper(substr(replace(gen_random_uuid()::text, '-', ''), 1, 20)), 'done', ${outcome}, ${variant},
      ${item.completedAt}, ${item.completedAt}, ${item.completedAt}, ${item.reportedBy})
    ON CONFLICT (deployment, reference) WHERE state <> 'cancelled' DO NOTHING
    RETURNING id`.execute(tx)
  const [added] = rows
  if (!added) return false
  // A statement of its own: row security lets events be written of items that can be seen, and one just made cannot yet.
  await sql`
    WITH changed AS (SELECT * FROM item WHERE id = ${added.id}),
      ${sql.join([...weighed(sql`${share}`), noted(item), marked, ...CREDITED], sql`, `)}
      ${outcome === 'by-hand' ? sql`, ${leftToPeople}` : sql``}
      ${humanSeconds > 0 ? sql`, ${worked(humanSeconds)}` : sql``}
    SELECT id FROM changed`.execute(tx)
  return true
}

/** Figures tell of a deployment that others report into, and never look at its items. */
const marked = sql`marked AS (
  UPDATE deployment SET reported = true FROM changed WHERE deployment.id = changed.deployment AND NOT deployment.reported
)`

/** At the time it was done, not now: days are counted from the events. */
const noted = ({ outcome, variant, share, humanSeconds, account }: ReportedItem): RawBuilder<unknown> => {
  const human = humanSeconds > 0 ? { humanSeconds } : {}
  const done = jsonText({ variant, share, account, ...human })
  return sql`noted AS (
    INSERT INTO event (item, at, kind, attempt, fence, code, detail)
    SELECT id, finished_at, 'parked', 0, 0, 'reported', '{"kind": "business", "humanSeconds": 0}'::jsonb
    FROM changed WHERE outcome = 'by-hand'
    UNION ALL
    SELECT id, finished_at, 'done', 0, 0, ${outcome}, ${done}::jsonb || ${WEIGHED_DETAIL} FROM changed
  )`
}

/** What a person finished counts as parked too; its human seconds stand with the done event. */
const leftToPeople = sql`parked AS (
  INSERT INTO day_count (deployment, day, variant, outcome, kind, items)
  SELECT changed.deployment, of_day.day, '', 'parked', 'regular', 1 FROM changed JOIN of_day ON of_day.id = changed.id
  ON CONFLICT (deployment, day, variant, outcome, kind) DO UPDATE SET items = day_count.items + 1
)`

const worked = (seconds: number): RawBuilder<unknown> => sql`worked AS (
  INSERT INTO day_count (deployment, day, variant, outcome, kind, human_seconds)
  SELECT changed.deployment, of_day.day, '', 'worklist', 'regular', ${seconds}
  FROM changed JOIN of_day ON of_day.id = changed.id
  ON CONFLICT (deployment, day, variant, outcome, kind) DO UPDATE
    SET human_seconds = day_count.human_seconds + excluded.human_seconds
)`
