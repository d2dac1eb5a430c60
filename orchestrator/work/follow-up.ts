import type { Bot, Json } from '../../bots/bot.ts'
import { Failure } from '../../connectors/failure.ts'
import type { FollowUp } from '../ledger/finish.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'

/**
 * The item that a bot hands to another, for the one deployment of that bot at the same hospital.
 * @throws unexpected when there is no such bot or not exactly one deployment of it, business when the item is not readable
 */
export async function followUpFor(
  db: LedgerDatabase,
  bots: ReadonlyMap<string, Bot>,
  hospital: string,
  name: string,
  item: Json,
): Promise<FollowUp> {
  const deployments = await db
    .selectFrom('deployment')
    .select('id')
    .where('hospital', '=', hospital)
    .where('bot', '=', name)
    .where('mode', '!=', 'off')
    .execute()
  const bot = bots.get(name)
  const [only] = deployments
  if (!bot || !only || deployments.length > 1) {
    const sentence = `An item goes on to bot "${name}", which must have exactly one deployment here: put it to work once.`
    throw new Failure('unexpected', 'follow-up', sentence)
  }
  const data = bot.readItem(item)
  return { deployment: only.id, reference: bot.reference(data), caseReference: bot.caseReference(data), data }
}
