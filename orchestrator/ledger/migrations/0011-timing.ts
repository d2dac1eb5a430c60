import { sql, type Kysely } from 'kysely'

/** Colleagues who do the work by hand time cases of it, by the clock of the ledger, and hear what came of their ideas. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [colleagues, measurements, running, numbered, stays, followed]) await part.execute(db)
}

/** A token has no such role: a machine does nothing by hand. */
const colleagues = sql`
ALTER TABLE account_role DROP CONSTRAINT account_role_role_check,
  ADD CONSTRAINT account_role_role_check CHECK (role IN ('administrator', 'it', 'programme', 'auditor', 'colleague'));`

/** What a colleague must know of it stands in its own row, so that they need not see the deployment. */
const measurements = sql`
ALTER TABLE measurement
  ADD COLUMN bot text NOT NULL,
  ADD COLUMN instruction text NOT NULL DEFAULT '',
  ADD COLUMN ask_above_minutes integer NOT NULL DEFAULT 30 CHECK (ask_above_minutes BETWEEN 1 AND 1440),
  ADD COLUMN cases integer NOT NULL DEFAULT 0,
  DROP CONSTRAINT measurement_check,
  ADD CONSTRAINT measurement_check CHECK ((closed_at IS NOT NULL OR n IS NULL) AND (n IS NULL) = (mean_minutes IS NULL));
ALTER TABLE timed_case ADD COLUMN timing uuid UNIQUE;`

/** One case at a time of each person at a hospital. Its id goes along to the time that is kept, so that it is kept once. */
const running = sql`
CREATE TABLE running_case (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  hospital text NOT NULL REFERENCES hospital,
  measurement uuid NOT NULL REFERENCES measurement,
  account text NOT NULL CHECK (account <> ''),
  item uuid REFERENCES item,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  stopped_at timestamptz CHECK (stopped_at >= started_at),
  UNIQUE (hospital, account)
);
CREATE INDEX running_case_of ON running_case (measurement);`

/**
 * Cases are numbered in the row of their measurement, which also holds back who closes it: a colleague sees their own
 * cases only, and could neither count nor lock. Runs with the rights of who owns the tables.
 */
const numbered = sql`
CREATE FUNCTION timed_case_numbered() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = ontregel, pg_temp AS $$
BEGIN
  UPDATE measurement SET cases = cases + 1
    WHERE id = NEW.measurement AND hospital = NEW.hospital AND closed_at IS NULL RETURNING cases INTO NEW.number;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'A measurement that was closed stays as it is: begin another.' USING CONSTRAINT = 'measurement_closed'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER timed_case_numbered BEFORE INSERT ON timed_case FOR EACH ROW EXECUTE FUNCTION timed_case_numbered();`

/** As it was, but it sees the measurement whoever asks, and waits for who closes it. */
const stays = sql`
CREATE OR REPLACE FUNCTION timed_case_stays() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = ontregel, pg_temp AS $$
BEGIN
  PERFORM FROM measurement WHERE id = OLD.measurement AND closed_at IS NULL FOR UPDATE;
  IF NOT FOUND OR TG_OP = 'DELETE'
    OR (NEW.measurement, NEW.number, NEW.milliseconds, NEW.account, NEW.timing)
      IS DISTINCT FROM (OLD.measurement, OLD.number, OLD.milliseconds, OLD.account, OLD.timing)
  THEN RAISE EXCEPTION 'A timed case stays as it was timed: leave it out of a measurement that is open, or time another.'
    USING CONSTRAINT = 'measurement_closed'; END IF;
  RETURN NEW;
END $$;`

/** What is said about a decision, to those who had the idea and voted for it. */
const followed = sql`
ALTER TABLE idea ADD COLUMN reply text NOT NULL DEFAULT '', ADD COLUMN decided_at timestamptz;`
