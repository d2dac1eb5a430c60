import { sql, type Kysely } from 'kysely'

/**
 * The message store: a table for each month, so that old messages go by dropping one; what recognises a message that
 * comes again stands apart, for a unique key over months is not to be had; and who waits for whom, by patient.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [store, monthsAhead, firstMonths, routing]) await part.execute(db)
}

const store = sql`
ALTER TABLE channel ADD COLUMN retention_days integer NOT NULL DEFAULT 90 CHECK (retention_days BETWEEN 1 AND 3650);
ALTER TABLE channel ADD UNIQUE (id, hospital);
ALTER TABLE run DROP CONSTRAINT run_message_fkey;
DROP TABLE message;
CREATE SEQUENCE message_place;
CREATE TABLE message (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  place bigint NOT NULL DEFAULT nextval('message_place'),
  hospital text NOT NULL,
  channel text NOT NULL,
  sender text NOT NULL,
  control_id text NOT NULL,
  type text NOT NULL,
  event text NOT NULL,
  patients bytea[] NOT NULL DEFAULT '{}',
  sealed bytea NOT NULL,
  state text NOT NULL CHECK (state IN ('stored', 'routed', 'ignored', 'aside', 'skipped')),
  reason text,
  turn integer NOT NULL DEFAULT 0,
  handled_by text,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (id, received_at),
  FOREIGN KEY (channel, hospital) REFERENCES channel (id, hospital),
  CHECK (state <> 'skipped' OR (handled_by IS NOT NULL AND reason IS NOT NULL))
) PARTITION BY RANGE (received_at);
CREATE INDEX message_newest ON message (place);
CREATE INDEX message_open ON message (place) WHERE state IN ('stored', 'aside');
CREATE TABLE message_patient (
  hospital text NOT NULL,
  number bytea NOT NULL,
  place bigint NOT NULL,
  message uuid NOT NULL,
  received_at timestamptz NOT NULL
) PARTITION BY RANGE (received_at);
CREATE INDEX message_patient_found ON message_patient (hospital, number, place);
CREATE TABLE message_id (
  control_id text NOT NULL,
  channel text NOT NULL,
  sender text NOT NULL,
  digest bytea NOT NULL,
  answer bytea NOT NULL,
  message uuid NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (control_id, channel, sender)
);
CREATE INDEX message_id_age ON message_id USING brin (received_at);
CREATE TABLE patient_queue (
  hospital text NOT NULL,
  key bytea NOT NULL,
  place bigint NOT NULL,
  message uuid NOT NULL,
  PRIMARY KEY (hospital, key, place)
);
CREATE TABLE message_upkeep (day date PRIMARY KEY);`

/**
 * A month is made beside its parent and attached, which lets messages come in meanwhile; making it as a part at once
 * would not. Under the lock it looks in the table of tables itself: to_regclass may remember that there was none. Gives
 * how many were made.
 */
const monthsAhead = sql`
CREATE FUNCTION message_months_ahead(months integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  this_month timestamp := date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC');
  begins timestamp;
  made integer := 0;
  parent text;
  child text;
BEGIN
  FOR ahead IN 0 .. months LOOP
    begins := this_month + ahead * interval '1 month';
    FOREACH parent IN ARRAY ARRAY['message', 'message_patient'] LOOP
      child := parent || to_char(begins, '_YYYY_MM');
      CONTINUE WHEN to_regclass(child) IS NOT NULL;
      PERFORM pg_advisory_xact_lock(hashtext('ontregel message months'));
      CONTINUE WHEN EXISTS (SELECT FROM pg_class
        WHERE relname = child AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = parent::regclass));
      EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', child, parent);
      EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', parent, child,
        begins AT TIME ZONE 'UTC', (begins + interval '1 month') AT TIME ZONE 'UTC');
      made := made + 1;
    END LOOP;
  END LOOP;
  RETURN made;
END $$`

const firstMonths = sql`SELECT message_months_ahead(3)`

const routing = sql`
ALTER TABLE run ADD COLUMN message_turn integer NOT NULL DEFAULT 0;
ALTER TABLE run DROP CONSTRAINT run_deployment_message_key;
ALTER TABLE run ADD UNIQUE (deployment, message, message_turn);
CREATE INDEX run_of_message ON run (message) WHERE message IS NOT NULL;
ALTER TABLE trigger ADD COLUMN conditions jsonb NOT NULL DEFAULT '[]';`
