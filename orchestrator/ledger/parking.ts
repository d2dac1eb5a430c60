import { sql } from 'kysely'
import { IN_SHADOW } from './counted-in-shadow.ts'
import { stopDeployment } from './deployments.ts'
import { inTransaction } from './in-transaction.ts'
import { storableText } from './json-text.ts'
import { transition, type EventDraft, type Hold } from './transition.ts'
import type { ItemRow, LedgerDatabase, ParkedKind } from './tables.ts'

const humanSeconds = sql`CASE d.mode WHEN 'shadow' THEN 0 ELSE d.outside_seconds END`

/** Parked items cost people time outside the product: counted against us on the day they are parked, but not in shadow (savings/README.md: human minutes). */
export const parkedCount = sql`counted AS (
  INSERT INTO day_count (deployment, day, variant, outcome, kind, items, human_seconds)
  SELECT changed.deployment, (now() AT TIME ZONE h.time_zone)::date, '', 'parked',
    CASE WHEN d.mode = 'shadow' THEN 'shadow' WHEN changed.one_off THEN 'one-off' ELSE 'regular' END, count(*)::int, sum(${humanSeconds})
  FROM changed JOIN hospital h ON h.id = changed.hospital JOIN deployment d ON d.id = changed.deployment
  WHERE changed.state = 'parked' GROUP BY 1, 2, 5
  ON CONFLICT (deployment, day, variant, outcome, kind) DO UPDATE
    SET items = day_count.items + excluded.items, human_seconds = day_count.human_seconds + excluded.human_seconds
)`

/** The event of each row in `changed` that was parked, with the human seconds that were counted for it. */
export const parkedEvent = sql`told AS (
  INSERT INTO event (item, kind, attempt, fence, code, sentence, detail)
  SELECT changed.id, 'parked', changed.attempt, changed.fence, changed.code, changed.sentence,
    jsonb_build_object('kind', changed.parked_kind, 'humanSeconds', ${humanSeconds}) || ${IN_SHADOW}
  FROM changed JOIN deployment d ON d.id = changed.deployment WHERE changed.state = 'parked'
)`

/** Leaves an item to a person, and counts the time that people spend on it outside the product. */
export function parkItem(
  db: LedgerDatabase,
  hold: Hold,
  why: { kind: ParkedKind; code: string; sentence: string },
  events: readonly EventDraft[],
): Promise<ItemRow | undefined> {
  return transition(db, hold, {
    from: ['claimed', 'unsure'],
    set: sql`state = 'parked', parked_kind = ${why.kind}, code = ${why.code}, sentence = ${storableText(why.sentence)},
      worker = NULL, lease_until = NULL`,
    events,
    along: [parkedEvent, parkedCount],
  })
}

/**
 * The same for an item that contradicts its target, which stops its deployment too: both or none. Who came too late saw
 * what somebody else has dealt with since, and stops nothing.
 */
export function parkAndStop(
  db: LedgerDatabase,
  hold: Hold,
  why: { kind: ParkedKind; code: string; sentence: string },
  events: readonly EventDraft[],
): Promise<ItemRow | undefined> {
  return inTransaction(db, async (tx) => {
    const row = await parkItem(tx, hold, why, events)
    if (row) await stopDeployment(tx, row.deployment, why.sentence)
    return row
  })
}
