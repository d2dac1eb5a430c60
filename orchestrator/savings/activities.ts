import { sql } from 'kysely'
import type { Bot } from '../../bots/bot.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'

/**
 * Tells the ledger the activity of each bot, so that one case is counted once for it. A deployment keeps the activity
 * it was first known by: what was counted under it does not change when the bot's code does.
 */
export async function noteActivities(db: LedgerDatabase, bots: Iterable<Bot>): Promise<void> {
  for (const { name, activity } of bots) {
    await sql`INSERT INTO bot_activity (bot, activity) VALUES (${name}, ${activity})
      ON CONFLICT (bot) DO UPDATE SET activity = excluded.activity WHERE bot_activity.activity <> excluded.activity`.execute(
      db,
    )
    await sql`UPDATE deployment SET activity = ${activity} WHERE bot = ${name} AND activity IS NULL`.execute(
      db,
    )
  }
}
