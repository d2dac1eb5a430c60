import type { Arrival, Decision } from '../../connectors/hl7/arrival.ts'
import { readCharset } from '../../connectors/hl7/charset.ts'
import { startListener, type Listener } from '../../connectors/hl7/listener.ts'
import type { Hl7Message } from '../../connectors/hl7/message.ts'
import type { Log } from '../../connectors/log.ts'
import { openMonths } from '../ledger/message-retention.ts'
import { digestOf, storeMessages, type Stored } from '../ledger/messages.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Doorbell } from '../queue/doorbell.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { messagePurpose } from './hl7.ts'
import { ringAfterAnswers, type RingingAfterAnswers } from './ring-after-answers.ts'
import { patientKeys } from './patient-numbers.ts'

export interface Channels {
  /** The port of each channel by its id. */
  readonly ports: ReadonlyMap<string, number>
  /** Answers what was taken and closes. */
  close(): Promise<void>
}

export interface ChannelsOptions {
  readonly db: LedgerDatabase
  readonly doorbell: Doorbell
  readonly secrets: SecretBox
  /** The address to listen on. */
  readonly host: string
  readonly log: Log
}

/** Opens every HL7 channel of the ledger: a message is committed before it is acknowledged, and routed after that. */
export async function openChannels(options: ChannelsOptions): Promise<Channels> {
  await openMonths(options.db)
  const rows = await options.db.selectFrom('channel').selectAll().execute()
  const open = new Map<string, Listener>()
  const after = ringAfterAnswers(options.doorbell, options.log)
  for (const { id, hospital, port, senders, charset } of rows) {
    const known = readCharset(charset)
    const settings = {
      id,
      port,
      host: options.host,
      ...(senders.length > 0 ? { senders } : {}),
      ...(known ? { charset: known } : {}),
    }
    const log = options.log.scoped({ channel: id, hospital })
    open.set(id, await startListener(settings, (arrivals) => accept(options, after, hospital, arrivals), log))
  }
  return {
    ports: new Map([...open].map(([id, listener]) => [id, listener.port])),
    async close() {
      await Promise.all([...open.values()].map((listener) => listener.close()))
      await after.idle()
    },
  }
}

interface Readable extends Arrival {
  readonly message: Hl7Message
}

/** Commits a batch of messages and says how each is answered; the new ones are rung for after the answers. */
async function accept(
  { db, secrets }: ChannelsOptions,
  after: RingingAfterAnswers,
  hospital: string,
  arrivals: readonly Arrival[],
): Promise<readonly Decision[]> {
  const readable = arrivals.filter(
    (arrival): arrival is Readable => arrival.message !== undefined && isKeepable(arrival.message),
  )
  const stored = await storeMessages(
    db,
    readable.map(({ channel, bytes, message, acceptance }) => ({
      hospital,
      channel,
      sender: `${message.sender.application}|${message.sender.facility}`,
      controlId: message.controlId,
      type: message.type,
      event: message.trigger,
      patients: patientKeys(secrets, hospital, message),
      digest: digestOf(bytes),
      sealed: secrets.seal(messagePurpose(hospital, channel), bytes),
      answer: acceptance(),
    })),
  )
  const fresh = stored.filter(({ known }) => known === 'new')
  after.ring(fresh.map(({ id }) => id))
  const decisions = new Map(readable.map((arrival, place) => [arrival as Arrival, decide(stored[place])]))
  return arrivals.map((arrival) => decisions.get(arrival) ?? (arrival.message ? unkeepable : unreadable))
}

/** HL7 has at most 199 signs for MSH-10. */
const LONGEST_NAME = 199

/** One message with a header that the database refuses would take its whole batch along. */
function isKeepable({ sender, controlId, type, trigger }: Hl7Message): boolean {
  const names = [sender.application, sender.facility, controlId, type, trigger]
  return names.every((name) => name.length <= LONGEST_NAME && !name.includes('\0'))
}

const unkeepable: Decision = {
  answer: 'reject',
  code: 102,
  sentence: `MSH-3, 4, 9 or 10 is longer than ${LONGEST_NAME} signs or has a NUL in it: correct the header.`,
}

const unreadable: Decision = { answer: 'reject', code: 100, sentence: 'The message cannot be read.' }

function decide(stored: Stored | undefined): Decision {
  if (stored?.known === 'new') return { answer: 'accept' }
  if (stored?.known === 'same') return { answer: 'repeat', bytes: stored.answer }
  return {
    answer: 'error',
    code: 205,
    sentence:
      'This message control id was used before for another message: give the message an id of its own.',
  }
}
