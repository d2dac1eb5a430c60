import { sql } from 'kysely'
import { actDone, ACTS_WRITTEN, writtenAct, type ActResult } from './acts.ts'
import { CREDITED, weighed } from './credits.ts'
import type { NewItem } from './items.ts'
import { transitAll, type Asked, type EventDraft, type Hold } from './transition.ts'
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

/** One item that is done: who holds it, how it ended, and what happened since its last statement. */
export interface Finishing {
  readonly hold: Hold
  readonly finish: Finish
  readonly events: readonly EventDraft[]
}

/**
 * Everything that makes items done, in one statement: the last acts, the items, their events, their credits on the
 * hospital's local day, the day's counts and the items that follow. Undefined for an item that was no longer ours.
 */
export function finishItems(
  db: LedgerDatabase,
  finishings: readonly Finishing[],
): Promise<(ItemRow | undefined)[]> {
  const follows = finishings.some(({ finish }) => finish.followUps.length > 0)
  return transitAll(db, finishings.map(askedToFinish), {
    set: sql`state = 'done', outcome = asked.own ->> 'outcome', variant = asked.own ->> 'variant', finished_at = now(),
      worker = NULL, lease_until = NULL, code = NULL, sentence = NULL`,
    weighed: weighed(sql`(SELECT asked.own ->> 'share' FROM asked WHERE asked.of = changed.id)`),
    along: [ACTS_WRITTEN, ...CREDITED, ...(follows ? [FOLLOWED] : [])],
  })
}

/** The same for one item. */
export async function finishItem(
  db: LedgerDatabase,
  hold: Hold,
  finish: Finish,
  events: readonly EventDraft[],
): Promise<ItemRow | undefined> {
  const [row] = await finishItems(db, [{ hold, finish, events }])
  return row
}

function askedToFinish({ hold, finish, events }: Finishing): Asked {
  const { variant, outcome, share, lastAct, followUps } = finish
  const done = { kind: 'done', code: outcome, detail: { variant, share } }
  return {
    hold,
    from: lastAct?.how === 'pressed' ? ['armed'] : ['claimed'],
    events: [...events, ...(lastAct ? [actDone(lastAct)] : []), done],
    own: { variant, outcome, share, followUps, ...(lastAct && writtenAct(lastAct)) },
  }
}

/** Of two that ask for the same case, the first makes it, and gives it its place. */
const FOLLOWED = sql`wanted AS (
  SELECT DISTINCT ON (f.deployment, f.reference) changed.id AS source, changed.hospital, changed.one_off, changed.ordered, f.*
  FROM changed JOIN asked ON asked.of = changed.id, jsonb_to_recordset(asked.own -> 'followUps')
    AS f (deployment text, reference text, "caseReference" text, data jsonb)
  ORDER BY f.deployment, f.reference, changed.id
), followed AS (
  INSERT INTO item (hospital, deployment, reference, case_reference, one_off, ordered, data, marker, state)
  SELECT hospital, deployment, reference, "caseReference", one_off, ordered, data,
    'OR-' || upper(substr(replace(gen_random_uuid()::text, '-', ''), 1, 20)), 'queued'
  FROM wanted
  ON CONFLICT (deployment, reference) WHERE state <> 'cancelled' DO NOTHING
  RETURNING id, deployment, reference
), takes_its_place AS (
  INSERT INTO item_order (hospital, key, place, item)
  SELECT o.hospital, o.key, o.place, followed.id FROM followed JOIN wanted USING (deployment, reference)
    JOIN item_order o ON o.item = wanted.source
), arrived AS (
  INSERT INTO event (item, kind, attempt, fence) SELECT id, 'arrived', 0, 0 FROM followed
)`
