import { sql, type Kysely } from 'kysely'

/** By what the sweeper finds the items of one deployment that were rung for least lately, however many wait elsewhere. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`DROP INDEX item_unsure;
    CREATE INDEX item_unsure ON item (deployment, rung_at NULLS FIRST, due_at) WHERE state = 'unsure';
    CREATE INDEX item_queued_turn ON item (deployment, rung_at NULLS FIRST, due_at) WHERE state = 'queued'`.execute(
    db,
  )
}
