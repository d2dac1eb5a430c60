import { sql } from 'kysely'
import { binaryArray, binaryUuids } from './binary-array.ts'
import { KEPT } from './kept-plans.ts'
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
  const rows = messages.flatMap(({ id, patients }) =>
    (patients.length === 0 ? [NOBODY] : patients).map((patient) => ({ id, ...patient })),
  )
  const bytes = (value: (row: PatientKey) => Buffer) => binaryArray('bytea', rows.map(value))
  await sql`${KEPT} SELECT message_sort(${binaryUuids(rows.map(({ id }) => id))}::uuid[],
    ${bytes(({ key }) => key)}::bytea[], ${bytes(({ number }) => number)}::bytea[], ${since})`.execute(db)
}

/** Stands for the patients of a message that names none. */
const NOBODY: PatientKey = { key: Buffer.alloc(0), number: Buffer.alloc(0) }

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
    SELECT m.id, m.hospital, m.channel, coalesce(c.charset, '') AS charset, m.sealed, m.received_at
    FROM message m LEFT JOIN channel c ON c.id = m.channel
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
