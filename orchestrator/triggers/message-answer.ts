import { sql, type RawBuilder } from 'kysely'
import { asFailure } from '../../connectors/failure.ts'
import { readMessage } from '../../connectors/hl7/message.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'

/** What the sender of a message was told: MSA-1, such as `AA`. Null when the answer is kept no more, or there was none. */
export async function readAnswer(db: LedgerDatabase, message: string): Promise<string | null> {
  const { rows } = await answerQuery(message).execute(db)
  const [row] = rows
  if (!row || row.answer.length === 0) return null
  try {
    return readMessage(row.answer).get('MSA-1') ?? null
  } catch (error) {
    if (asFailure(error).code === 'hl7-unreadable') return null
    throw error
  }
}

/** The statement of `readAnswer`: by what recognises the message, for what is kept of answers has no other index. */
export function answerQuery(message: string): RawBuilder<{ answer: Buffer }> {
  return sql<{ answer: Buffer }>`SELECT i.answer FROM message m
    JOIN message_id i ON (i.control_id, i.channel, i.sender) = (m.control_id, m.channel, m.sender) AND i.message = m.id
    WHERE m.id = ${message}`
}
