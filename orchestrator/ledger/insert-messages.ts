import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { binaryArray, binaryUuids } from './binary-array.ts'
import { KEPT } from './kept-plans.ts'
import type { NewMessage } from './messages.ts'
import type { LedgerDatabase } from './tables.ts'

/**
 * Inserts messages by one statement, each with what recognises it when it comes again, and nothing that can wait until it
 * is acknowledged: see message-sorting.ts. Gives the ids of the new ones by their index; of two with one MSH-10 the
 * first is new.
 */
export async function insertMessages(
  db: LedgerDatabase,
  messages: readonly NewMessage[],
): Promise<ReadonlyMap<number, string>> {
  const ids = messages.map(() => idInOrderOfTime())
  const texts = (value: (message: NewMessage) => string) => binaryArray('text', messages.map(value))
  const bytes = (value: (message: NewMessage) => Buffer) => binaryArray('bytea', messages.map(value))
  const { rows } = await sql<{ fresh: string[] | null }>`${KEPT} SELECT message_take(
    ${binaryUuids(ids)}::uuid[], ${texts(({ hospital }) => hospital)}::text[], ${texts(({ channel }) => channel)}::text[],
    ${texts(({ sender }) => sender)}::text[], ${texts(({ controlId }) => controlId)}::text[],
    ${texts(({ type }) => type)}::text[], ${texts(({ event }) => event)}::text[],
    ${bytes(({ digest }) => digest)}::bytea[], ${bytes(({ answer }) => answer)}::bytea[],
    ${bytes(({ sealed }) => sealed)}::bytea[]) AS fresh`.execute(db)
  const fresh = new Set(rows[0]?.fresh ?? [])
  return new Map(ids.flatMap((id, index) => (fresh.has(id) ? [[index, id] as const] : [])))
}

let lastMs = 0
let inThisMs = 0

/**
 * A UUID of version 7: what comes later sorts later, so that an index of millions grows at its end. With ids at random
 * each message would touch a page of its own, which PostgreSQL then writes down whole: four times the time of a commit.
 */
export function idInOrderOfTime(now = Date.now()): string {
  if (now > lastMs) {
    lastMs = now
    inThisMs = 0
  } else if (++inThisMs > 0xfff) {
    lastMs++
    inThisMs = 0
  }
  const time = lastMs.toString(16).padStart(12, '0')
  const count = inThisMs.toString(16).padStart(3, '0')
  // The end of a random one, which Node makes many of at once.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${randomUUID().slice(19)}`
}
