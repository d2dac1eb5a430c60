import type { Bot, Json } from '../../bots/bot.ts'
import { asFailure, Failure } from '../../connectors/failure.ts'
import type { Log } from '../../connectors/log.ts'
import { NO_PRESS } from '../../connectors/press-guard.ts'
import type { Deployment } from '../ledger/deployments.ts'
import { addItems, type NewItem } from '../ledger/items.ts'
import { endRun, noteFound } from '../ledger/runs.ts'
import type { LedgerDatabase, RunRow } from '../ledger/tables.ts'
import { newItem } from './new-item.ts'
import { openSystems, type SystemOpener } from './systems.ts'
import { backoff } from './verdict.ts'
import type { Clock, Timing } from './timing.ts'

export interface CollectWork {
  readonly db: LedgerDatabase
  readonly bot: Bot
  readonly deployment: Deployment
  readonly run: RunRow
  readonly opener: SystemOpener
  readonly timing: Timing
  readonly clock: Clock
  readonly today: string
  readonly signal: AbortSignal
  readonly log: Log
  /** Rings for items that wait. */
  readonly ring: (items: readonly string[]) => Promise<void>
}

const BATCH = 25

/**
 * Lets the bot look for work and inserts what it finds, a batch at a time. Collecting only reads, so a run that
 * broke off is simply collected again: what was inserted already is known by its reference.
 */
export async function collectRun(given: CollectWork): Promise<void> {
  using kept = keepRun(given)
  const work = { ...given, signal: AbortSignal.any([given.signal, kept.signal]) }
  const { db, bot, deployment, run, timing, log } = work
  const opened = openSystems(work.opener, deployment, {
    attempt: run.attempt,
    signal: work.signal,
    guard: NO_PRESS,
  })
  try {
    if (!bot.collect) throw noCollect(bot.name)
    const tools = {
      systems: await opened.systems(),
      settings: deployment.settings,
      today: work.today,
      signal: work.signal,
      step: <T>(_name: string, read: () => Promise<T>) => read(),
    }
    await insertBatches(work, bot.collect(tools))
    await endRun(db, run, { state: 'collected' })
    log.info('run collected')
  } catch (error) {
    const failure = await opened.explain(error)
    log.warn('run failed', { kind: failure.kind, code: failure.code, sentence: failure.message })
    await opened.keepFailure(failure.code, ['collect'])
    const again =
      failure.kind !== 'business' && failure.kind !== 'unexpected' && run.attempt < timing.maxAttempts
    await endRun(db, run, {
      state: again ? 'waiting' : 'failed',
      reason: failure.message,
      delaySeconds: backoff(run.attempt, timing, work.clock.random()),
    })
  } finally {
    await opened.end()
  }
}

/** Lengthens the run's lease while its bot reads, which may take longer than a lease before it finds anything. */
function keepRun({ db, run, timing, log }: CollectWork): Disposable & { readonly signal: AbortSignal } {
  const lost = new AbortController()
  const beat = async () => {
    if (!(await noteFound(db, run, { found: 0, added: 0 }, timing.leaseSeconds))) lost.abort(runLost())
  }
  const missed = (error: unknown) => log.warn('run lease not lengthened', { code: asFailure(error).code })
  const timer = setInterval(() => void beat().catch(missed), timing.heartbeatSeconds * 1000)
  return { signal: lost.signal, [Symbol.dispose]: () => clearInterval(timer) }
}

async function insertBatches(work: CollectWork, found: AsyncIterable<Json>): Promise<void> {
  const { most } = work.run
  let batch: NewItem[] = []
  let added = 0
  for await (const raw of found) {
    work.signal.throwIfAborted()
    batch.push(newItem(work.bot, raw))
    if (batch.length < (most === null ? BATCH : 1)) continue
    added += await insert(work, batch)
    batch = []
    if (most !== null && added >= most) return
  }
  if (batch.length > 0) await insert(work, batch)
}

async function insert(work: CollectWork, batch: readonly NewItem[]): Promise<number> {
  const { db, run, timing } = work
  const arrival = { hospital: run.hospital, deployment: run.deployment, run: run.id }
  const { added, queued } = await addItems(db, arrival, batch)
  const ours = await noteFound(db, run, { found: batch.length, added }, timing.leaseSeconds)
  await work.ring(queued)
  if (!ours) throw runLost()
  return added
}

const runLost = () => new Failure('transient', 'run-lost', 'Another worker collects this run now.')

const noCollect = (bot: string) =>
  new Failure(
    'business',
    'cannot-collect',
    `Bot ${bot} does not look for work itself: give its deployment a message trigger.`,
  )
