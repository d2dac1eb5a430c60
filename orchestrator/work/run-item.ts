import type { Bot, ItemTools, Json, SystemNeeds } from '../../bots/bot.ts'
import { asFailure, Failure } from '../../connectors/failure.ts'
import type { Log } from '../../connectors/log.ts'
import { actsOf, queueToRepeat, voidAct, type ActId } from '../ledger/acts.ts'
import type { Deployment } from '../ledger/deployments.ts'
import type { Finish, FollowUp } from '../ledger/finish.ts'
import { leaveUnsure, queueAgain, unclaimHeldBack, unclaimItem } from '../ledger/items.ts'
import { parkAndStop, parkItem } from '../ledger/parking.ts'
import { notePatients, recordRobotRead } from '../ledger/robot-access.ts'
import { noteLate, type EventDraft, type Hold } from '../ledger/transition.ts'
import type { ItemLanes } from '../ledger/item-lanes.ts'
import type { ItemRow, LedgerDatabase } from '../ledger/tables.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { patientNumberKeys } from '../triggers/patient-numbers.ts'
import { actingOn, type Acting } from './act.ts'
import { noteFailure, noteGoingWell } from './in-a-row.ts'
import { deadMan } from './dead-man.ts'
import { Ended } from './looking.ts'
import { openSystems, type OpenSystems, type SystemOpener } from './systems.ts'
import { verdict } from './verdict.ts'
import type { Clock, Timing } from './timing.ts'

export interface ItemWork {
  readonly db: LedgerDatabase
  /** What the items of this worker write at the same time is written together. */
  readonly lanes: Pick<ItemLanes, 'arm' | 'finish'>
  readonly secrets: SecretBox
  readonly bot: Bot
  readonly deployment: Deployment
  readonly item: ItemRow
  readonly worker: string
  readonly opener: SystemOpener
  readonly timing: Timing
  readonly clock: Clock
  readonly today: string
  /** Aborts when the item turns out to be somebody else's. */
  readonly signal: AbortSignal
  /** Aborts when the worker stops: nothing new is pressed. */
  readonly stopping: AbortSignal
  readonly log: Log
  /** Makes items for another bot of the same hospital out of what `next` was given. */
  readonly followUp: (bot: string, item: Json) => Promise<FollowUp>
}

/** How an item left the worker's hands; `left` when it turned out to be somebody else's. */
export type Ending = 'done' | 'queued' | 'parked' | 'unsure' | 'left'

/**
 * Does one claimed item, or looks up an unsure one, from handing the bot its tools to writing the end down.
 * Only a ledger that cannot be written throws: the sweeper then finds the item as it stands.
 */
export async function runItem(work: ItemWork): Promise<Ending> {
  const { db, item, deployment } = work
  const signal = AbortSignal.any([work.signal, work.stopping])
  const hold: Hold = { item: item.id, fence: item.fence, worker: work.worker }
  const watched = deadMan(work)
  const opened = openSystems(work.opener, deployment, {
    item: item.id,
    arrivedAt: item.arrived_at,
    attempt: item.attempt,
    signal,
    guard: watched.guard,
  })
  const acting = actingOn({
    db,
    lanes: work.lanes,
    hold,
    // Nobody had it before: there are none.
    acts: item.fence === 1 ? [] : await actsOf(db, item.id),
    shadow: deployment.mode === 'shadow',
    looking: item.state === 'unsure',
    attempt: item.attempt,
    timing: work.timing,
    clock: work.clock,
    deadMan: watched,
    signal,
    beforePress: () => opened.checkCalm(),
  })
  let ending: Ending = 'left'
  try {
    ending = await attempt({ ...work, signal }, hold, acting, opened)
  } finally {
    await (ending === 'unsure' || ending === 'left' ? opened.abandon() : opened.end())
  }
  work.log.info('item ended', { state: ending })
  return ending
}

async function attempt(work: ItemWork, hold: Hold, acting: Acting, opened: OpenSystems): Promise<Ending> {
  let finish: Omit<Finish, 'lastAct'>
  try {
    finish = await process(work, acting, await opened.systems())
  } catch (error) {
    return await conclude(work, hold, acting, acting.stoppedBy() ?? error, opened)
  }
  const whole = { ...finish, lastAct: acting.takeUnwritten() }
  const events = acting.takeEvents()
  const done = await work.lanes.finish({ hold, finish: whole, events })
  if (!done) return await leave(work, hold, 'done')
  await noteGoingWell(work)
  return 'done'
}

