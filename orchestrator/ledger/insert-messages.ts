import { sql } from 'kysely'
import type { NewMessage } from './messages.ts'
import type { LedgerDatabase } from './tables.ts'

/**
 * Inserts messages by one statement: each with what recognises it when it comes again, and its place among the messages
 * of its patients. Gives the ids of the new ones by their index; of two with one MSH-10 the first is new.
 */
export async function insertMessages(
  db: LedgerDatabase,
  messages: readonly NewMessage[],
): Promise<ReadonlyMap<number, string>> {
  const { rows } = await sql<{ index: number; id: string }>`
    WITH arrived AS MATERIALIZED (${arrived(messages)}), fresh AS (
      INSERT INTO message_id (control_id, channel, sender, digest, answer, message)
      SELECT control_id, channel, sender, digest, answer, id FROM arrived ORDER BY index
      ON CONFLICT DO NOTHING RETURNING message
    ), stored AS (
      INSERT INTO message (id, hospital, channel, sender, control_id, type, event, patients, sealed, state)
      SELECT id, hospital, channel, sender, control_id, type, event, keys, sealed, 'stored'
      FROM arrived JOIN fresh ON fresh.message = arrived.id ORDER BY index
      RETURNING id, hospital, patients, place, received_at
    ), queued AS (
      INSERT INTO patient_queue (hospital, key, place, message)
      SELECT hospital, unnest(patients), place, id FROM stored
    ), findable AS (
      INSERT INTO message_patient (hospital, number, place, message, received_at)
      SELECT DISTINCT stored.hospital, unnest(numbers), place, id, received_at FROM stored JOIN arrived USING (id)
    )
    SELECT index, id FROM arrived JOIN fresh ON fresh.message = arrived.id`.execute(db)
  return new Map(rows.map(({ index, id }) => [index, id]))
}

/**
 * The messages as rows. Their sealed bytes travel in one piece, to be cut here: as elements of an array they would go
 * as text, twice as long. The patients of each, which are few, go as the text of an array.
 */
function arrived(messages: readonly NewMessage[]) {
  const each = <Value>(value: (message: NewMessage) => Value) => messages.map(value)
  const keys = each(({ patients }) => arrayOf(patients.map(({ key }) => key)))
  const numbers = each(({ patients }) => arrayOf(patients.map(({ number }) => number)))
  const sealed = each((message) => message.sealed)
  return sql`
    SELECT hospital, channel, sender, control_id, type, event, digest, answer, gen_random_uuid() AS id,
      keys::bytea[] AS keys, numbers::bytea[] AS numbers, (place - 1)::integer AS index,
      substring(${Buffer.concat(sealed)}::bytea FROM begins FOR size) AS sealed
    FROM unnest(
      ${each(({ hospital }) => hospital)}::text[], ${each(({ channel }) => channel)}::text[],
      ${each(({ sender }) => sender)}::text[], ${each(({ controlId }) => controlId)}::text[],
      ${each(({ type }) => type)}::text[], ${each(({ event }) => event)}::text[],
      ${each(({ digest }) => digest)}::bytea[], ${each(({ answer }) => answer)}::bytea[],
      ${keys}::text[], ${numbers}::text[],
      ${begins(sealed)}::integer[], ${sealed.map(({ length }) => length)}::integer[]
    ) WITH ORDINALITY AS m (hospital, channel, sender, control_id, type, event, digest, answer, keys, numbers, begins, size, place)`
}

/** Where each begins when they stand one after another; PostgreSQL counts bytes from 1. */
function begins(pieces: readonly Buffer[]): number[] {
  let next = 1
  return pieces.map(({ length }) => {
    next += length
    return next - length
  })
}

function arrayOf(values: readonly Buffer[]): string {
  return `{${values.map((value) => `"\\\\x${value.toString('hex')}"`).join()}}`
}
