import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Bot } from '../../bots/bot.ts'
import type { Log } from '../../connectors/log.ts'
import { orderKeys } from '../ledger/item-order.ts'
import { claimToLook } from '../ledger/items.ts'
import { claimRun } from '../ledger/runs.ts'
import { openItemLanes, type ItemLanes } from '../ledger/item-lanes.ts'
import type { ItemRow, LedgerDatabase } from '../ledger/tables.ts'
import type { Bell, Doorbell } from '../queue/doorbell.ts'
import { localDate } from '../triggers/calendar.ts'
import { productVersion } from '../product-version.ts'
import { noteActivities } from '../savings/activities.ts'
import { answerFhirTrigger } from '../triggers/fhir.ts'
import { answerMessage } from '../triggers/hl7.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { answerCheck } from './check-system.ts'
import { botVersions } from './bot-versions.ts'
import { admit } from './circuit.ts'
import { collectRun } from './collect.ts'
import { compareWithTarget } from './compare.ts'
import { followUpFor } from './follow-up.ts'
import { knownBot, knownDeployment, type Known } from './known-deployment.ts'
import { keepLeases, type Leases } from './leases.ts'
import { fireAndRing, ringBehindItem, ringItems, ringLater, ringRunLater } from './ringing.ts'
import { runItem, type Ending } from './run-item.ts'
import { keepPresence } from './presence.ts'
import { openSeats, type Seats } from './seats.ts'
import type { SystemOpener } from './systems.ts'
import type { Clock, Timing } from './timing.ts'

export interface WorkerOptions {
  readonly db: LedgerDatabase
  readonly doorbell: Doorbell
  readonly bots: ReadonlyMap<string, Bot>
  readonly opener: SystemOpener
  readonly secrets: SecretBox
  readonly timing: Timing
  readonly clock: Clock
  readonly concurrency: number
  readonly log: Log
  /** Reads the keys anew, at each heartbeat. */
  readonly refreshKeys?: (() => Promise<void>) | undefined
  /** Where FHIR servers reach our hook; undefined when this process does not know. */
  readonly fhirHook?: string | undefined
}

/** What is in hand when a worker stops gets this long, then its browsers are closed. */
const PATIENCE_MS = 6_000

export interface RunningWorker {
  readonly id: string
  /** Resolves when it was told through the ledger to stop, and has nothing in hand any more. */
  readonly stopped: Promise<void>
  /** Takes nothing new, lets what is being pressed end, gives the rest back, closes the systems and signs off. */
  close(): Promise<void>
}

interface Hands extends WorkerOptions {
  readonly fhirHook: string | undefined
  readonly worker: string
  readonly leases: Leases
  readonly seats: Seats
  readonly versions: ReadonlyMap<string, string>
  readonly lanes: ItemLanes
  readonly stopping: AbortSignal
}

/** Starts answering the doorbell: items, runs, schedules and messages. Nothing is done that the ledger did not grant. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { doorbell, concurrency } = options
  const worker = randomUUID()
  const log = options.log.scoped({ worker })
  const failed = (event: string) => (error: unknown) =>
    log.error(event, { code: error instanceof Error ? error.name : 'unknown' })
  // Of the bots that it is handed, whatever is in the catalogue: nothing that it does is counted without an activity.
  await noteActivities(options.db, options.bots.values())
  const stop = new AbortController()
  const hands = await openHands({ ...options, worker, log, stopping: stop.signal }, failed)
  const answer = () =>
    doorbell.answer((bell) => answerBell(hands, bell), { concurrency, onError: failed('bell not answered') })
  const version = await productVersion()
  const presence = await keepPresence({ ...hands, version, answer })
  return {
    id: worker,
    stopped: presence.stopped,
    async close() {
      stop.abort()
      const rested = presence.rest()
      await Promise.race([rested, wait(PATIENCE_MS, undefined, { ref: false })])
      await options.opener.close()
      await rested
      hands.leases.close()
      await presence.close()
    },
  }
}

/** What a worker works with, nothing in hand yet; `failed` gives what hears of errors that nobody waits for. */
async function openHands(
  own: WorkerOptions & Pick<Hands, 'worker' | 'stopping'>,
  failed: (event: string) => (error: unknown) => void,
): Promise<Hands> {
  const { db, timing, worker } = own
  const { leaseSeconds } = timing
  return {
    ...own,
    fhirHook: own.fhirHook,
    leases: keepLeases(db, timing, failed('heartbeat missed')),
    seats: openSeats({ db, worker, leaseSeconds, onError: failed('seat not freed before its lease ends') }),
    versions: await botVersions(own.bots.keys()),
    lanes: openItemLanes(db, worker, timing),
  }
}

