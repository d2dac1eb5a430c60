import { sql, type RawBuilder } from 'kysely'
import type { Json } from '../../bots/bot.ts'
import { itemAccessed } from './robot-access.ts'
import { transition, type EventDraft, type Hold } from './transition.ts'
import type { ActRow, ItemRow, LedgerDatabase } from './tables.ts'

/** Which act of an item: its name in the bot, and the key that tells several of that name apart. */
export interface ActId {
  readonly name: string
  readonly key: string
}

/** An act as it is about to be pressed. */
export interface ActPlan extends ActId {
  readonly payloadHash: Buffer
  readonly verifiable: boolean
  readonly repeatable: boolean
}

/** How an act came to be done, with the target's reference for it. */
export interface ActResult {
  readonly plan: ActPlan
  readonly how: 'pressed' | 'already-there' | 'reconciled' | 'shadow'
  readonly reference: string
  /** What would have been pressed; kept in shadow mode only. */
  readonly shadowPayload?: Json
}

/** All acts of an item that were ever armed or done. */
export function actsOf(db: LedgerDatabase, item: string): Promise<ActRow[]> {
  return db.selectFrom('act').selectAll().where('item', '=', item).execute()
}

/**
 * Commits that a press is about to happen, only while the lease has more than `marginSeconds` left.
 * Undefined when somebody else has the item or the lease is too short: then nothing may be pressed.
 */
export function armAct(
  db: LedgerDatabase,
  hold: Hold,
  plan: ActPlan,
  marginSeconds: number,
  events: readonly EventDraft[],
): Promise<ItemRow | undefined> {
  return transition(db, hold, {
    from: ['claimed'],
    set: sql`state = 'armed'`,
    when: sql`lease_until > clock_timestamp() + ${marginSeconds} * interval '1 second'`,
    events: [...events, { kind: 'armed', name: plan.name, detail: { key: plan.key } }],
    along: [
      sql`armed AS (
        INSERT INTO act (item, name, key, state, fence, payload_hash, verifiable, repeatable, armed_at)
        SELECT id, ${plan.name}, ${plan.key}, 'armed', fence, ${plan.payloadHash}, ${plan.verifiable}, ${plan.repeatable},
          clock_timestamp() FROM changed
        ON CONFLICT (item, name, key) DO UPDATE SET state = 'armed', how = NULL, fence = excluded.fence,
          payload_hash = excluded.payload_hash, armed_at = excluded.armed_at, verifiable = excluded.verifiable,
          repeatable = excluded.repeatable
      )`,
      itemAccessed('change'),
    ],
  })
}

/** Writes an act down as done while the item goes on; from armed it is claimed again under the same fence. */
export function finishAct(
  db: LedgerDatabase,
  hold: Hold,
  result: ActResult,
  events: readonly EventDraft[],
): Promise<ItemRow | undefined> {
  return transition(db, hold, {
    from: result.how === 'pressed' ? ['armed'] : ['claimed', 'unsure'],
    set: sql`state = 'claimed', looks = 0`,
    events: [...events, actDone(result)],
    along: [actWritten(result)],
  })
}

/**
 * The press certainly did nothing, as the target or the connection itself said: the item goes on as if it was not armed.
 * @param settled false when an earlier press of the same act may have happened: that stays unknown
 */
export function disarmAct(
  db: LedgerDatabase,
  hold: Hold,
  act: ActId & { readonly settled: boolean },
  events: readonly EventDraft[],
): Promise<ItemRow | undefined> {
  return transition(db, hold, {
    from: ['armed'],
    set: sql`state = 'claimed'`,
    events,
    along: act.settled ? [voided(act)] : [],
  })
}

/**
 * It is not known whether the act happened, and it may be pressed again as it was: queued for that. The act stays armed,
 * for until it is done nobody may take it for not done.
 */
export function queueToRepeat(
  db: LedgerDatabase,
  hold: Hold,
  act: ActId,
  events: readonly EventDraft[],
): Promise<ItemRow | undefined> {
  return transition(db, hold, {
    from: ['unsure'],
    set: QUEUED_NOW,
    events: [...events, { kind: 'queued', name: act.name, code: 'repeat' }],
  })
}

/** The press that was unsure did not happen: the act may be armed again at the next attempt. */
export function voidAct(
  db: LedgerDatabase,
  hold: Hold,
  act: ActId,
  events: readonly EventDraft[],
): Promise<ItemRow | undefined> {
  return transition(db, hold, {
    from: ['unsure'],
    set: QUEUED_NOW,
    events: [...events, { kind: 'queued', name: act.name, code: 'not-there' }],
    along: [voided(act)],
  })
}

const QUEUED_NOW = sql`state = 'queued', worker = NULL, lease_until = NULL, looks = 0, rung_at = NULL, due_at = clock_timestamp()`

const voided = ({ name, key }: ActId) => sql`voided AS (UPDATE act SET state = 'void' FROM changed
  WHERE act.item = changed.id AND act.name = ${name} AND act.key = ${key})`

export const actDone = (result: ActResult): EventDraft => ({
  kind: 'act-done',
  name: result.plan.name,
  code: result.how,
  detail: { key: result.plan.key, reference: result.reference },
})

/** The common table expression that writes a finished act for the row in `changed`. */
export function actWritten({ plan, how, reference, shadowPayload }: ActResult): RawBuilder<unknown> {
  const payload = shadowPayload === undefined ? null : JSON.stringify(shadowPayload)
  return sql`acted AS (
    INSERT INTO act (item, name, key, state, how, fence, payload_hash, verifiable, repeatable, reference, shadow_payload, finished_at)
    SELECT id, ${plan.name}, ${plan.key}, 'done', ${how}, fence, ${plan.payloadHash}, ${plan.verifiable}, ${plan.repeatable},
      ${reference}, ${payload}::jsonb, clock_timestamp() FROM changed
    ON CONFLICT (item, name, key) DO UPDATE SET state = 'done', how = excluded.how, reference = excluded.reference,
      shadow_payload = excluded.shadow_payload, finished_at = excluded.finished_at
  )`
}
