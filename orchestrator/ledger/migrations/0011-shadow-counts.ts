import { sql, type Kysely } from 'kysely'

/**
 * What is parked and what people do while a deployment is in shadow mode is counted apart: there people do the work
 * anyway, so it is in no figure of the savings and begins no measured days.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, kinds] of Object.entries(KINDS))
    await sql`ALTER TABLE ${sql.table(table)} DROP CONSTRAINT ${sql.ref(`${table}_kind_check`)},
      ADD CONSTRAINT ${sql.ref(`${table}_kind_check`)} CHECK (kind IN (${sql.join(kinds.map((kind) => sql.lit(kind)))}))`.execute(
      db,
    )
  await noFirstDay.execute(db)
}

const COUNTED = ['regular', 'one-off', 'left-out', 'shadow']

const KINDS = { day_count: COUNTED, roll_up: COUNTED, credit: [...COUNTED, 'withdrawn'] }

const noFirstDay = sql`
CREATE FUNCTION roll_up_without_first_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.first_day := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER roll_up_without_first_day BEFORE INSERT OR UPDATE ON roll_up FOR EACH ROW
  WHEN (NEW.kind = 'shadow' AND NEW.first_day IS NOT NULL) EXECUTE FUNCTION roll_up_without_first_day();`