/** Lets the bot do the item; gives what finishing it will write, but for the last act. */
async function process(
  work: ItemWork,
  acting: Acting,
  systems: ItemTools<unknown, SystemNeeds>['systems'],
): Promise<Omit<Finish, 'lastAct'>> {
  const nextItems: NextItem[] = []
  const outcome = await work.bot.process(work.item.data, toolsFor(work, acting, systems, nextItems))
  const stopped = acting.stoppedBy()
  if (stopped) throw stopped
  if (acting.phase() === 'looking' || acting.phase() === 'repeating') throw notPassed()
  if (!(outcome.variant in work.bot.variants)) throw unknownVariant(work.bot.name, outcome.variant)
  const followUps = await Promise.all(nextItems.map((next) => work.followUp(next.bot, next.item)))
  const { variant, nothingToDo = false } = outcome
  // All of it happened before the deployment was put in shadow: that is no shadow work.
  const shadow = work.deployment.mode === 'shadow' && !acting.pressed()
  if (shadow) return { variant, outcome: 'shadow', share: 0, followUps: [] }
  return { variant, outcome: nothingToDo ? 'nothing' : 'done', share: nothingToDo ? 0 : 1, followUps }
}

interface NextItem {
  readonly bot: string
  readonly item: Json
}

function toolsFor(
  { db, secrets, deployment, item, signal, today }: ItemWork,
  acting: Acting,
  systems: ItemTools<unknown, SystemNeeds>['systems'],
  nextItems: NextItem[],
): ItemTools<unknown, SystemNeeds> {
  return {
    systems,
    settings: deployment.settings,
    today,
    signal,
    marker: item.marker,
    act: acting.act,
    about: (...numbers) =>
      notePatients(db, item.id, patientNumberKeys(secrets, deployment.hospital, numbers)),
    next: (bot, next) => void nextItems.push({ bot, item: next }),
    async step(name, read) {
      const stopped = acting.stoppedBy()
      if (stopped) throw stopped
      signal.throwIfAborted()
      await acting.writeDown()
      const since = performance.now()
      const told = (kind: 'step' | 'step-failed') =>
        acting.note({ kind, name, ms: Math.round(performance.now() - since) })
      try {
        const value = await read()
        told('step')
        return value
      } catch (error) {
        told('step-failed')
        throw error
      }
    },
  }
}

/** Writes down how an item ended that was not done. */
async function conclude(
  work: ItemWork,
  hold: Hold,
  acting: Acting,
  error: unknown,
  opened: OpenSystems,
): Promise<Ending> {
  if (error instanceof Ended) return await concludeEnded(work, hold, acting, error)
  const failure = await opened.explain(error)
  try {
    await acting.writeDown()
  } catch (late) {
    if (late instanceof Ended) return await leave(work, hold, 'act-done')
    throw late
  }
  if (work.stopping.aborted && (acting.phase() === 'claimed' || acting.phase() === 'repeating')) {
    return (await unclaimItem(work.db, hold, acting.takeEvents()))
      ? 'queued'
      : await leave(work, hold, 'queued')
  }
  const { timing, db, item } = work
  await noteFailure(work, failure, acting.phase())
  await recordRobotRead(db, item.id, 'failed')
  const events = acting.takeEvents()
  await opened.keepFailure(failure.code, stepNames(events)).catch((missing: unknown) => {
    work.log.warn('evidence not kept', { code: asFailure(missing).code })
  })
  const end = verdict(failure, acting.phase(), item, timing, work.clock.random())
  const why = { code: failure.code, sentence: failure.message }
  const row =
    end.to === 'queued'
      ? await queueAgain(db, hold, { ...why, delaySeconds: end.delaySeconds }, events)
      : end.to === 'parked'
        ? await parkItem(db, hold, { ...why, kind: end.kind }, events)
        : await leaveUnsure(db, hold, { ...why, quietSeconds: end.quietSeconds }, events)
  return row ? end.to : await leave(work, hold, end.to)
}

async function concludeEnded(work: ItemWork, hold: Hold, acting: Acting, ended: Ended): Promise<Ending> {
  const events = acting.takeEvents()
  if (ended.how === 'left' || !ended.plan)
    return (await unclaimHeldBack(work.db, hold, events)) ? 'queued' : await leave(work, hold, 'arm')
  if (ended.how === 'not-there' || ended.how === 'repeat') {
    const queue = ended.how === 'repeat' ? queueToRepeat : voidAct
    return (await queue(work.db, hold, actId(ended.plan), events))
      ? 'queued'
      : await leave(work, hold, 'queued')
  }
  const why = {
    kind: 'unsure' as const,
    code: 'contradicted',
    sentence: `${ended.message} The deployment is stopped: look at the target.`,
  }
  return (await parkAndStop(work.db, hold, why, events)) ? 'parked' : await leave(work, hold, 'parked')
}

const actId = ({ name, key }: ActId): ActId => ({ name, key })

const stepNames = (events: readonly EventDraft[]) => events.flatMap(({ name }) => name ?? [])

async function leave(work: ItemWork, hold: Hold, wanted: string): Promise<Ending> {
  const late = await noteLate(work.db, hold, wanted)
  work.log.warn(late ? 'came back too late' : 'left as it stands', { state: wanted })
  return 'left'
}

const notPassed = () =>
  new Failure(
    'business',
    'cannot-look',
    'The robot now ends before the act that was unsure, so it cannot look it up. Look at the target.',
  )

const unknownVariant = (bot: string, variant: string) =>
  new Failure(
    'unexpected',
    'variant-unknown',
    `Bot ${bot} ended with variant "${variant}", which it does not declare.`,
  )
