import { sql, type Kysely } from 'kysely'

/** Over which days a night counted again: a list of first and last days, written down when it came to its end. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE nightly_recount ADD COLUMN periods jsonb NOT NULL DEFAULT '[]'`.execute(db)
}
