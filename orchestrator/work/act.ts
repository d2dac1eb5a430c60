import type { Act } from '../../bots/bot.ts'
import { asFailure, Failure } from '../../connectors/failure.ts'
import {
  alreadyThere,
  expectSamePress,
  halfDone,
  identify,
  wasPressed,
  passedBy,
  planOf,
  repeatedEnough,
  sameAsBefore,
} from './act-plan.ts'
import { Ended, lookTwice } from './looking.ts'
import { disarmAct, finishAct, type ActPlan, type ActResult } from '../ledger/acts.ts'
import type { EventDraft, Hold } from '../ledger/transition.ts'
import type { ItemLanes } from '../ledger/item-lanes.ts'
import type { ActRow, LedgerDatabase } from '../ledger/tables.ts'
import type { Phase } from './verdict.ts'
import type { DeadMan } from './dead-man.ts'
import type { Clock, Timing } from './timing.ts'

export interface ActingOptions {
  readonly db: LedgerDatabase
  readonly lanes: Pick<ItemLanes, 'arm'>
  readonly hold: Hold
  readonly acts: readonly ActRow[]
  readonly shadow: boolean
  /** True when the item is unsure and only looked up. */
  readonly looking: boolean
  /** Which attempt of the item this is, from 1. */
  readonly attempt: number
  readonly timing: Timing
  readonly clock: Clock
  readonly deadMan: DeadMan
  readonly signal: AbortSignal
  /** Told before each press, before and after arming, to make sure that nothing unexpected is on the screen; throws when it is. */
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
  /** True when an act of this item really happened, at this attempt or an earlier one. */
  readonly pressed: () => boolean
  /** What stopped the acts; nothing may follow it, even when the bot caught it. */
  readonly stoppedBy: () => Error | undefined
}

/** What stands about an item's acts while it is done: private to the functions of this file. */
interface ItemActs extends ActingOptions {
  readonly done: ReadonlyMap<string, ActRow>
  pressed: boolean
  phase: Phase
  events: EventDraft[]
  unwritten: ActResult | undefined
  stopped: Error | undefined
}

/** Carries out the acts of one item (README.md: an act, steps 1 to 9). */
export function actingOn(options: ActingOptions): Acting {
  // What was done in shadow was not done: whatever the mode is now, it is looked up and prepared anew.
  const done = options.acts.filter(({ state, how }) => state === 'done' && how !== 'shadow')
  const acts: ItemActs = {
    ...options,
    done: new Map(done.map((act) => [identify(act), act])),
    pressed: done.some(wasPressed),
    phase: options.looking ? 'looking' : openAct(options) ? 'repeating' : 'claimed',
    events: [],
    unwritten: undefined,
    stopped: undefined,
  }
  return {
    act: (name, act) => guarded(acts, name, act),
    note: (event) => void acts.events.push(event),
    takeEvents: () => takeEvents(acts),
    phase: () => acts.phase,
    takeUnwritten: () => takeUnwritten(acts),
    writeDown: () => writeDown(acts),
    pressed: () => acts.pressed,
    stoppedBy: () => acts.stopped,
  }
}

async function guarded<Pressed>(acts: ItemActs, name: string, act: Act<Pressed>): Promise<string> {
  if (acts.stopped) throw acts.stopped
  try {
    return await carryOut(acts, name, act)
  } catch (error) {
    acts.stopped = error instanceof Error ? error : asFailure(error)
    throw acts.stopped
  }
}

async function carryOut<Pressed>(acts: ItemActs, name: string, act: Act<Pressed>): Promise<string> {
  acts.signal.throwIfAborted()
  await writeDown(acts)
  const plan = planOf(name, act)
  const earlier = acts.done.get(identify(plan))
  if (earlier) return sameAsBefore(earlier, plan)
  const open = acts.phase === 'claimed' ? undefined : openAct(acts)
  if (open && identify(open) !== identify(plan)) throw passedBy(open.name)
  if (acts.phase === 'looking') return await lookAgain(acts, plan, act, open)
  const there = act.find && alreadyThere(name, await act.find())
  if (there) return finished(acts, { plan, how: 'already-there', reference: there.reference })
  if (open && !plan.verifiable) expectSamePress(open, plan, acts.shadow)
  if (acts.shadow && acts.pressed) throw halfDone(name)
  await act.prepare?.()
  if (acts.shadow)
    return finished(acts, { plan, how: 'shadow', reference: 'shadow', shadowPayload: act.payload })
  return await press(acts, plan, act)
}

