import type { Arrival, Decision } from '../../connectors/hl7/arrival.ts'
import { NOT_KEPT, type AcceptBatch } from '../../connectors/hl7/batches.ts'
import type { Hl7Message } from '../../connectors/hl7/message.ts'
import type { Log } from '../../connectors/log.ts'
import { digestOf, storeMessages, type NewMessage, type Stored } from '../ledger/messages.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import type { AfterAnswers } from './sort-after-answers.ts'
import { messagePurpose } from './sort-left-behind.ts'

interface Taking {
  readonly db: LedgerDatabase
  readonly secrets: SecretBox
  readonly log: Log
}

interface Readable extends Arrival {
  readonly message: Hl7Message
}

/**
 * Commits batches of a channel's messages one after another and says how each message is answered; the new ones are sorted
 * and rung for after the answers. A batch is sealed while the one before it is being committed.
 */
export function takeMessages(
  { db, secrets, log }: Taking,
  after: AfterAnswers,
  hospital: string,
): AcceptBatch {
  let committed: Promise<unknown> = Promise.resolve()
  return async (arrivals) => {
    const readable = arrivals.filter(isReadable)
    const messages = readable.map((arrival) => sealed(secrets, hospital, arrival))
    const storing = committed.then(() => storeMessages(db, messages))
    // Those who wait for these are told by `storing`; the next batch only waits for its turn.
    committed = storing.catch(() => undefined)
    const stored = await storing
    logUnsettled(log, stored)
    after.add(
      readable.flatMap(({ message }, place) => {
        const { known, id = '' } = stored[place] ?? {}
        return known === 'new' ? [{ id, hospital, message }] : []
      }),
    )
    await after.room()
    const decisions = new Map<Arrival, Decision>(
      readable.map((arrival, place) => [arrival, decide(stored[place])]),
    )
    return arrivals.map((arrival) => decisions.get(arrival) ?? (arrival.message ? unkeepable : unreadable))
  }
}

function logUnsettled(log: Log, stored: readonly Stored[]): void {
  const failures = stored.flatMap(({ failure }) => failure ?? [])
  const [first] = failures
  if (first) log.error('messages not recognised', { count: failures.length, code: first.code })
}

function sealed(
  secrets: SecretBox,
  hospital: string,
  { channel, bytes, message, acceptance }: Readable,
): NewMessage {
  return {
    hospital,
    channel,
    sender: `${message.sender.application}|${message.sender.facility}`,
    controlId: message.controlId,
    type: message.type,
    event: message.trigger,
    digest: digestOf(bytes),
    sealed: secrets.seal(messagePurpose(hospital, channel), bytes),
    answer: acceptance(),
  }
}

function isReadable(arrival: Arrival): arrival is Readable {
  return arrival.message !== undefined && isKeepable(arrival.message)
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
  if (stored?.known !== 'different') return NOT_KEPT
  return {
    answer: 'error',
    code: 205,
    sentence:
      'This message control id was used before for another message: give the message an id of its own.',
  }
}
