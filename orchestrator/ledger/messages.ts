import { createHash } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
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

/** What became of a message that came in: new, the same bytes once more, or other bytes under a known MSH-10. */
export interface Stored {
  readonly known: 'new' | 'same' | 'different'
  readonly id: string
  /** The acknowledgement as it was stored first. */
  readonly answer: Buffer
}

/** What tells two messages with one MSH-10 apart. */
export const digestOf = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()

/**
 * Stores messages in their order; the caller acknowledges only after this returned. What is new is kept whole or not at
 * all. The answers are in the order of the messages.
 */
export async function storeMessages(db: LedgerDatabase, messages: readonly NewMessage[]): Promise<Stored[]> {
  if (messages.length === 0) return []
  const added = await insertMessages(db, messages)
  const known = await findEarlier(
    db,
    messages.filter((_, index) => !added.has(index)),
  )
  const stored = messages.map((message, index): Stored => {
    const id = added.get(index)
    return id === undefined ? recognised(message, known) : { known: 'new', id, answer: message.answer }
  })
  await raiseAlarms(
    db,
    messages.filter((_, index) => stored[index]?.known === 'different'),
  )
  return stored
}

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
  if (!earlier) throw new Error('A message was neither new nor known: it is sent again.')
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
