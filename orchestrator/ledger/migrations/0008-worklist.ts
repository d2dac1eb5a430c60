import { sql, type Kysely } from 'kysely'

/** What people do with items: finding them, lists they offer, taking and working on parked ones, many at once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [items, working, several, lists, alarms, lookers]) await part.execute(db)
}

// Newest first with the id to tell equal times apart, so that a page goes on exactly where the last one ended; with the
// hospital, for row security asks for it, and what it keeps from an index is read row by row.
const items = sql`
ALTER TABLE item ADD COLUMN bot_version text;
DROP INDEX item_newest;
CREATE INDEX item_newest ON item (deployment, hospital, arrived_at, id);
DROP INDEX item_parked;
CREATE INDEX item_not_done ON item (deployment, state, arrived_at, id) WHERE state <> 'done';
CREATE INDEX item_sign_in ON item (deployment) WHERE state <> 'done' AND code IN ('credentials-missing',
  'sign-in-code-missing', 'sign-in-lost', 'sign-in-refused', 'sign-in-settings', 'sign-in-unavailable');`

const working = sql`
CREATE TABLE item_taken (
  item uuid PRIMARY KEY REFERENCES item,
  hospital text NOT NULL REFERENCES hospital,
  account text NOT NULL,
  by_account text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  draft jsonb
);
CREATE TABLE work_session (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  hospital text NOT NULL REFERENCES hospital,
  item uuid NOT NULL REFERENCES item,
  account text NOT NULL,
  opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  by_hand_at timestamptz,
  ended_at timestamptz,
  ended_how text CHECK (ended_how IN ('given-back', 'done', 'cancelled', 'released', 'taken-over')),
  human_seconds integer CHECK (human_seconds >= 0),
  CHECK ((ended_at IS NULL) = (ended_how IS NULL) AND (ended_at IS NULL) = (human_seconds IS NULL))
);
CREATE UNIQUE INDEX work_session_open ON work_session (item) WHERE ended_at IS NULL;
CREATE INDEX work_session_of_item ON work_session (item, opened_at);
CREATE TABLE work_beat (
  session uuid NOT NULL REFERENCES work_session,
  hospital text NOT NULL REFERENCES hospital,
  at timestamptz NOT NULL,
  PRIMARY KEY (session, at)
);`

const several = sql`
CREATE TABLE bulk (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  hospital text NOT NULL REFERENCES hospital,
  account text NOT NULL,
  handling text NOT NULL CHECK (handling IN ('retry', 'park', 'cancel')),
  reason text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  carried_out_at timestamptz
);
CREATE TABLE bulk_item (
  bulk uuid NOT NULL REFERENCES bulk,
  hospital text NOT NULL REFERENCES hospital,
  item uuid NOT NULL REFERENCES item,
  fence bigint NOT NULL,
  state text NOT NULL,
  refused text,
  result text CHECK (result IN ('changed', 'left')),
  PRIMARY KEY (bulk, item)
);`

const lists = sql`
ALTER TABLE run DROP CONSTRAINT run_kind_check;
ALTER TABLE run ADD CONSTRAINT run_kind_check CHECK (kind IN ('schedule', 'hl7', 'fhir', 'by-hand', 'list'));
CREATE TABLE item_list (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  hospital text NOT NULL REFERENCES hospital,
  deployment text NOT NULL REFERENCES deployment,
  account text NOT NULL,
  rows integer NOT NULL CHECK (rows > 0),
  sealed bytea,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  accepted_at timestamptz,
  run uuid REFERENCES run
);`

const alarms = sql`
ALTER TABLE alarm ADD COLUMN closed_at timestamptz, ADD COLUMN closed_by text;
CREATE INDEX alarm_open ON alarm (hospital, id) WHERE closed_at IS NULL;`

/** Who looked at an item is asked by its id alone. */
const lookers = sql`CREATE INDEX access_entry_subject ON access_entry USING hash (subject);`
