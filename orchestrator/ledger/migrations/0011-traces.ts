import { sql, type Kysely } from 'kysely'

/** Evidence that must be gone by a moment: traces of a browser, which show more than a picture. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE evidence ADD COLUMN expires_at timestamptz`.execute(db)
  await sql`CREATE INDEX evidence_expiring ON evidence (expires_at) WHERE expires_at IS NOT NULL`.execute(db)
}
