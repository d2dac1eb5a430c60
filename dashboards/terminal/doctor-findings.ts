import { readConfig, type Config } from '../../orchestrator/config.ts'
import { findBrowser } from './doctor-browser.ts'
import { findDatabase, findQueue } from './doctor-database.ts'
import { findAccessLogs, findFhir, findHl7, withLedger } from './doctor-ledger.ts'
import { findFolder, findKeyFile } from './doctor-folder.ts'
import { failureSentence } from './failure-sentence.ts'

/** One thing that was looked at. A note needs no action; a problem does. */
export interface Finding {
  readonly about: string
  readonly status: 'ok' | 'note' | 'problem'
  readonly sentence: string
  /** What to do about it. */
  readonly remedy?: string
}

type Environment = Readonly<Record<string, string | undefined>>

const OLDEST_NODE = 24

/** Looks at everything that Ontregel needs on a machine; what is looked at really runs. Never throws: that is a finding too. */
export async function examine(environment: Environment, say: (sentence: string) => void): Promise<Finding[]> {
  const first = [findNode(process.versions.node), findAccount(process.getuid?.()), findTimeZones()]
  let config: Config
  try {
    config = readConfig(environment)
  } catch (error) {
    return [...first, { about: 'Settings', status: 'problem', sentence: failureSentence(error) }]
  }
  const settings: Finding = { about: 'Settings', status: 'ok', sentence: 'All settings can be read.' }
  const found = [...first, settings, ...(await looked('Data folder', () => findFolder(config)))]
  if (found.some(({ status }) => status === 'problem')) return found
  say('Starting what is needed, to see whether it runs …')
  const database = await looked('Database', () => findDatabase(config))
  const queue = await looked('Queue', () => findQueue(config, database))
  const key = await looked('Key file', () => findKeyFile(config))
  return [
    ...found,
    ...database,
    ...queue,
    ...key,
    ...(await looked('Browser', () => findBrowser(config, environment))),
    ...(await inLedger(config, [...database, ...queue, ...key])),
  ]
}

/** What is looked at in the ledger itself, once what it needs is right. */
async function inLedger(config: Config, before: readonly Finding[]): Promise<Finding[]> {
  if (before.some(({ status }) => status === 'problem')) {
    const sentence = 'It stands in the database: mend what is wrong first.'
    return ['FHIR', 'HL7', 'Access log'].map((about) => ({ about, status: 'note', sentence }))
  }
  const found: Finding[] = []
  const opened = await looked('Ledger', () =>
    withLedger(config, async (installation) => {
      found.push(...(await looked('FHIR', () => findFhir(installation))))
      found.push(...(await looked('HL7', () => findHl7(installation))))
      found.push(...(await looked('Access log', () => findAccessLogs(installation))))
    }),
  )
  return [...opened, ...found]
}

/** What a look found, or that it failed, as findings. */
async function looked(
  about: string,
  look: () => Promise<readonly Omit<Finding, 'about'>[]>,
): Promise<Finding[]> {
  try {
    return (await look()).map((finding) => ({ about, ...finding }))
  } catch (error) {
    return [{ about, status: 'problem', sentence: failureSentence(error) }]
  }
}

/** @param version as `24.21.0` */
export function findNode(version: string): Finding {
  const sentence = `Node ${version}.`
  if (Number(version.split('.')[0]) >= OLDEST_NODE) return { about: 'Node', status: 'ok', sentence }
  const remedy = `Start it with "npm run ontregel", which brings its own, or with Node ${OLDEST_NODE} or later.`
  return { about: 'Node', status: 'problem', sentence, remedy }
}

/** @param uid undefined where accounts have no number */
export function findAccount(uid: number | undefined): Finding {
  if (uid !== 0) return { about: 'Account', status: 'ok', sentence: 'Runs as an ordinary account.' }
  return {
    about: 'Account',
    status: 'note',
    sentence: 'Runs as root: database and browser run as ordinary accounts where that is possible.',
    remedy: 'Make an account for Ontregel and run it as that.',
  }
}

/** Summer time in the hospitals' zone decides what counts on which day. */
export function findTimeZones(): Finding {
  const about = 'Time zones'
  const noon = new Date('2026-07-01T10:00:00Z')
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Amsterdam', hour: '2-digit' }).format(
    noon,
  )
  if (hour === '12') return { about, status: 'ok', sentence: 'Node knows the clock of Europe/Amsterdam.' }
  const remedy = 'Use a Node with full time zone data, such as the one that comes along.'
  return { about, status: 'problem', sentence: 'Node does not know the clock of Europe/Amsterdam.', remedy }
}
