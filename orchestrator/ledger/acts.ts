import { sql } from 'kysely'
import type { Json } from '../../bots/bot.ts'
import { MAY_BE_PRESSED } from './may-go-on.ts'
import { itemAccessed } from './robot-access.ts'
import { transitAll, transition, type Asked, type EventDraft, type Hold } from './transition.ts'
import type { ActRow, ItemRow, ItemState, LedgerDatabase } from './tables.ts'

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

/** One act that is about to be pressed. */
export interface Arming {
  readonly hold: Hold
  readonly plan: ActPlan
  readonly events: readonly EventDraft[]
}

/**
 * Commits that presses are about to happen, each only while its item's lease has more than `marginSeconds` left,
 * its deployment is live and at work and its systems are not held. Undefined otherwise, or when somebody else has the item: then
 * nothing may be pressed.
 */
export function armActs(
  db: LedgerDatabase,
  armings: readonly Arming[],
  marginSeconds: number,
): Promise<(ItemRow | undefined)[]> {
  const asked = armings.map(({ hold, plan, events }): Asked => ({
    hold,
    from: ['claimed'],
    events: [...events, { kind: 'armed', name: plan.name, detail: { key: plan.key } }],
    own: { act: written(plan) },
  }))
  return transitAll(db, asked, {
    set: sql`state = 'armed'`,
    when: sql`item.lease_until > clock_timestamp() + ${marginSeconds} * interval '1 second' AND ${MAY_BE_PRESSED}`,
    along: [ARMED, itemAccessed('change')],
  })
}

/** The same for one act. */
export async function armAct(
  db: LedgerDatabase,
  hold: Hold,
  plan: ActPlan,
  marginSeconds: number,
  events: readonly EventDraft[],
): Promise<ItemRow | undefined> {
  const [row] = await armActs(db, [{ hold, plan, events }], marginSeconds)
  return row
}

const written = ({ name, key, payloadHash, verifiable, repeatable }: ActPlan) => ({
  ...{ name, key, verifiable, repeatable, hash: payloadHash.toString('hex') },
})

/** Reads the acts that were asked for, as `a`, beside the rows that changed. */
const ACTS_ASKED = sql`changed JOIN asked ON asked.of = changed.id, jsonb_to_record(asked.own -> 'act')
  AS a (name text, key text, how text, hash text, verifiable boolean, repeatable boolean, reference text, payload jsonb)`

const ARMED = sql`armed AS (
  INSERT INTO act (item, name, key, state, fence, payload_hash, verifiable, repeatable, armed_at)
  SELECT changed.id, a.name, a.key, 'armed', changed.fence, decode(a.hash, 'hex'), a.verifiable, a.repeatable,
    clock_timestamp() FROM ${ACTS_ASKED}
  ON CONFLICT (item, name, key) DO UPDATE SET state = 'armed', how = NULL, fence = excluded.fence,
    payload_hash = excluded.payload_hash, armed_at = excluded.armed_at, verifiable = excluded.verifiable,
    repeatable = excluded.repeatable
)`

/** Writes an act down as done while the item goes on; from armed it is claimed again under the same fence. */
export async function finishAct(
  db: LedgerDatabase,
  hold: Hold,
  result: ActResult,
  events: readonly EventDraft[],
): Promise<ItemRow | undefined> {
  const from: ItemState[] = result.how === 'pressed' ? ['armed'] : ['claimed', 'unsure']
  const asked = { hold, from, events: [...events, actDone(result)], own: writtenAct(result) }
  const [row] = await transitAll(db, [asked], {
    set: sql`state = 'claimed', looks = 0`,
    along: [ACTS_WRITTEN],
  })
  return row
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

/** What `ACTS_WRITTEN` reads of a finished act. */
export const writtenAct = ({ plan, how, reference, shadowPayload }: ActResult): { readonly act: object } => ({
  act: { ...written(plan), how, reference, payload: shadowPayload },
})

/**
 * The common table expression that writes the finished acts that were asked for, of the rows in `changed`. An act that
 * was pressed keeps the hash with which it was armed; one that only was looked up or prepared has that of now.
 */
export const ACTS_WRITTEN = sql`acted AS (
  INSERT INTO act (item, name, key, state, how, fence, payload_hash, verifiable, repeatable, reference, shadow_payload, finished_at)
  SELECT changed.id, a.name, a.key, 'done', a.how, changed.fence, decode(a.hash, 'hex'), a.verifiable, a.repeatable,
    a.reference, a.payload, clock_timestamp() FROM ${ACTS_ASKED} WHERE a.name IS NOT NULL
  ON CONFLICT (item, name, key) DO UPDATE SET state = 'done', how = excluded.how, reference = excluded.reference,
    shadow_payload = excluded.shadow_payload, finished_at = excluded.finished_at,
    payload_hash = CASE WHEN excluded.how IN ('already-there', 'shadow') THEN excluded.payload_hash ELSE act.payload_hash END
)`
