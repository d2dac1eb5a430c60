import { sql, type Kysely } from 'kysely'

/**
 * What is signed is held against the net hours of its calendar year, so it lies in one. What was signed before stays, and
 * can be withdrawn.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE realised ADD CONSTRAINT realised_one_year
    CHECK (withdrawn_at IS NOT NULL OR extract(year FROM from_day) = extract(year FROM to_day)) NOT VALID`.execute(
    db,
  )
}
