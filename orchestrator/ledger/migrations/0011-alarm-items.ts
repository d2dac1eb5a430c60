import { sql, type Kysely } from 'kysely'

/** The items that caused an alarm when they are several, so that it leads to each of them; `item` is for one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE alarm ADD COLUMN items uuid[] NOT NULL DEFAULT '{}'`.execute(db)
}
