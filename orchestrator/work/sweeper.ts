import { asFailure } from '../../connectors/failure.ts'
import type { Log } from '../../connectors/log.ts'
import { takeUncompared } from '../ledger/comparing.ts'
import { dropExpiredEvidence } from '../ledger/evidence.ts'
import { waitingMessages } from '../ledger/message-order.ts'
import { tendMessages } from '../ledger/message-retention.ts'
import { noteSweep } from '../ledger/sweeps.ts'
import { tendRetention } from '../ledger/retention.ts'
import { waitingRuns } from '../ledger/runs.ts'
import {
  doubtExpiredPresses,
  forgetLostWorkers,
  returnExpiredClaims,
  takeUnrung,
} from '../ledger/sweeping.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Doorbell } from '../queue/doorbell.ts'
import { noteGiven } from '../savings/given.ts'
import { recountNightly } from '../savings/nightly.ts'
import { watchRecount } from '../savings/recount-overdue.ts'
import { ringPolls } from '../triggers/fhir.ts'
import { schedules } from '../triggers/schedule.ts'
import { fireAndRing, ringTrigger } from './ringing.ts'
import type { Timing } from './timing.ts'

export interface SweepOptions {
  /** The program's own clock. */
  readonly now: () => Date
  /** The local date by which the nightly recount knows that a day began. */
  readonly today: () => string
  /** How many days the sign-in log is kept; for ever when left out. */
  readonly signInDays?: number
  readonly db: LedgerDatabase
  readonly doorbell: Doorbell
  readonly timing: Timing
  readonly log: Log
}

const MOST_AT_ONCE = 1000
/** Comparing must not stand in the way of the day's work. */
const MOST_COMPARED_AT_ONCE = 25
const HOUR_MS = 3_600_000

/**
 * One sweep: what a dead worker held comes back, what was being pressed is doubted, and everything that waits is rung for.
 * Restart is no special path: this is all there is (README.md: an act, step 10). Safe to run in several processes.
 */
export async function sweep(options: SweepOptions): Promise<void> {
  for (const part of [
    takeBack,
    ringForItems,
    ringForRuns,
    ringForMessages,
    fireSchedules,
    lookAfter,
    watchRecounts,
    ringForComparing,
  ]) {
    try {
      await part(options)
      await noteSweep(options.db, part.name)
    } catch (error) {
      // One part that fails, such as one wrong schedule, must not keep the others from theirs.
      const { code, message } = asFailure(error)
      options.log.error('sweep failed', { act: part.name, code, sentence: message })
      // Where the ledger cannot be reached either, the log has it, and no newer sweep stands in `/readyz`.
      await noteSweep(options.db, part.name, message).catch(() => undefined)
    }
  }
}

async function takeBack({ db, timing, log }: SweepOptions): Promise<void> {
  const returned = await returnExpiredClaims(db, timing.maxAttempts)
  const doubted = await doubtExpiredPresses(db, timing.quietSeconds)
  if (returned + doubted > 0) log.warn('claims of lost workers taken back', { count: returned + doubted })
  await forgetLostWorkers(db)
}

async function ringForItems({ db, doorbell, timing }: SweepOptions): Promise<void> {
  const items = await takeUnrung(db, timing.sweepSeconds * 2, MOST_AT_ONCE)
  await doorbell.ring(items.map(({ id, turn }) => ({ kind: 'item', id, turn })))
}

async function ringForRuns({ db, doorbell }: SweepOptions): Promise<void> {
  const runs = await waitingRuns(db, MOST_AT_ONCE)
  await doorbell.ring(runs.map(({ id, attempt }) => ({ kind: 'run', id, turn: String(attempt) })))
}

async function ringForMessages({ db, doorbell }: SweepOptions): Promise<void> {
  const messages = await waitingMessages(db, MOST_AT_ONCE)
  await doorbell.ring(messages.map(({ id, turn }) => ({ kind: 'message', id, turn: String(turn) })))
}

async function fireSchedules({ db, doorbell, timing }: SweepOptions): Promise<void> {
  await ringPolls(db, doorbell)
  for (const { id, next_at } of await schedules(db)) {
    if (!next_at || next_at.getTime() <= Date.now()) await fireAndRing(db, doorbell, id, timing)
    else await ringTrigger(doorbell, id, next_at)
  }
}

async function lookAfter({ db, log, today, signInDays }: SweepOptions): Promise<void> {
  const differences = await recountNightly(db, today())
  if (differences) log.error('the recount differs from the credits', { count: differences })
  await tendMessages(db, today())
  const expired = await dropExpiredEvidence(db)
  if (expired > 0) log.info('traces expired', { count: expired })
  const outlived = await tendRetention(db, { today: today(), signInDays })
  if (outlived > 0) log.info('outlived its retention', { count: outlived })
  await noteGiven(db, today())
}

/** A part of its own: it must tell of the recount above when that one fails. */
async function watchRecounts({ db, now }: SweepOptions): Promise<void> {
  await watchRecount(db, now())
}

async function ringForComparing({ db, doorbell, today }: SweepOptions): Promise<void> {
  const items = await takeUncompared(db, today(), MOST_COMPARED_AT_ONCE)
  await doorbell.ring(
    items.map((id) => ({ kind: 'compare', id, turn: `${today()}-${Math.floor(Date.now() / HOUR_MS)}` })),
  )
}

/** Sweeps at once and then every `sweepSeconds`, one at a time; a sweep that fails is logged and the next one tries again. */
export function startSweeper(options: SweepOptions): { close(): Promise<void> } {
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let current: Promise<void> = Promise.resolve()
  const round = () => {
    current = sweep(options).then(() => {
      if (!closed) timer = setTimeout(round, options.timing.sweepSeconds * 1000)
    })
  }
  round()
  return {
    async close() {
      closed = true
      clearTimeout(timer)
      await current
    },
  }
}
