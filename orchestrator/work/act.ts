import { createHash } from 'node:crypto'
import type { Act, Hit, Json } from '../../bots/bot.ts'
import { asFailure, Failure } from '../../connectors/failure.ts'
import { armAct, finishAct, type ActPlan, type ActResult } from '../ledger/acts.ts'
import type { EventDraft, Hold } from '../ledger/transition.ts'
import type { ActRow, LedgerDatabase } from '../ledger/tables.ts'
import type { Phase } from './verdict.ts'
import type { Clock, Timing } from './timing.ts'

/** Why an item ended without a failure of its own: somebody else has it, or the unsure press proved not to have happened. */
export class Ended extends Error {
  readonly how: 'left' | 'not-there' | 'contradicted'
  readonly plan: ActPlan | undefined

  constructor(how: 'left' | 'not-there' | 'contradicted', message: string, plan?: ActPlan) {
    super(message)
    this.how = how
    this.plan = plan
  }
}

export interface ActingOptions {
  readonly db: LedgerDatabase
  readonly hold: Hold
  readonly acts: readonly ActRow[]
  readonly shadow: boolean
  /** True when the item is unsure and only looked up. */
  readonly looking: boolean
  readonly timing: Timing
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Told before each press, to make sure that nothing unexpected is on the screen; throws when it is. */
  readonly beforePress: () => Promise<void>
}

/** One item's acts under the protocol. */
export interface Acting {
  readonly act: <Pressed>(name: string, act: Act<Pressed>) => Promise<string>
  /** Notes an event for the next statement that is written anyway. */
  readonly note: (event: EventDraft) => void
  /** The noted events, handed over once. */
  readonly takeEvents: () => EventDraft[]
  readonly phase: () => Phase
  /** The last act when it is confirmed but not written: it goes into the item's finishing transaction. */
  readonly takeUnwritten: () => ActResult | undefined
  /** Writes the last act down if it waits for that. */
  readonly writeDown: () => Promise<void>
  /** What stopped the acts; nothing may follow it, even when the bot caught it. */
  readonly stoppedBy: () => Error | undefined
}

/** Carries out the acts of one item (PROTOCOL: acts, steps 1 to 9). */
export function actingOn(options: ActingOptions): Acting {
  const { db, hold, shadow, signal } = options
  const done = new Map(options.acts.filter((act) => act.state === 'done').map((act) => [identify(act), act]))
  let phase: Phase = options.looking ? 'looking' : 'claimed'
  let events: EventDraft[] = []
  let unwritten: ActResult | undefined
  let stopped: Error | undefined

  const note = (event: EventDraft) => void events.push(event)
  const takeEvents = () => {
    const taken = events
    events = []
    return taken
  }
  const takeUnwritten = () => {
    const taken = unwritten
    unwritten = undefined
    return taken
  }
  const writeDown = async () => {
    const result = takeUnwritten()
    if (!result) return
    if (!(await finishAct(db, hold, result, takeEvents()))) throw left(result.plan)
    phase = 'claimed'
  }
  const finished = (plan: ActPlan, how: ActResult['how'], reference: string, payload?: Json) => {
    unwritten = { plan, how, reference, ...(payload === undefined ? {} : { shadowPayload: payload }) }
    return reference
  }

  const lookAgain = async <Pressed>(plan: ActPlan, act: Act<Pressed>) => {
    const armed = options.acts.find((row) => row.state === 'armed')
    if (armed && identify(armed) !== identify(plan)) throw unreachable(armed.name)
    const hit = await lookTwice(plan, act, options)
    const result: ActResult = { plan, how: 'reconciled', reference: hit.reference }
    if (!(await finishAct(db, hold, result, takeEvents()))) throw left(plan)
    phase = 'claimed'
    return hit.reference
  }

  const press = async <Pressed>(plan: ActPlan, act: Act<Pressed>) => {
    await options.beforePress()
    const since = readClocks(options.clock)
    // From asking on: when the answer is lost, the ledger may hold it as armed.
    phase = 'armed'
    if (!(await armAct(db, hold, plan, options.timing.armMarginSeconds, takeEvents()))) throw left(plan)
    checkDeadMan(since, options)
    const pressed = await act.press()
    note({ kind: 'pressed', name: plan.name })
    return finished(plan, 'pressed', await act.confirm(pressed))
  }

  const carryOut = async <Pressed>(name: string, act: Act<Pressed>) => {
    signal.throwIfAborted()
    await writeDown()
    const plan = planOf(name, act)
    const earlier = done.get(identify(plan))
    if (earlier) return sameAsBefore(earlier, plan)
    if (phase === 'looking') return await lookAgain(plan, act)
    const there = act.find && alreadyThere(name, await act.find())
    if (there) return finished(plan, 'already-there', there.reference)
    await act.prepare?.()
    if (shadow) return finished(plan, 'shadow', 'shadow', act.payload)
    return await press(plan, act)
  }

  const act = async <Pressed>(name: string, what: Act<Pressed>) => {
    if (stopped) throw stopped
    try {
      return await carryOut(name, what)
    } catch (error) {
      stopped = error instanceof Error ? error : asFailure(error)
      throw stopped
    }
  }
  return { act, note, takeEvents, phase: () => phase, takeUnwritten, writeDown, stoppedBy: () => stopped }
}

