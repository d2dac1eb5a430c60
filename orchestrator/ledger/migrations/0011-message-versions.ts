import { sql, type Kysely } from 'kysely'

/** Which version of each robot read a message last, by the robot's name: a replay can ask for the same. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE message ADD COLUMN read_by jsonb NOT NULL DEFAULT '{}'`.execute(db)
}
