import { randomFillSync } from 'node:crypto'
import { sql } from 'kysely'
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
  const each = (value: (message: NewMessage) => string) => messages.map(value)
  const pieces = messages.flatMap(({ digest, answer, sealed }) => [digest, answer, sealed])
  // The bytes travel in one piece, to be cut there: as elements of arrays they would go as text, twice as long.
  const { rows } = await sql<{ fresh: string[] | null }>`SELECT message_take(
    ${ids}::uuid[], ${each(({ hospital }) => hospital)}::text[], ${each(({ channel }) => channel)}::text[],
    ${each(({ sender }) => sender)}::text[], ${each(({ controlId }) => controlId)}::text[],
    ${each(({ type }) => type)}::text[], ${each(({ event }) => event)}::text[], ${Buffer.concat(pieces)}::bytea,
    ${pieces.map(({ length }) => length)}::integer[]) AS fresh`.execute(db)
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
  const random = randomFillSync(new Uint8Array(8))
  const tail = Buffer.from(random).toString('hex')
  const variant = (((random[0] ?? 0) & 0x3f) | 0x80).toString(16)
  const time = lastMs.toString(16).padStart(12, '0')
  const count = inThisMs.toString(16).padStart(3, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${variant}${tail.slice(2, 4)}-${tail.slice(4)}`
}
