import { bots } from '../bots/index.ts'
import type { Installation } from './installation.ts'
import { openChannels, type Channels } from './triggers/channels.ts'
import { localDate } from './triggers/calendar.ts'
import { openFhirHook, type FhirHook } from './triggers/fhir-hook.ts'
import { wantsNotifications } from './ledger/fhir-polls.ts'
import { keepAccessLog } from './work/keep-access.ts'
import { openingSystems } from './work/opening-systems.ts'
import { startSweeper } from './work/sweeper.ts'
import { systemClock } from './work/system-clock.ts'
import { startWorker } from './work/worker.ts'

export interface Serving {
  readonly channels: Channels
  /** Resolves when the worker was told through the ledger to stop, and has nothing in hand any more. */
  readonly stopped: Promise<void>
  /** Takes nothing new, lets what is in hand end, closes everything but the installation. */
  close(): Promise<void>
}

const now = () => new Date()
const today = () => localDate(now(), 'Europe/Amsterdam')

/** Starts a worker and a sweeper on an installation, and its HL7 channels when `listens`. */
export async function serve(installation: Installation, listens: boolean): Promise<Serving> {
  const { config, db, doorbell, secrets, keys, log } = installation
  const hook = listens ? await hookIfWanted(installation) : undefined
  const opener = openingSystems({ db, secrets, log, chromium: config.chromium, environment: process.env })
  const worker = await startWorker({
    db,
    doorbell,
    bots,
    opener,
    secrets,
    timing: config,
    clock: systemClock,
    concurrency: config.concurrency,
    log,
    refreshKeys: keys.refresh,
    fhirHook: config.fhirHookAddress ?? hook?.address,
  })
  const clock = { now, today }
  const sweeper = startSweeper({ db, doorbell, timing: config, log, ...clock, signInDays: config.signInDays })
  const accessLog = keepAccessLog({ db, secrets, log, today })
  const channels: Channels = listens
    ? await openChannels({
        ...{ db, doorbell, secrets, log },
        host: config.hl7Host,
        everyMs: config.sweepSeconds * 1000,
      })
    : NO_CHANNELS
  return {
    channels,
    stopped: worker.stopped,
    async close() {
      await channels.close()
      await hook?.close()
      await sweeper.close()
      await worker.close()
      await accessLog.close()
    },
  }
}

const nothing = () => Promise.resolve()
const NO_CHANNELS: Channels = {
  ports: new Map(),
  sentences: () => [],
  idle: nothing,
  look: nothing,
  close: nothing,
}

/** The listener for notifications, when it has a port of its own or a trigger wants it. */
async function hookIfWanted({
  config,
  db,
  doorbell,
  secrets,
  log,
}: Installation): Promise<FhirHook | undefined> {
  const { fhirHookHost: host, fhirHookPort: port } = config
  if (port === 0 && !(await wantsNotifications(db))) return undefined
  return await openFhirHook({ db, doorbell, secrets, host, port, log, now: () => systemClock.monotonic() })
}
