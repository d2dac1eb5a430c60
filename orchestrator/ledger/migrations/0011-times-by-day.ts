import { sql, type Kysely } from 'kysely'

/**
 * One row of lead times for each deployment and day: how many items, how long together, and how many within a day of their
 * arrival. On a scale of steps it would be five rows a day, of which no figure tells anything else.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [together, keeping]) await part.execute(db)
}

const together = sql`
ALTER TABLE lead_time DROP COLUMN within, ADD COLUMN within_a_day integer NOT NULL, ADD PRIMARY KEY (deployment, day),
  ADD CHECK (within_a_day BETWEEN 0 AND items);`

const keeping = sql`
CREATE OR REPLACE FUNCTION lead_time_of_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  seconds numeric := round(extract(epoch FROM NEW.finished_at - NEW.arrived_at));
BEGIN
  INSERT INTO lead_time AS l (deployment, day, items, seconds, within_a_day)
  SELECT NEW.deployment, (NEW.finished_at AT TIME ZONE h.time_zone)::date, 1, seconds, (seconds <= 86400)::int
  FROM hospital h WHERE h.id = NEW.hospital
  ON CONFLICT (deployment, day) DO UPDATE SET items = l.items + 1, seconds = l.seconds + excluded.seconds,
    within_a_day = l.within_a_day + excluded.within_a_day;
  RETURN NULL;
END $$;`
