import { sql } from 'kysely'
import { DatabaseError } from 'pg'
import { Failure } from '../../connectors/failure.ts'
import { CREDITED, weighed } from './credits.ts'
import { expectSeconds, humanTime } from './human-time.ts'
import type { NewItem } from './items.ts'
import { jsonText, storableText } from './json-text.ts'
import { transition, type Hold, type Transition } from './transition.ts'
import type { ItemRow, LedgerDatabase } from './tables.ts'
import type { SessionEnd } from './worklist-tables.ts'

/** What a person did with a parked item. */
export interface PersonAct {
  readonly item: string
  /** The account of the person; no name. */
  readonly account: string
  /** Measured from opening to giving back, idle time cut off; or until the person chose to do it by hand. */
  readonly humanSeconds: number
  /** The session of work in which it was measured. */
  readonly session?: string
}

/** The person looked, and it is not there. */
export interface NotThere {
  readonly stands: false
}

/** What the person saw at the target of a press of which the robot does not know whether it happened. */
export type Looked = NotThere | { readonly stands: true; readonly reference: string }

/**
 * Back to the robot, corrected; attempts start anew, finished acts stay done.
 * @param looked needed when it is unsure whether a press happened: the robot then presses anew, or goes on behind it
 * @throws business when another item of this deployment is that case already, or nobody looked at an unsure press
 */
export async function giveBack(
  db: LedgerDatabase,
  act: PersonAct,
  corrected: NewItem,
  looked?: Looked,
): Promise<ItemRow> {
  if (!looked && (await hasUnsurePress(db, act.item))) throw lookFirst()
  try {
    return await fromParked(db, act, 'given-back', {
      set: sql`state = 'queued', parked_kind = NULL, code = NULL, sentence = NULL, attempt = 0, looks = 0,
        fence = fence + 1, rung_at = NULL, due_at = clock_timestamp(), data = ${jsonText(corrected.data)}::jsonb,
        reference = ${corrected.reference}, case_reference = ${corrected.caseReference}`,
      ...(looked && { detail: { stands: looked.stands }, along: [answered(looked)] }),
    })
  } catch (error) {
    if (!(error instanceof DatabaseError && error.constraint === 'item_once')) throw error
    const sentence = `Another item is the case "${corrected.reference}" already: cancel this one, or handle that one.`
    throw new Failure('business', 'case-taken', sentence)
  }
}

const answered = (looked: Looked) =>
  looked.stands
    ? sql`answered AS (UPDATE act SET state = 'done', how = 'reconciled', reference = ${storableText(looked.reference)},
        finished_at = clock_timestamp() FROM changed WHERE act.item = changed.id AND act.state = 'armed')`
    : sql`answered AS (UPDATE act SET state = 'void' FROM changed WHERE act.item = changed.id AND act.state = 'armed')`

/** Whether a press of this item was begun of which nobody knows whether it happened. */
export async function hasUnsurePress(db: LedgerDatabase, item: string): Promise<boolean> {
  const armed = await db
    .selectFrom('act')
    .select('name')
    .where('item', '=', item)
    .where('state', '=', 'armed')
    .executeTakeFirst()
  return armed !== undefined
}

const lookFirst = () =>
  new Failure(
    'business',
    'look-first',
    'It is not known whether the robot pressed: look at the hospital’s system first, and say in the worklist whether it stands there.',
  )

/**
 * Done by a person: counts for the deployment's share of what the robot prepared, and for nothing when it got through no
 * step of it. `reference` is the target's.
 * @throws business `activity-unknown` where it would count and the ledger does not know the robot's activity: it would
 * claim no case
 */
export async function doneByHand(
  db: LedgerDatabase,
  act: PersonAct,
  done: { readonly variant: string; readonly reference: string },
): Promise<ItemRow> {
  const { share, activity } = await db
    .selectFrom('deployment')
    .innerJoin('item', 'item.deployment', 'deployment.id')
    .select('activity')
    // In shadow nothing is credited: there people do the work anyway.
    .select(sql<number>`CASE WHEN mode <> 'shadow' AND ${PREPARED} THEN parked_share ELSE 0 END`.as('share'))
    .where('item.id', '=', act.item)
    .executeTakeFirstOrThrow()
  if (Number(share) > 0 && activity === null) throw activityUnknown()
  return await fromParked(db, act, 'done', {
    set: sql`state = 'done', parked_kind = NULL, outcome = 'by-hand', variant = ${done.variant}, fence = fence + 1,
      finished_at = now()`,
    code: 'by-hand',
    detail: { variant: done.variant, share: Number(share), reference: storableText(done.reference) },
    weighed: weighed(sql`${Number(share)}`),
    along: CREDITED,
  })
}

