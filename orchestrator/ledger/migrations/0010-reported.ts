import { sql, type Kysely } from 'kysely'

/** Items that a robot of another make did and reported. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE item ADD COLUMN reported_by text CHECK (reported_by <> '')`.execute(db)
}
