import { sql, type Kysely } from 'kysely'

/** Since when a hospital is here: before that nothing of it could be recounted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE hospital ADD COLUMN made_at timestamptz NOT NULL DEFAULT clock_timestamp()`.execute(
    db,
  )
}