async function answerBell(hands: Hands, bell: Bell): Promise<void> {
  switch (bell.kind) {
    case 'item':
      return await answerItem(hands, bell.id)
    case 'compare':
      return await answerCompare(hands, bell.id)
    case 'run':
      return await answerRun(hands, bell.id)
    case 'trigger':
      await fireAndRing(hands.db, hands.doorbell, bell.id, hands.timing)
      return await answerFhirTrigger(hands, bell.id)
    case 'message':
      return await answerMessage(hands, bell.id)
    case 'check':
      return await answerCheck(hands, bell.id)
  }
}

async function answerItem(hands: Hands, id: string): Promise<void> {
  const { db, doorbell, timing, worker } = hands
  const waiting = await hands.lanes.look(id)
  // Done meanwhile: a target may not show it yet, so it is compared on another day, when it is rung for that.
  if (!waiting || !['queued', 'unsure'].includes(waiting.state)) return
  const known = knownBot(hands, waiting.deployment)
  if (!known || known.deployment.mode === 'off') return
  // Without a circuit that was open a moment ago there is nothing to ask.
  const asks = [...known.deployment.systems.values()].some((system) => system.open_until !== null)
  if (asks && (await admit(db, waiting.deployment.id, timing)) === 'open') return
  const seats = await hands.seats.take(known.deployment.systems.values())
  if (!seats) return await ringLater(db, doorbell, waiting.id, SEAT_RETRY_SECONDS)
  try {
    const version = hands.versions.get(known.bot.name) ?? null
    const claimedAt = performance.now()
    const item =
      waiting.state === 'queued'
        ? await hands.lanes.claim({ item: id, botVersion: version })
        : await claimToLook(db, id, worker, timing.leaseSeconds)
    if (!item) return
    const keys = item.ordered ? await orderKeys(db, item.id) : []
    const ending = await doItem(hands, item, known, claimedAt)
    await ringBehindItem(db, doorbell, item, keys)
    if (ending === 'done') return
  } finally {
    await seats.release()
  }
  await ringLater(db, doorbell, id, 0)
}

const SEAT_RETRY_SECONDS = 2

async function answerCompare(hands: Hands, id: string): Promise<void> {
  const { db, doorbell, clock } = hands
  const item = await db.selectFrom('item').selectAll().where('id', '=', id).executeTakeFirst()
  if (item?.state !== 'done' || item.compared_at) return
  const known = await knownDeployment(hands, item.deployment)
  if (!known || known.deployment.mode === 'off') return
  const seats = await hands.seats.take(known.deployment.systems.values())
  if (!seats) {
    const turn = `seat-${Math.floor(clock.wall())}`
    return await doorbell.ring([{ kind: 'compare', id, turn }], { delayMs: SEAT_RETRY_SECONDS * 1000 })
  }
  try {
    const today = localDate(new Date(clock.wall()), known.deployment.time_zone)
    const log = hands.log.scoped({ item: id, deployment: item.deployment })
    await compareWithTarget({ ...hands, ...known, item, today, log })
  } finally {
    await seats.release()
  }
}

async function doItem(hands: Hands, item: ItemRow, known: Known, claimedAt: number): Promise<Ending> {
  const { bot, deployment } = known
  const held = hands.leases.hold({ item: item.id, fence: item.fence, worker: hands.worker }, claimedAt)
  try {
    return await runItem({
      ...hands,
      bot,
      deployment,
      item,
      today: localDate(new Date(hands.clock.wall()), deployment.time_zone),
      signal: held.signal,
      log: hands.log.scoped({
        item: item.id,
        deployment: deployment.id,
        attempt: item.attempt,
        fence: item.fence,
      }),
      followUp: (name, next) => followUpFor(hands.db, hands.bots, deployment.hospital, name, next),
    })
  } finally {
    held.release()
  }
}

async function answerRun(hands: Hands, id: string): Promise<void> {
  const { db, doorbell, timing, worker } = hands
  const waiting = await db.selectFrom('run').select('deployment').where('id', '=', id).executeTakeFirst()
  const known = waiting && (await knownDeployment(hands, waiting.deployment))
  if (!known) return
  const seats = await hands.seats.take(known.deployment.systems.values())
  if (!seats) return await ringRunLater(doorbell, id, SEAT_RETRY_SECONDS)
  try {
    const run = await claimRun(db, id, worker, timing.leaseSeconds)
    if (!run) return
    await collectRun({
      ...hands,
      ...known,
      run,
      today: localDate(new Date(hands.clock.wall()), known.deployment.time_zone),
      signal: hands.stopping,
      log: hands.log.scoped({ run: run.id, deployment: run.deployment }),
      ring: (items) => ringItems(doorbell, items),
    })
  } finally {
    await seats.release()
  }
}
