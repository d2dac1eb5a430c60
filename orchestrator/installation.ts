import { join } from 'node:path'
import { bots } from '../bots/index.ts'
import type { Log } from '../connectors/log.ts'
import type { Config } from './config.ts'
import { startEmbeddedDatabase } from './ledger/embedded.ts'
import { openLedger } from './ledger/open-ledger.ts'
import type { LedgerDatabase } from './ledger/tables.ts'
import type { Doorbell } from './queue/doorbell.ts'
import { openDoorbell } from './queue/open-doorbell.ts'
import { noteActivities } from './savings/activities.ts'
import { keySourceOf } from './secrets/key-source-of.ts'
import { takeLastingKey } from './secrets/lasting-key.ts'
import { openKeys, type Keys } from './secrets/open-keys.ts'
import type { SecretBox } from './secrets/secret-box.ts'

/** The parts that every process of an installation shares. */
export interface Installation {
  readonly config: Config
  readonly db: LedgerDatabase
  /** With its password: never to be logged. */
  readonly databaseUrl: string
  readonly doorbell: Doorbell
  readonly secrets: SecretBox
  /** Where the keys of `secrets` are kept, and how they are read anew. */
  readonly keys: Keys
  readonly log: Log
  /** What the process was started with, for the programs that it starts. */
  readonly environment: Readonly<Record<string, string | undefined>>
  close(): Promise<void>
}

export interface InstallationOptions {
  readonly config: Config
  /** Nothing when left out: then a browser is found by its own package, or by a setting. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly log: Log
  /** Told what a person waits for. */
  readonly say: (sentence: string) => void
  /** A process that serves ends the embedded database with itself; a command only when it started it. */
  readonly serves: boolean
}

/**
 * Opens database, ledger, doorbell and key, and tells the ledger the activities of the catalogue: whatever is set up or
 * counted by any process afterwards has one. What was opened is closed again when a later part cannot be.
 * @throws Failure with the remedy for what is not right
 */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const { config, log } = options
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  const onError = (where: string) => (error: Error) =>
    log.warn('connection lost', { code: error.name, system: where })
  try {
    const keys = await openKeys(keySourceOf(config))
    const url = config.databaseUrl ?? (await embedded(options, closers))
    const db = await openLedger({
      url,
      connections: config.concurrency * 2 + 6,
      onError: onError('database'),
    })
    closers.push(() => db.destroy())
    await takeLastingKey(db, keys)
    await noteActivities(db, bots.values())
    const doorbell = await openDoorbell({
      databaseUrl: url,
      redisUrl: config.redisUrl,
      onError: onError('queue'),
    })
    closers.push(() => doorbell.close())
    const { environment = {} } = options
    return { config, db, databaseUrl: url, doorbell, secrets: keys.secrets, keys, log, environment, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function embedded(options: InstallationOptions, closers: (() => Promise<void>)[]): Promise<string> {
  const folder = join(options.config.home, 'postgres')
  const database = await startEmbeddedDatabase({ folder, log: options.say })
  if (options.serves || !database.attached) closers.push(() => database.stop())
  return database.url
}
