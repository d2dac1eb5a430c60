import { sql, type Kysely } from 'kysely'

/** What an alarm of a recount is about, the same each night that it finds it: what is open already is raised no second time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE alarm ADD COLUMN about text`.execute(db)
}
