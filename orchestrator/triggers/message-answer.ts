import { asFailure } from '../../connectors/failure.ts'
import { readMessage } from '../../connectors/hl7/message.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'

/** What the sender of a message was told: MSA-1, such as `AA`. Null when the answer is kept no more, or there was none. */
export async function readAnswer(db: LedgerDatabase, message: string): Promise<string | null> {
  const row = await db
    .selectFrom('message_id')
    .select('answer')
    .where('message', '=', message)
    .executeTakeFirst()
  if (!row || row.answer.length === 0) return null
  try {
    return readMessage(row.answer).get('MSA-1') ?? null
  } catch (error) {
    if (asFailure(error).code === 'hl7-unreadable') return null
    throw error
  }
}
