import { createHash } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
import { asFailure, type Failure } from '../../connectors/failure.ts'
import { insertMessages } from './insert-messages.ts'
import type { MessageTables } from './message-tables.ts'
import type { LedgerDatabase } from './tables.ts'

export interface NewMessage {
  readonly hospital: string
  readonly channel: string
  /** Sending application and facility, `ZIS|AZM`. */
  readonly sender: string
  /** MSH-10. */
  readonly controlId: string
  /** `ADT` and `A08`. */
  readonly type: string
  readonly event: string
  readonly digest: Buffer
  /** The bytes as received, sealed. */
  readonly sealed: Buffer
  /** The acknowledgement of its acceptance. */
  readonly answer: Buffer
}

/** What became of a message that came in. */
export interface Stored {
  /**
   * New, the same bytes once more, or other bytes under a known MSH-10; `unsettled` is one that is not new, and of which it
   * could not be found out or written down what it is: nothing was done with it.
   */
  readonly known: 'new' | 'same' | 'different' | 'unsettled'
  /** Empty when unsettled. */
  readonly id: string
  /** The acknowledgement as it was stored first; empty when unsettled. */
  readonly answer: Buffer
  /** Why it is unsettled. */
  readonly failure?: Failure
}

/** What tells two messages with one MSH-10 apart. */
export const digestOf = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()

/**
 * Stores messages in their order; the caller acknowledges only after this returned. What is new is kept whole or not at
 * all; when it throws, the caller cannot know which. Once it is kept it is told so, whatever fails about the others. The
 * answers are in the order of the messages.
 */
export async function storeMessages(db: LedgerDatabase, messages: readonly NewMessage[]): Promise<Stored[]> {
  if (messages.length === 0) return []
  const added = await insertMessages(db, messages)
  const others = await recogniseAll(
    db,
    messages.filter((_, index) => !added.has(index)),
  )
  let place = 0
  return messages.map((message, index): Stored => {
    const id = added.get(index)
    if (id !== undefined) return { known: 'new', id, answer: message.answer }
    return others[place++] ?? unsettled(new Error('A message was neither new nor looked up.'))
  })
}

/** What came before under the same MSH-10. Never throws: the new ones of the batch are kept, and must be answered so. */
async function recogniseAll(db: LedgerDatabase, messages: readonly NewMessage[]): Promise<Stored[]> {
  try {
    const earlier = await findEarlier(db, messages)
    return await toldOf(
      db,
      messages,
      messages.map((message) => recognised(message, earlier)),
    )
  } catch (error) {
    return messages.map(() => unsettled(error))
  }
}

/** One that differs is refused only when a person is told: else it is to be sent again. */
async function toldOf(
  db: LedgerDatabase,
  messages: readonly NewMessage[],
  stored: Stored[],
): Promise<Stored[]> {
  try {
    await raiseAlarms(
      db,
      messages.filter((_, index) => stored[index]?.known === 'different'),
    )
    return stored
  } catch (error) {
    return stored.map((one) => (one.known === 'different' ? unsettled(error) : one))
  }
}

const unsettled = (error: unknown): Stored => ({
  ...{ known: 'unsettled', id: '', answer: Buffer.alloc(0), failure: asFailure(error) },
})

type Identity = Pick<NewMessage, 'channel' | 'sender' | 'controlId'>
type Earlier = Pick<Selectable<MessageTables['message_id']>, 'message' | 'digest' | 'answer'>

const identityOf = ({ channel, sender, controlId }: Identity) => JSON.stringify([channel, sender, controlId])

/** What is kept of the messages that came before, by their identity. */
async function findEarlier(
  db: LedgerDatabase,
  messages: readonly NewMessage[],
): Promise<ReadonlyMap<string, Earlier>> {
  if (messages.length === 0) return new Map()
  const { rows } = await sql<Identity & Earlier>`
    SELECT channel, sender, control_id AS "controlId", message, digest, answer
    FROM message_id JOIN unnest(
      ${messages.map(({ channel }) => channel)}::text[], ${messages.map(({ sender }) => sender)}::text[],
      ${messages.map(({ controlId }) => controlId)}::text[]
    ) AS asked (channel, sender, control_id) USING (channel, sender, control_id)`.execute(db)
  return new Map(rows.map((row) => [identityOf(row), row]))
}

function recognised(message: NewMessage, known: ReadonlyMap<string, Earlier>): Stored {
  const earlier = known.get(identityOf(message))
  if (!earlier) return unsettled(new Error('A message was neither new nor known: it is sent again.'))
  const isSame = earlier.digest.equals(message.digest)
  return { known: isSame ? 'same' : 'different', id: earlier.message, answer: earlier.answer }
}

async function raiseAlarms(db: LedgerDatabase, different: readonly NewMessage[]): Promise<void> {
  if (different.length === 0) return
  const alarms = different.map(({ hospital, channel }) => ({
    hospital,
    kind: 'message-differs' as const,
    sentence: `Channel ${channel}: a message came under an MSH-10 that was used before, with other content. It was refused; ask the sender which one holds.`,
  }))
  await db.insertInto('alarm').values(alarms).execute()
}
