import { sql, type Kysely } from 'kysely'

/** The local days that an alarm is about, both included, so that it leads to what was signed for them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE alarm ADD COLUMN from_day date, ADD COLUMN to_day date,
    ADD CHECK (from_day <= to_day), ADD CHECK ((from_day IS NULL) = (to_day IS NULL))`.execute(db)
}
