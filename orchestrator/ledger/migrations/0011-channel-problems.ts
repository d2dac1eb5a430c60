import { sql, type Kysely } from 'kysely'

/** The code of why a channel does not listen: by it the reason is told in the reader's language. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE channel ADD COLUMN problem_code text`.execute(db)
}
