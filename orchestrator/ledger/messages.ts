import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { LedgerDatabase, MessageRow } from './tables.ts'

export interface NewMessage {
  readonly hospital: string
  readonly channel: string
  /** Sending application and facility, `ZIS|AZM`. */
  readonly sender: string
  /** MSH-10. */
  readonly controlId: string
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
 * Stores messages in one transaction, in their order; the caller acknowledges only after this returned.
 * The answers are in the order of the messages.
 */
export async function storeMessages(db: LedgerDatabase, messages: readonly NewMessage[]): Promise<Stored[]> {
  return await db.transaction().execute(async (tx) => {
    const stored: Stored[] = []
    for (const message of messages) stored.push(await storeMessage(tx, message))
    return stored
  })
}

async function storeMessage(tx: LedgerDatabase, message: NewMessage): Promise<Stored> {
  const { hospital, channel, sender, controlId, digest, sealed, answer } = message
  const added = await tx
    .insertInto('message')
    .values({ hospital, channel, sender, control_id: controlId, digest, sealed, answer, state: 'stored' })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (added) return { known: 'new', id: added.id, answer }
  const earlier = await tx
    .selectFrom('message')
    .select(['id', 'digest', 'answer'])
    .where('channel', '=', channel)
    .where('sender', '=', sender)
    .where('control_id', '=', controlId)
    .executeTakeFirstOrThrow()
  if (earlier.digest.equals(digest)) return { known: 'same', id: earlier.id, answer: earlier.answer }
  await sql`INSERT INTO alarm (hospital, kind, sentence) VALUES (${hospital}, 'message-differs',
    ${`Channel ${channel}: a message came under an MSH-10 that was used before, with other content. It was refused; ask the sender which one holds.`})`.execute(
    tx,
  )
  return { known: 'different', id: earlier.id, answer: earlier.answer }
}

/** Stored messages that were not routed yet, oldest first. */
export async function waitingMessages(db: LedgerDatabase, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('message')
    .select('id')
    .where('state', '=', 'stored')
    .orderBy('received_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/** Takes a stored message for routing, within the caller's transaction; undefined when another has it or it was routed. */
export async function lockMessage(tx: LedgerDatabase, id: string): Promise<MessageRow | undefined> {
  return await tx
    .selectFrom('message')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'stored')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
}

/** Writes down what became of a message. `aside` raises an alarm: a person must look. */
export async function settleMessage(
  tx: LedgerDatabase,
  message: Pick<MessageRow, 'id' | 'hospital' | 'channel'>,
  state: 'routed' | 'ignored' | 'aside',
  reason: string | null,
): Promise<void> {
  await tx.updateTable('message').set({ state, reason }).where('id', '=', message.id).execute()
  if (state !== 'aside') return
  const sentence = `Channel ${message.channel}: a message was set aside: ${reason ?? 'it could not be handled'}`
  await tx
    .insertInto('alarm')
    .values({ hospital: message.hospital, kind: 'message-aside', sentence })
    .execute()
}
