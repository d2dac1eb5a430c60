import type { Bot } from '../../bots/bot.ts'
import { asFailure, Failure } from '../../connectors/failure.ts'
import type { FhirSystem } from '../../connectors/fhir/client.ts'
import type { Log } from '../../connectors/log.ts'
import { NO_PRESS } from '../../connectors/press-guard.ts'
import { findDeployment, type Deployment } from '../ledger/deployments.ts'
import {
  claimPoll,
  failPoll,
  givePollBack,
  holdPoll,
  waitingPolls,
  type PollClaim,
} from '../ledger/fhir-polls.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Doorbell } from '../queue/doorbell.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { ringItems } from '../work/ringing.ts'
import type { SystemOpener } from '../work/systems.ts'
import type { Clock, Timing } from '../work/timing.ts'
import { backoff } from '../work/verdict.ts'
import { pollOnce } from './fhir-poll.ts'
import { lookAfterSubscription } from './fhir-subscription.ts'

export interface FhirPolling {
  readonly db: LedgerDatabase
  readonly doorbell: Doorbell
  readonly bots: ReadonlyMap<string, Bot>
  readonly opener: SystemOpener
  readonly secrets: SecretBox
  readonly timing: Timing
  readonly clock: Clock
  readonly worker: string
  readonly stopping: AbortSignal
  readonly log: Log
  /** Where FHIR servers reach our hook; undefined when this process does not know. */
  readonly fhirHook: string | undefined
}

/** Polls a trigger when it is due and nobody else does, and rings for its next time. Other triggers are left alone. */
export async function answerFhirTrigger(polling: FhirPolling, trigger: string): Promise<void> {
  const { db, worker, timing } = polling
  const poll = await claimPoll(db, trigger, worker, timing.leaseSeconds)
  if (!poll) return
  const log = polling.log.scoped({ deployment: poll.deployment, hospital: poll.hospital })
  const keeper = setInterval(() => {
    holdPoll(db, poll, timing.leaseSeconds).catch((error: unknown) =>
      log.error('heartbeat missed', { code: asFailure(error).code }),
    )
  }, timing.heartbeatSeconds * 1000)
  try {
    await askServer(polling, poll, log)
  } catch (error) {
    await putOff(polling, poll, asFailure(error), log)
  } finally {
    clearInterval(keeper)
  }
  await ringPolls(db, polling.doorbell, trigger)
}

async function askServer(polling: FhirPolling, poll: PollClaim, log: Log): Promise<void> {
  const { db, bots, timing, stopping, doorbell } = polling
  const deployment = await findDeployment(db, poll.deployment)
  const bot = deployment && bots.get(deployment.bot)
  if (!deployment || !bot?.fhir) throw cannotRead(deployment?.bot ?? poll.deployment)
  const system = await openSystem(polling, deployment, poll)
  await lookAfterSubscription({ ...polling, log }, poll, system)
  await pollOnce({
    db,
    bot,
    settings: deployment.settings,
    system,
    poll,
    leaseSeconds: timing.leaseSeconds,
    signal: stopping,
    // They are safe in the ledger: the sweeper rings for them.
    ring: (items) =>
      ringItems(doorbell, items).catch((error: unknown) =>
        log.warn('bell not rung', { count: items.length, code: asFailure(error).code }),
      ),
  })
}

async function openSystem(
  { opener, stopping }: FhirPolling,
  { id, systems }: Deployment,
  { role }: PollClaim,
): Promise<FhirSystem> {
  const row = systems.get(role)
  const holder = { attempt: 1, signal: stopping, guard: NO_PRESS }
  const opened = row?.kind === 'fhir' ? await opener.open(row, holder) : undefined
  if (opened?.system.kind === 'fhir') return opened.system
  const sentence = `Deployment ${id} has no FHIR system as "${role}", which its trigger asks for changes: choose one.`
  throw new Failure('business', 'system-missing', sentence)
}

const LONGEST_PAUSE_SECONDS = 300

async function putOff(polling: FhirPolling, poll: PollClaim, failure: Failure, log: Log): Promise<void> {
  const { db, timing, clock } = polling
  if (polling.stopping.aborted) return await givePollBack(db, poll)
  log.warn('FHIR poll failed', { kind: failure.kind, code: failure.code, sentence: failure.message })
  if (failure.code === 'poll-lost') return
  const pause = backoff(poll.failures + 1, timing, clock.random())
  await failPoll(db, poll, {
    sentence: failure.message,
    delaySeconds: Math.min(pause, Math.max(poll.every_seconds, LONGEST_PAUSE_SECONDS)),
    alarmAt: timing.circuitFailures,
  })
}

/** Rings for every poll at its time, or for one; the same bell again is one ring. */
export async function ringPolls(db: LedgerDatabase, doorbell: Doorbell, trigger?: string): Promise<void> {
  for (const { trigger: id, due_at, seconds } of await waitingPolls(db, trigger)) {
    // Rounded up and a little more: a bell that comes before its time finds nothing to do.
    const delayMs = seconds > 0 ? Math.ceil(seconds * 1000) + 5 : 0
    await doorbell.ring([{ kind: 'trigger', id, turn: due_at.toISOString() }], { delayMs })
  }
}

const cannotRead = (bot: string) =>
  new Failure(
    'business',
    'cannot-read-fhir',
    `Bot ${bot} does not read FHIR resources: give its deployment a schedule.`,
  )
