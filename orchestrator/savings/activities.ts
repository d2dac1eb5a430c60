import { sql } from 'kysely'
import type { Bot } from '../../bots/bot.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'

/**
 * Tells the ledger the activity of each bot, so that one case is counted once for it: before anything is set up, taken in
 * or done, for what is counted without one claims no case. A deployment keeps the activity it was first known by: what was
 * counted under it does not change when the bot's code does.
 */
export async function noteActivities(db: LedgerDatabase, bots: Iterable<Bot>): Promise<void> {
  const known = [...bots]
  const given = sql`unnest(${known.map(({ name }) => name)}::text[], ${known.map(({ activity }) => activity)}::text[]) AS given (bot, activity)`
  await sql`INSERT INTO bot_activity (bot, activity) SELECT bot, activity FROM ${given} ORDER BY bot
    ON CONFLICT (bot) DO UPDATE SET activity = excluded.activity WHERE bot_activity.activity <> excluded.activity`.execute(
    db,
  )
  await sql`UPDATE deployment SET activity = given.activity FROM ${given}
    WHERE deployment.bot = given.bot AND deployment.activity IS NULL`.execute(db)
}
