import { sql, type Kysely } from 'kysely'

/** What operating needs: what is wanted of workers, how the sweeper fares, what is kept for how long, keys that last. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [workers, sweeps, retention, keys]) await part.execute(db)
}

const workers = sql`
ALTER TABLE worker ADD COLUMN version text NOT NULL DEFAULT '';
ALTER TABLE worker ADD COLUMN node text NOT NULL DEFAULT '';
ALTER TABLE worker ADD COLUMN key_head bytea NOT NULL DEFAULT '';
ALTER TABLE worker ADD COLUMN wanted text NOT NULL DEFAULT 'work' CHECK (wanted IN ('work', 'drain', 'stop'));
ALTER TABLE worker ADD COLUMN wanted_by text;
ALTER TABLE worker ADD COLUMN wanted_at timestamptz;
ALTER TABLE worker ADD COLUMN takes boolean NOT NULL DEFAULT true;
CREATE INDEX item_of_worker ON item (worker) WHERE worker IS NOT NULL;`

const sweeps = sql`
CREATE TABLE sweep (
  part text PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  failed_at timestamptz,
  sentence text
);`

/**
 * Evidence, and the steps in the histories, of items that are done go by hospital, by a function with its owner's rights and in no
 * other way: what counts in a history stays, for savings are recounted from it. What has no days is kept for ever.
 */
const retention = sql`
CREATE TABLE retention (
  hospital text NOT NULL REFERENCES hospital,
  what text NOT NULL CHECK (what IN ('evidence', 'steps')),
  days integer NOT NULL CHECK (days BETWEEN 30 AND 3650),
  PRIMARY KEY (hospital, what)
);
CREATE TABLE retention_upkeep (day date PRIMARY KEY);
CREATE INDEX item_ended ON item (hospital, finished_at) WHERE state = 'done';
CREATE FUNCTION drop_outlived(kind text, most integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = ontregel, pg_temp AS $$
DECLARE
  gone integer;
BEGIN
  IF kind = 'evidence' THEN
    DELETE FROM evidence WHERE id IN (
      SELECT e.id FROM retention r JOIN item i ON i.hospital = r.hospital JOIN evidence e ON e.item = i.id
      WHERE r.what = 'evidence' AND i.state = 'done' AND i.finished_at < clock_timestamp() - r.days * interval '1 day' LIMIT most);
  ELSE
    DELETE FROM event WHERE id IN (
      SELECT e.id FROM retention r JOIN item i ON i.hospital = r.hospital JOIN event e ON e.item = i.id
      WHERE r.what = 'steps' AND e.kind IN ('step', 'step-failed') AND i.state = 'done' AND i.finished_at < clock_timestamp() - r.days * interval '1 day' LIMIT most);
  END IF;
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;`

const keys = sql`
CREATE TABLE lasting_key (
  name text PRIMARY KEY,
  sealed bytea NOT NULL
);`
