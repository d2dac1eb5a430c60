import { sql } from 'kysely'
import { DatabaseError } from 'pg'
import { Failure } from '../../connectors/failure.ts'
import { credited } from './finish.ts'
import type { NewItem } from './items.ts'
import { transition, type Hold } from './transition.ts'
import type { ItemRow, LedgerDatabase } from './tables.ts'

/** What a person did with a parked item. */
export interface PersonAct {
  readonly item: string
  /** The account of the person; no name. */
  readonly account: string
  /** Measured from opening to giving back, idle time cut off; or until the person chose to do it by hand. */
  readonly humanSeconds: number
}

/**
 * Back to the robot, corrected; attempts start anew, finished acts stay done.
 * @throws business when another item of this deployment is that case already
 */
export async function giveBack(db: LedgerDatabase, act: PersonAct, corrected: NewItem): Promise<ItemRow> {
  try {
    return await fromParked(db, act, 'given-back', {
      set: sql`state = 'queued', parked_kind = NULL, code = NULL, sentence = NULL, attempt = 0, looks = 0,
        fence = fence + 1, rung_at = NULL, due_at = clock_timestamp(), data = ${JSON.stringify(corrected.data)}::jsonb,
        reference = ${corrected.reference}, case_reference = ${corrected.caseReference}`,
    })
  } catch (error) {
    if (!(error instanceof DatabaseError && error.constraint === 'item_once')) throw error
    const sentence = `Another item is the case "${corrected.reference}" already: cancel this one, or handle that one.`
    throw new Failure('business', 'case-taken', sentence)
  }
}

/** Done by a person: counts for the deployment's share of what the robot prepared. `reference` is the target's. */
export async function doneByHand(
  db: LedgerDatabase,
  act: PersonAct,
  done: { readonly variant: string; readonly reference: string },
): Promise<ItemRow> {
  const { parked_share: share } = await db
    .selectFrom('deployment')
    .innerJoin('item', 'item.deployment', 'deployment.id')
    .select('parked_share')
    .where('item.id', '=', act.item)
    .executeTakeFirstOrThrow()
  return await fromParked(db, act, 'done', {
    set: sql`state = 'done', parked_kind = NULL, outcome = 'by-hand', variant = ${done.variant}, fence = fence + 1,
      finished_at = now()`,
    code: 'by-hand',
    detail: { variant: done.variant, share: Number(share), reference: done.reference },
    along: credited(done.variant, 'by-hand', Number(share)),
  })
}

/** No longer wanted; the same business reference may come again. */
export async function cancelItem(db: LedgerDatabase, act: PersonAct, reason: string): Promise<ItemRow> {
  return await fromParked(db, act, 'cancelled', {
    set: sql`state = 'cancelled', parked_kind = NULL, fence = fence + 1, sentence = ${reason}, finished_at = now()`,
  })
}

interface Change {
  readonly set: ReturnType<typeof sql>
  readonly code?: string
  readonly detail?: Record<string, string | number>
  readonly along?: readonly ReturnType<typeof sql>[]
}

async function fromParked(
  db: LedgerDatabase,
  act: PersonAct,
  kind: string,
  change: Change,
): Promise<ItemRow> {
  if (!Number.isInteger(act.humanSeconds) || act.humanSeconds < 0) throw notSeconds()
  const found = await db.selectFrom('item').select('fence').where('id', '=', act.item).executeTakeFirst()
  const hold: Hold = { item: act.item, fence: found?.fence ?? -1, worker: null }
  const row = await transition(db, hold, {
    from: ['parked'],
    set: change.set,
    events: [
      {
        kind,
        ...(change.code === undefined ? {} : { code: change.code }),
        detail: { ...change.detail, account: act.account, humanSeconds: act.humanSeconds },
      },
    ],
    along: [...(change.along ?? []), humanTime(act.humanSeconds)],
  })
  if (row) return row
  throw new Failure(
    'business',
    'not-parked',
    'This item does not wait for a person: look at its history for what became of it.',
  )
}

const humanTime = (seconds: number) => sql`worked AS (
  INSERT INTO day_count (deployment, day, variant, outcome, human_seconds)
  SELECT changed.deployment, (now() AT TIME ZONE h.time_zone)::date, '', 'worklist', ${seconds}
  FROM changed JOIN hospital h ON h.id = changed.hospital
  ON CONFLICT (deployment, day, variant, outcome) DO UPDATE
    SET human_seconds = day_count.human_seconds + excluded.human_seconds
)`

const notSeconds = () =>
  new Failure(
    'business',
    'field-invalid',
    'Field humanSeconds: must be a whole number of seconds, 0 or more.',
  )
