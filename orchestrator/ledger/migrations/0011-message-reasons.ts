import { sql, type Kysely } from 'kysely'

/** The code of what a message was set aside for: by it the reason is told in the reader's language. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE message ADD COLUMN reason_code text`.execute(db)
}
