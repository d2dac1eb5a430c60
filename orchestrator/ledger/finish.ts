import { sql } from 'kysely'
import { actDone, actWritten, type ActResult } from './acts.ts'
import { credited, weighed } from './credits.ts'
import type { NewItem } from './items.ts'
import { jsonText } from './json-text.ts'
import { transition, type EventDraft, type Hold } from './transition.ts'
import type { ItemOutcome, ItemRow, LedgerDatabase } from './tables.ts'

export interface FollowUp extends NewItem {
  /** The deployment that takes it on, at the same hospital. */
  readonly deployment: string
}

export interface Finish {
  readonly variant: string
  readonly outcome: ItemOutcome
  /** What the item counts for: 1 by the robot, 0 for nothing to do and shadow. */
  readonly share: number
  /** The last act, when it is not written down yet. */
  readonly lastAct: ActResult | undefined
  readonly followUps: readonly FollowUp[]
}

/**
 * Everything that makes an item done, in one transaction: the last act, the item, its events, its credit
 * on the hospital's local day, the day's count and the follow-up items. Undefined when the item was no longer ours.
 */
export function finishItem(
  db: LedgerDatabase,
  hold: Hold,
  finish: Finish,
  events: readonly EventDraft[],
): Promise<ItemRow | undefined> {
  const { variant, outcome, share, lastAct, followUps } = finish
  return transition(db, hold, {
    from: lastAct?.how === 'pressed' ? ['armed'] : ['claimed'],
    set: sql`state = 'done', outcome = ${outcome}, variant = ${variant}, finished_at = now(),
      worker = NULL, lease_until = NULL, code = NULL, sentence = NULL`,
    events: [
      ...events,
      ...(lastAct ? [actDone(lastAct)] : []),
      { kind: 'done', code: outcome, detail: { variant, share } },
    ],
    weighed: weighed(variant, share),
    along: [
      ...(lastAct ? [actWritten(lastAct)] : []),
      ...credited(variant, outcome, share),
      ...(followUps.length > 0 ? [followed(followUps)] : []),
    ],
  })
}

const followed = (followUps: readonly FollowUp[]) => sql`followed AS (
  INSERT INTO item (hospital, deployment, reference, case_reference, one_off, ordered, data, marker, state)
  SELECT changed.hospital, f.deployment, f.reference, f."caseReference", changed.one_off, changed.ordered, f.data,
    'OR-' || upper(substr(replace(gen_random_uuid()::text, '-', ''), 1, 20)), 'queued'
  FROM changed, jsonb_to_recordset(${jsonText(followUps)}::jsonb)
    AS f (deployment text, reference text, "caseReference" text, data jsonb)
  ON CONFLICT (deployment, reference) WHERE state <> 'cancelled' DO NOTHING
  RETURNING id
), takes_its_place AS (
  INSERT INTO item_order (hospital, key, place, item)
  SELECT o.hospital, o.key, o.place, followed.id FROM followed, changed JOIN item_order o ON o.item = changed.id
), arrived AS (
  INSERT INTO event (item, kind, attempt, fence) SELECT id, 'arrived', 0, 0 FROM followed
)`
