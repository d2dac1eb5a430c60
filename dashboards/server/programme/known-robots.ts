import { bots } from '../../../bots/index.ts'
import { Failure } from '../../../connectors/failure.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'

/**
 * A robot whose name is mistyped would stand beside the real one for ever. Known are those of the catalogue, those that
 * are put to work at a hospital that the caller sees, and those that already have a phase there: what the pages offer.
 * @param bot null where it stands for none, or all
 * @throws business: names the field
 */
export async function expectRobot(db: LedgerDatabase, bot: string | null): Promise<void> {
  if (bot === null || bots.has(bot)) return
  for (const table of ['deployment', 'adoption'] as const)
    if (await db.selectFrom(table).select('bot').where('bot', '=', bot).limit(1).executeTakeFirst()) return
  const sentence = `Field bot: there is no robot "${bot}"; choose one from the catalogue, or one that is put to work.`
  throw new Failure('business', 'bot-unknown', sentence)
}
