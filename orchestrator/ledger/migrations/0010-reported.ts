import { sql, type Kysely } from 'kysely'

/** Items that a robot of another make did and reported, and into which deployments: whoever reads figures never reads items. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE item ADD COLUMN reported_by text CHECK (reported_by <> '')`.execute(db)
  await sql`ALTER TABLE deployment ADD COLUMN reported boolean NOT NULL DEFAULT false`.execute(db)
}
