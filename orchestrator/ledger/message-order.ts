import { sql } from 'kysely'
import type { Failure } from '../../connectors/failure.ts'
import type { LedgerDatabase, MessageRow } from './tables.ts'

/**
 * An earlier message about one of its patients is not done with. A snapshot is enough: an earlier one is done with in
 * the transaction that routes it, and its router rings for those behind it after that.
 */
const IS_HELD = sql`EXISTS (
  SELECT FROM patient_queue q
  WHERE q.hospital = message.hospital AND q.key = ANY (message.patients) AND q.place < message.place
)`

/** It could be about the same patient: nobody knows yet. */
const IS_BEHIND_UNSORTED = sql`EXISTS (
  SELECT FROM message earlier WHERE earlier.state = 'stored' AND NOT earlier.sorted
    AND earlier.place < message.place AND earlier.hospital = message.hospital
)`

/**
 * Takes a stored message for routing, within the caller's transaction; undefined when another has it, it was routed or not sorted
 * yet, or an earlier message about one of its patients goes first. Only what may go is locked: a look at what is held keeps nobody off.
 */
export async function lockMessage(tx: LedgerDatabase, id: string): Promise<MessageRow | undefined> {
  const { rows } = await sql<MessageRow>`
    SELECT * FROM message WHERE id = ${id} AND state = 'stored' AND sorted AND NOT ${IS_BEHIND_UNSORTED} AND NOT ${IS_HELD}
    FOR UPDATE SKIP LOCKED`.execute(tx)
  return rows[0]
}

export interface WaitingMessage {
  readonly id: string
  readonly turn: number
}

/** A message that is not sorted this long after it came in was left behind by a process that ended. */
const LEFT_BEHIND = sql`interval '10 seconds'`

/** Stored messages that nothing holds and that were not routed yet, and those that were left unsorted, in their order. */
export async function waitingMessages(db: LedgerDatabase, limit: number): Promise<WaitingMessage[]> {
  const { rows } = await sql<WaitingMessage>`
    SELECT id, turn FROM message WHERE state = 'stored'
      AND CASE WHEN sorted THEN NOT ${IS_HELD} ELSE received_at < clock_timestamp() - ${LEFT_BEHIND} END
    ORDER BY place LIMIT ${limit}`.execute(db)
  return rows
}

/**
 * Writes down what became of a message, and unless it was set aside it no longer holds its patients' later ones.
 * `aside` raises an alarm: a person must look.
 * @param readBy the version of each robot that read it, by the robot's name
 */
export async function settleMessage(
  tx: LedgerDatabase,
  message: MessageRow,
  state: 'routed' | 'ignored' | 'aside',
  why: Pick<Failure, 'code' | 'message'> | null,
  readBy: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  const reason = why?.message ?? null
  const read_by = JSON.stringify(Object.fromEntries(readBy))
  await tx
    .updateTable('message')
    .set({ state, reason, reason_code: why?.code ?? null, read_by })
    .where('id', '=', message.id)
    .execute()
  if (state !== 'aside') return await leaveQueue(tx, message)
  const sentence = `Channel ${message.channel}: a message was set aside: ${reason ?? 'it could not be handled'}`
  await tx
    .insertInto('alarm')
    .values({ hospital: message.hospital, kind: 'message-aside', sentence })
    .execute()
}

/** Lets the later messages of its patients go. */
export async function leaveQueue(
  tx: LedgerDatabase,
  { hospital, patients, place }: Pick<MessageRow, 'hospital' | 'patients' | 'place'>,
): Promise<void> {
  if (patients.length === 0) return
  await sql`DELETE FROM patient_queue
    WHERE hospital = ${hospital} AND key = ANY (${patients}::bytea[]) AND place = ${place}`.execute(tx)
}

/** The next message of each patient of one that is done with; whether something else holds it, its router sees. */
export async function messagesBehind(db: LedgerDatabase, id: string): Promise<string[]> {
  const { rows } = await sql<{ message: string }>`
    SELECT DISTINCT next.message FROM message m CROSS JOIN unnest(m.patients) AS patient CROSS JOIN LATERAL (
      SELECT q.message FROM patient_queue q
      WHERE q.hospital = m.hospital AND q.key = patient AND q.place > m.place ORDER BY q.place LIMIT 1
    ) next
    WHERE m.id = ${id} AND m.state IN ('routed', 'ignored', 'skipped')`.execute(db)
  return rows.map(({ message }) => message)
}
