import { sql, type Kysely } from 'kysely'

/**
 * Which transaction wrote what figures are made of, so that who asks again reads what was written since and looks at
 * nothing else: the years that a deployment counted in, and the settings that counts are worth. Each transaction adds marks of
 * its own, so that none waits for another.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [tables, ofCounts, ofSettings]) await part.execute(db)
}

/** Without references: to check one would cost each item, and a mark says nothing that is wrong when a deployment is gone. */
const tables = sql`
CREATE TABLE count_change (
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  deployment text NOT NULL,
  year date NOT NULL,
  PRIMARY KEY (xid, deployment, year)
);
CREATE TABLE settings_change (xid xid8 PRIMARY KEY DEFAULT pg_current_xact_id());`

/** Days and months change with their year. */
const ofCounts = sql`
CREATE FUNCTION note_count_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO count_change (deployment, year)
    VALUES (coalesce(NEW.deployment, OLD.deployment), coalesce(NEW.begins, OLD.begins)) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER note_count_change AFTER INSERT OR UPDATE ON roll_up
  FOR EACH ROW WHEN (NEW.span = 'year') EXECUTE FUNCTION note_count_change();
CREATE TRIGGER note_count_gone AFTER DELETE ON roll_up
  FOR EACH ROW WHEN (OLD.span = 'year') EXECUTE FUNCTION note_count_change();`

/** What is booked for a deployment changes its row. */
const SETTINGS = ['hospital', 'norm', 'deployment', 'baseline', 'chain', 'chain_part', 'one_off', 'realised']

const ofSettings = sql`
CREATE FUNCTION note_settings_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO settings_change DEFAULT VALUES ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
${sql.join(
  SETTINGS.map(
    (table) => sql`CREATE TRIGGER note_settings_change AFTER INSERT OR UPDATE OR DELETE ON ${sql.table(table)}
      FOR EACH STATEMENT EXECUTE FUNCTION note_settings_change()`,
  ),
  sql`;`,
)};`