async function press<Pressed>(acts: ItemActs, plan: ActPlan, act: Act<Pressed>): Promise<string> {
  await acts.beforePress()
  acts.signal.throwIfAborted()
  const { deadMan, phase: before } = acts
  deadMan.arming()
  // From asking on: when the answer is lost, the ledger may hold it as armed.
  acts.phase = 'armed'
  const events = takeEvents(acts)
  const armed = await acts.lanes.arm({ hold: acts.hold, plan, events })
  if (!armed) throw left(plan)
  const pressed = await pressOnce(acts, plan, act, before)
  deadMan.pressed()
  acts.events.push({ kind: 'pressed', name: plan.name })
  const reference = await act.confirm(pressed)
  deadMan.confirmed()
  return finished(acts, { plan, how: 'pressed', reference })
}

/** A press that certainly did nothing is taken back in the ledger at once: it is neither looked up nor asked about. */
async function pressOnce<Pressed>(
  acts: ItemActs,
  plan: ActPlan,
  act: Act<Pressed>,
  before: Phase,
): Promise<Pressed> {
  const { deadMan } = acts
  try {
    await stillCalm(acts)
    deadMan.guard.check()
    return await act.press(deadMan.guard)
  } catch (error) {
    if (!(error instanceof Failure && error.notDone)) throw error
    const events: EventDraft[] = [
      ...takeEvents(acts),
      { kind: 'not-done', name: plan.name, code: error.code },
    ]
    const disarmed = { ...plan, settled: before !== 'repeating' }
    if (!(await disarmAct(acts.db, acts.hold, disarmed, events))) throw left(plan)
    deadMan.pressed()
    deadMan.confirmed()
    acts.phase = before
    throw error
  }
}

/** Something may have come up while it was armed: then nothing was pressed either. */
async function stillCalm({ beforePress }: ItemActs): Promise<void> {
  try {
    await beforePress()
  } catch (cause) {
    const { kind, code, message, system } = asFailure(cause)
    throw new Failure(kind, code, message, { system, cause, notDone: true })
  }
}

async function lookAgain<Pressed>(
  acts: ItemActs,
  plan: ActPlan,
  act: Act<Pressed>,
  open: ActRow | undefined,
): Promise<string> {
  if (open && !plan.verifiable && plan.repeatable) {
    expectSamePress(open, plan, acts.shadow)
    if (acts.attempt >= acts.timing.maxAttempts) throw repeatedEnough(plan.name)
  }
  const { reference } = await lookTwice(plan, act, acts)
  const result: ActResult = { plan, how: 'reconciled', reference }
  if (!(await finishAct(acts.db, acts.hold, result, takeEvents(acts)))) throw left(plan)
  acts.phase = 'claimed'
  acts.pressed = true
  return reference
}

/** Kept until the next statement: the last act of an item is written in its finishing transaction. */
function finished(acts: ItemActs, result: ActResult): string {
  acts.unwritten = result
  if (acts.phase === 'repeating') acts.phase = 'claimed'
  return result.reference
}

async function writeDown(acts: ItemActs): Promise<void> {
  const result = takeUnwritten(acts)
  if (!result) return
  if (!(await finishAct(acts.db, acts.hold, result, takeEvents(acts)))) throw left(result.plan)
  acts.phase = 'claimed'
}

function takeUnwritten(acts: ItemActs): ActResult | undefined {
  const taken = acts.unwritten
  acts.unwritten = undefined
  return taken
}

function takeEvents(acts: ItemActs): EventDraft[] {
  const taken = acts.events
  acts.events = []
  return taken
}

/** The act of which an earlier press may have happened; there is one at most. */
const openAct = ({ acts }: ActingOptions): ActRow | undefined => acts.find(({ state }) => state === 'armed')

const left = (plan: ActPlan) =>
  new Ended('left', 'Somebody else has this item, or its lease is about to end.', plan)
