import type { Bot } from '../../../bots/bot.ts'
import { bots } from '../../../bots/index.ts'
import { Failure } from '../../../connectors/failure.ts'
import type { NewItem } from '../../../orchestrator/ledger/items.ts'

/** Which item it is, and of which robot. */
export interface KnownItem {
  readonly bot: string
  readonly reference: string
}

/**
 * A corrected item as its robot reads it; it must still be the same case.
 * @throws business with the field that is not right; what was filled in is never quoted
 */
export function correctedItem(item: KnownItem, raw: unknown): NewItem {
  const bot = botOf(item.bot)
  const data = bot.readItem(raw)
  const reference = bot.reference(data)
  // An item that could not be read has a reference of our making: correcting it gives the real one.
  if (reference !== item.reference && !item.reference.startsWith('unreadable-')) {
    const sentence =
      'Field data: this is another case than the item’s. Correct the item itself, or cancel it.'
    throw new Failure('business', 'another-case', sentence)
  }
  return { reference, caseReference: bot.caseReference(data), data }
}

/** @throws business when the robot has no such variant */
export function expectVariant(name: string, variant: string): void {
  const { variants } = botOf(name)
  if (Object.hasOwn(variants, variant)) return
  const known = Object.keys(variants).join(', ')
  throw new Failure('business', 'field-invalid', `Field variant: must be one of: ${known}.`)
}

function botOf(name: string): Bot {
  const bot = bots.get(name)
  if (bot) return bot
  const sentence = `Robot ${name} is not in this version: handle this item where it runs, or update Ontregel.`
  throw new Failure('business', 'bot-unknown', sentence)
}
