import { sql } from 'kysely'
import { asFailure, type Failure } from '../../connectors/failure.ts'
import { startListener, type Listener } from '../../connectors/hl7/listener.ts'
import type { Log } from '../../connectors/log.ts'
import { openMonths } from '../ledger/message-retention.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Doorbell } from '../queue/doorbell.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { channelSettings, channelStamps, type ChannelRow } from './channel-settings.ts'
import { sortAfterAnswers, type AfterAnswers } from './sort-after-answers.ts'
import { takeMessages } from './take-messages.ts'

export interface Channels {
  /** The port of each channel that listens, by its id. */
  readonly ports: ReadonlyMap<string, number>
  /** A sentence about each channel: where it listens, or why it does not. */
  readonly sentences: () => readonly string[]
  /** Resolves when all that was acknowledged is sorted and rung for. */
  idle(): Promise<void>
  /** Opens, closes and reopens what changed in the ledger; by itself it does so every `everyMs`. */
  look(): Promise<void>
  /** Answers what was taken and closes. */
  close(): Promise<void>
}

export interface ChannelsOptions {
  readonly db: LedgerDatabase
  readonly doorbell: Doorbell
  readonly secrets: SecretBox
  /** The address to listen on for channels that name none. */
  readonly host: string
  readonly log: Log
  /** Between two looks at the ledger, in milliseconds; 30,000 when left out. */
  readonly everyMs?: number
}

interface Door {
  readonly stamp: string
  readonly listener: Listener
  readonly sentence: string
}

interface Doors extends ChannelsOptions {
  readonly after: AfterAnswers
  readonly open: Map<string, Door>
  readonly problems: Map<string, string>
}

/**
 * Opens every HL7 channel of the ledger that is on, and keeps them as the ledger says: a message is committed before it is
 * acknowledged, and routed after that. One that cannot be opened keeps none of the others shut: it is tried again at each
 * look, and what is wrong stands with the channel, in the log and in an alarm.
 */
export async function openChannels(options: ChannelsOptions): Promise<Channels> {
  await openMonths(options.db)
  const open = new Map<string, Door>()
  const doors: Doors = { ...options, after: sortAfterAnswers(options), open, problems: new Map() }
  const ports = new Map<string, number>()
  let turn = Promise.resolve()
  // Whoever asked for the look before is told how it went; the next one only waits for its turn.
  const look = () => (turn = turn.catch(() => undefined).then(() => keepAsWanted(doors, ports)))
  try {
    await look()
  } catch (error) {
    // Nobody gets hold of what was opened.
    await closeAll(open)
    throw error
  }
  const timer = setInterval(() => {
    look().catch((error: unknown) =>
      options.log.error('hl7-channels-not-looked-at', { code: asFailure(error).code }),
    )
  }, options.everyMs ?? 30_000)
  return {
    ports,
    sentences: () => [...[...open.values()].map(({ sentence }) => sentence), ...doors.problems.values()],
    idle: () => doors.after.idle(),
    look,
    async close() {
      clearInterval(timer)
      await turn.catch(() => undefined)
      await closeAll(open)
      await doors.after.idle()
    },
  }
}

async function closeAll(open: ReadonlyMap<string, Door>): Promise<void> {
  await Promise.all([...open.values()].map(({ listener }) => listener.close()))
}

async function keepAsWanted(doors: Doors, ports: Map<string, number>): Promise<void> {
  const { db, open, problems } = doors
  const rows = await db.selectFrom('channel').selectAll().where('enabled', '=', true).orderBy('id').execute()
  const stamps = await channelStamps(db, rows)
  for (const [id, { stamp, listener }] of [...open]) {
    if (stamps.get(id) === stamp) continue
    open.delete(id)
    ports.delete(id)
    await listener.close()
  }
  for (const id of [...problems.keys()]) if (!stamps.has(id)) problems.delete(id)
  for (const row of rows) {
    if (!open.has(row.id)) {
      const door = await openDoor(doors, row, stamps.get(row.id) ?? '')
      if (!door) continue
      open.set(row.id, door)
      ports.set(row.id, door.listener.port)
    }
    // Only now: when this fails the door is known, and the next look clears it.
    if (row.problem !== null) await clearProblem(db, row)
  }
}

async function clearProblem(db: LedgerDatabase, { id }: ChannelRow): Promise<void> {
  await db.updateTable('channel').set({ problem: null, problem_code: null }).where('id', '=', id).execute()
}

async function openDoor(doors: Doors, row: ChannelRow, stamp: string): Promise<Door | undefined> {
  const { db, after, problems } = doors
  const { id, hospital } = row
  const log = doors.log.scoped({ channel: id, hospital })
  try {
    const settings = await channelSettings(doors, row)
    const listener = await startListener(settings, takeMessages({ ...doors, log }, after, hospital), log)
    problems.delete(id)
    const way = settings.tls ? (settings.tls.requireClient ? ' with mutual TLS' : ' with TLS') : ''
    return {
      stamp,
      listener,
      sentence: `HL7 channel ${id} listens on ${settings.host}:${listener.port}${way}.`,
    }
  } catch (error) {
    const failure = asFailure(error)
    if (failure.kind !== 'business') throw error
    problems.set(id, failure.message)
    if (await noteProblem(db, row, failure))
      log.error('hl7-channel-shut', { code: failure.code, sentence: failure.message })
    return undefined
  }
}

/** Writes down why a channel does not listen, and raises an alarm. False when that was known. */
async function noteProblem(db: LedgerDatabase, { id }: ChannelRow, why: Failure): Promise<boolean> {
  const { code, message: problem } = why
  const { rows } = await sql<{ hospital: string }>`
    WITH changed AS (
      UPDATE channel SET problem = ${problem}, problem_code = ${code}
      WHERE id = ${id} AND problem IS DISTINCT FROM ${problem} RETURNING hospital
    )
    INSERT INTO alarm (hospital, kind, sentence) SELECT hospital, 'channel-shut', ${problem} FROM changed
    RETURNING hospital`.execute(db)
  return rows.length > 0
}
