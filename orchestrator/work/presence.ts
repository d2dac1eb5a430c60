import type { Log } from '../../connectors/log.ts'
import type { WorkerWish } from '../ledger/operating-tables.ts'
import { giveSign, noteTakes, signOff, signOn, wantedOf } from '../ledger/workers.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Answering } from '../queue/doorbell.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import type { Seats } from './seats.ts'
import type { Timing } from './timing.ts'

export interface PresenceOptions {
  readonly db: LedgerDatabase
  readonly worker: string
  readonly concurrency: number
  readonly version: string
  readonly timing: Timing
  readonly secrets: SecretBox
  readonly seats: Pick<Seats, 'keep'>
  /** Reads the keys anew at each heartbeat; left out where they are never rotated. */
  readonly refreshKeys?: (() => Promise<void>) | undefined
  readonly log: Log
  /** Begins to take work. */
  readonly answer: () => Promise<Answering>
}

/** A worker as the ledger knows it: it gives signs of life, and does what is wanted of it there. */
export interface Presence {
  /** Resolves when it was told to stop and has nothing in hand any more. */
  readonly stopped: Promise<void>
  /** Takes nothing new; resolves when what was in hand has ended. */
  rest(): Promise<void>
  /** Signs off. */
  close(): Promise<void>
}

/** Longer and who drains a worker wonders whether it heard. */
const LOOK_MS = 2000

/** Signs a worker on, lets it take work, and from then on looks every two seconds at most what is wanted of it. */
export async function keepPresence(options: PresenceOptions): Promise<Presence> {
  const { db, worker, timing, secrets, log } = options
  await signOn(db, { ...options, id: worker, keyHead: secrets.head() })
  const obeying: Obeying = {
    ...options,
    answering: await options.answer(),
    told: 'work',
    stopped: Promise.withResolvers(),
  }
  const failed = (event: string) => (error: unknown) =>
    log.error(event, { code: error instanceof Error ? error.name : 'unknown' })
  const heartbeatMs = timing.heartbeatSeconds * 1000
  const beat = setInterval(() => void sign(options).catch(failed('heartbeat missed')), heartbeatMs)
  let looking: Promise<void> = Promise.resolve()
  const look = setInterval(
    () => {
      looking = looking.then(() => obey(obeying)).catch(failed('what is wanted not read'))
    },
    Math.min(LOOK_MS, heartbeatMs),
  )
  return {
    stopped: obeying.stopped.promise,
    async rest() {
      clearInterval(look)
      await obeying.answering?.close()
      await looking
    },
    async close() {
      clearInterval(look)
      clearInterval(beat)
      await looking
      await signOff(db, worker)
    },
  }
}

async function sign({ db, worker, seats, secrets, refreshKeys, log }: PresenceOptions): Promise<void> {
  await refreshKeys?.().catch((error: unknown) => {
    // The keys that it has go on working; a rotation waits until it has the new one.
    log.warn('keys not read anew', { code: error instanceof Error ? error.name : 'unknown' })
  })
  await giveSign(db, worker, secrets.head())
  await seats.keep()
}

interface Obeying extends PresenceOptions {
  /** Undefined while it takes nothing new. */
  answering: Answering | undefined
  told: WorkerWish
  readonly stopped: PromiseWithResolvers<void>
}

/** Does what is wanted when that changed; waits until what was in hand has ended before it goes on to the next. */
async function obey(obeying: Obeying): Promise<void> {
  const { db, worker, log, answer, stopped } = obeying
  const wanted = await wantedOf(db, worker)
  if (wanted === obeying.told) return
  obeying.told = wanted
  log.info('worker told', { state: wanted })
  if (wanted === 'work') {
    obeying.answering ??= await answer()
    return await noteTakes(db, worker, true)
  }
  const { answering } = obeying
  obeying.answering = undefined
  const closed = answering?.close()
  await noteTakes(db, worker, false)
  await closed
  log.info('worker has nothing in hand', { state: wanted })
  if (wanted === 'stop') stopped.resolve()
}
