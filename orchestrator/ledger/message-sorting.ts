import { sql } from 'kysely'
import type { LedgerDatabase } from './tables.ts'

/** Keyed hashes of one patient number. */
export interface PatientKey {
  /** With the authority that gave the number out: the messages of one key go in order. */
  readonly key: Buffer
  /** Of the number alone, for finding by a number that is typed in. */
  readonly number: Buffer
}

/** A stored message, and the patients that it names. */
export interface SortedMessage {
  readonly id: string
  readonly patients: readonly PatientKey[]
}

/**
 * Gives stored messages their place among those of their patients, makes them findable by patient, and writes down in the
 * access log that they came in: all that need not be done before they are acknowledged. Nothing is routed before it is
 * sorted. Those that are sorted already stay as they are.
 *
 * It does not wait for the disk: a sorting that a power failure takes back is done again, since the message then stands
 * there unsorted.
 * @param since none of them came in before; says in which months to look
 */
export async function sortMessages(
  db: LedgerDatabase,
  messages: readonly SortedMessage[],
  since: Date,
): Promise<void> {
  if (messages.length === 0) return
  const keys = messages.map(({ patients }) => arrayOf(patients.map(({ key }) => key)))
  const numbers = messages.map(({ patients }) => arrayOf(patients.map(({ number }) => number)))
  await sql`SELECT message_sort(${messages.map(({ id }) => id)}::uuid[], ${keys}::text[], ${numbers}::text[], ${since})`.execute(
    db,
  )
}

function arrayOf(values: readonly Buffer[]): string {
  return `{${values.map((value) => `"\\\\x${value.toString('hex')}"`).join()}}`
}

/** A message whose process ended before it was sorted. */
export interface UnsortedMessage {
  readonly id: string
  readonly hospital: string
  readonly channel: string
  readonly charset: string
  readonly sealed: Buffer
  readonly received_at: Date
}

/** Messages that were not sorted yet, oldest first. */
export async function unsortedMessages(
  db: LedgerDatabase,
  limit: number,
): Promise<readonly UnsortedMessage[]> {
  const { rows } = await sql<UnsortedMessage>`
    SELECT m.id, m.hospital, m.channel, c.charset, m.sealed, m.received_at
    FROM message m JOIN channel c ON c.id = m.channel
    WHERE m.state = 'stored' AND NOT m.sorted ORDER BY m.place LIMIT ${limit}`.execute(db)
  return rows
}

/** Whether a message is stored and not sorted yet. */
export async function isUnsorted(db: LedgerDatabase, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('message')
    .select('id')
    .where('id', '=', id)
    .where('state', '=', 'stored')
    .where('sorted', '=', false)
    .executeTakeFirst()
  return row !== undefined
}
