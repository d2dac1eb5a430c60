import { sql, type Kysely } from 'kysely'

/** A robot of another make that reports what it did has a role of its own, which no person has. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE api_token DROP CONSTRAINT api_token_role_check,
    ADD CONSTRAINT api_token_role_check CHECK (role IN ('administrator', 'it', 'programme', 'auditor', 'reporter'))`.execute(
    db,
  )
}