const activityUnknown = () =>
  new Failure(
    'business',
    'activity-unknown',
    'It is not known what activity this robot is for, so this case could count twice: have a version started that has the robot, and finish it then.',
  )

/**
 * No longer wanted; the same business reference may come again, and would be pressed again.
 * @param looked needed when it is unsure whether a press happened; what stands at the target is done, and never cancelled
 * @throws business when nobody looked at an unsure press
 */
export async function cancelItem(
  db: LedgerDatabase,
  act: PersonAct,
  reason: string,
  looked?: NotThere,
): Promise<ItemRow> {
  if (!looked && (await hasUnsurePress(db, act.item))) throw lookFirst()
  return await fromParked(db, act, 'cancelled', {
    ...(looked && { detail: { stands: false }, along: [answered(looked)] }),
    set: sql`state = 'cancelled', parked_kind = NULL, code = NULL, fence = fence + 1, sentence = ${storableText(reason)}, finished_at = now()`,
  })
}

/** Whether the robot read or did something of the row in `item`: one that was refused when it arrived is all a person's. */
const PREPARED = sql`EXISTS (SELECT FROM event e WHERE e.item = item.id AND e.kind IN ('step', 'act-done'))`

interface Change {
  readonly set: ReturnType<typeof sql>
  readonly code?: string
  readonly detail?: Record<string, string | number | boolean>
  readonly weighed?: Transition['weighed']
  readonly along?: Transition['along']
}

async function fromParked(
  db: LedgerDatabase,
  act: PersonAct,
  kind: 'given-back' | 'done' | 'cancelled',
  change: Change,
): Promise<ItemRow> {
  expectSeconds(act.humanSeconds)
  const found = await db.selectFrom('item').select('fence').where('id', '=', act.item).executeTakeFirst()
  const hold: Hold = { item: act.item, fence: found?.fence ?? -1, worker: null }
  const row = await transition(db, hold, {
    from: ['parked'],
    set: change.set,
    when: sql`NOT EXISTS (SELECT FROM item_taken t WHERE t.item = item.id AND t.account <> ${act.account})`,
    events: [
      {
        kind,
        ...(change.code === undefined ? {} : { code: change.code }),
        detail: {
          ...change.detail,
          account: act.account,
          humanSeconds: act.humanSeconds,
          ...(act.session !== undefined && { session: act.session }),
        },
      },
    ],
    ...(change.weighed && { weighed: change.weighed }),
    along: [...(change.along ?? []), humanTime(act.humanSeconds), FREED, ended(kind, act.humanSeconds)],
  })
  if (row) return row
  throw await notTheirs(db, act)
}

async function notTheirs(db: LedgerDatabase, { item, account }: PersonAct): Promise<Failure> {
  const taken = await db
    .selectFrom('item_taken')
    .select('account')
    .where('item', '=', item)
    .executeTakeFirst()
  if (taken && taken.account !== account) return inHandOf(taken.account)
  return new Failure(
    'business',
    'not-parked',
    'This item does not wait for a person: look at its history for what became of it.',
  )
}

/** What leaves the worklist is in nobody's hands any more. */
const FREED = sql`freed AS (DELETE FROM item_taken USING changed WHERE item_taken.item = changed.id)`

const ended = (how: SessionEnd, seconds: number) => sql`ended AS (
  UPDATE work_session w SET ended_at = clock_timestamp(), ended_how = ${how}, human_seconds = ${seconds}
  FROM changed WHERE w.item = changed.id AND w.ended_at IS NULL
)`

/** Somebody else works on it. */
export const inHandOf = (account: string): Failure =>
  new Failure(
    'business',
    'in-hand',
    `${account} works on this item: choose another, or have it assigned to you first.`,
  )