const identify = (act: { name: string; key: string }) => JSON.stringify([act.name, act.key])

function planOf<Pressed>(name: string, act: Act<Pressed>): ActPlan {
  return {
    name,
    key: act.key ?? '',
    payloadHash: createHash('sha256').update(JSON.stringify(act.payload)).digest(),
    verifiable: act.find !== undefined,
    repeatable: act.repeatable ?? false,
  }
}

function sameAsBefore(earlier: ActRow, plan: ActPlan): string {
  if (earlier.payload_hash.equals(plan.payloadHash)) return earlier.reference ?? ''
  throw new Failure(
    'business',
    'act-changed',
    `"${plan.name}" was done earlier with other content. Compare the item with the target and correct it there by hand.`,
  )
}

/** The one hit that is ours; undefined for none; anything else is for a person. */
function alreadyThere(name: string, hits: readonly Hit[]): Hit | undefined {
  const [first] = hits
  if (!first) return undefined
  if (hits.length === 1 && first.same) return first
  const what = hits.length > 1 ? 'stands there more than once' : 'stands there with other content'
  throw new Failure(
    'business',
    'found-different',
    `"${name}" ${what}. Compare the item with the target and decide which is right.`,
  )
}

async function lookTwice<Pressed>(plan: ActPlan, act: Act<Pressed>, options: ActingOptions): Promise<Hit> {
  if (!act.find) {
    if (plan.repeatable) throw new Ended('not-there', 'It may be pressed again without harm.', plan)
    throw new Failure(
      'business',
      'cannot-look',
      `It is not known whether "${plan.name}" happened, and the robot cannot look it up. Look at the target.`,
    )
  }
  const first = await act.find()
  await options.clock.wait(options.timing.settleSeconds * 1000, options.signal)
  const second = await act.find()
  const [hit] = second
  if (second.length === 1 && hit?.same) return hit
  if (second.length > 0)
    throw new Ended(
      'contradicted',
      `"${plan.name}" stands at the target with other content or more than once.`,
      plan,
    )
  if (first.length === 0) throw new Ended('not-there', 'Looked twice, found nothing.', plan)
  throw new Failure(
    'transient',
    'looks-differ',
    `Two looks for "${plan.name}" gave different answers; it is looked up again later.`,
  )
}

interface Clocks {
  readonly monotonic: number
  readonly wall: number
}

const readClocks = (clock: Clock): Clocks => ({ monotonic: clock.monotonic(), wall: clock.wall() })

/**
 * The last statement before the press. Counted from before arming was asked, so that a freeze while the answer
 * was on its way counts too; the wall clock beside the monotonic one, which stands still in a suspended machine.
 */
function checkDeadMan(since: Clocks, { clock, timing }: ActingOptions): void {
  const now = readClocks(clock)
  const ms = Math.max(now.monotonic - since.monotonic, Math.abs(now.wall - since.wall))
  if (ms <= timing.deadManSeconds * 1000) return
  throw new Failure(
    'unsure',
    'dead-man',
    'The worker stood still between arming and pressing; it is looked up whether anything happened.',
  )
}

const left = (plan: ActPlan) =>
  new Ended('left', 'Somebody else has this item, or its lease is about to end.', plan)

const unreachable = (armed: string) =>
  new Failure(
    'business',
    'cannot-look',
    `The robot takes another way now and does not come past "${armed}" to look it up. Look at the target.`,
  )
