import { createHash } from 'node:crypto'
import type { Bot } from '../../bots/bot.ts'
import { Failure } from '../../connectors/failure.ts'
import type { NewItem } from '../ledger/items.ts'

/**
 * The item that a bot makes of raw data. What it cannot read is kept as it came, refused with the field and the remedy,
 * under a reference made of its content: parked instead of lost, and once however often it comes.
 */
export function newItem(bot: Bot, raw: unknown): NewItem {
  try {
    const data = bot.readItem(raw)
    return { reference: bot.reference(data), caseReference: bot.caseReference(data), data }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const text = JSON.stringify(raw) ?? 'null'
    const reference = `unreadable-${createHash('sha256').update(text).digest('hex').slice(0, 24)}`
    return {
      reference,
      caseReference: reference,
      data: raw ?? null,
      refused: { code: error.code, sentence: error.message },
    }
  }
}
