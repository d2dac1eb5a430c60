import { bots } from '../bots/index.ts'
import type { Installation } from './installation.ts'
import { openChannels, type Channels } from './triggers/channels.ts'
import { localDate } from './triggers/calendar.ts'
import { openingSystems } from './work/opening-systems.ts'
import { startSweeper } from './work/sweeper.ts'
import { systemClock } from './work/system-clock.ts'
import { startWorker } from './work/worker.ts'

export interface Serving {
  readonly channels: Channels
  /** Takes nothing new, lets what is in hand end, closes everything but the installation. */
  close(): Promise<void>
}

/** Starts a worker and a sweeper on an installation, and its HL7 channels when `listens`. */
export async function serve(installation: Installation, listens: boolean): Promise<Serving> {
  const { config, db, doorbell, secrets, log } = installation
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
  })
  const sweeper = startSweeper({
    db,
    doorbell,
    timing: config,
    log,
    today: () => localDate(new Date(), 'Europe/Amsterdam'),
  })
  const channels: Channels = listens
    ? await openChannels({ db, doorbell, secrets, host: config.hl7Host, log })
    : { ports: new Map(), close: () => Promise.resolve() }
  return {
    channels,
    async close() {
      await channels.close()
      await sweeper.close()
      await worker.close()
    },
  }
}
