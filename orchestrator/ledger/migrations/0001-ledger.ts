import { sql, type Kysely } from 'kysely'

/** The first ledger: who, what is put to work, what was found and what was done. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [tenants, work, history]) await part.execute(db)
}

const tenants = sql`
CREATE TABLE hospital (
  id text PRIMARY KEY CHECK (id ~ '^[a-z0-9-]{1,40}$'),
  name text NOT NULL,
  time_zone text NOT NULL DEFAULT 'Europe/Amsterdam'
);
CREATE TABLE norm (
  hospital text NOT NULL REFERENCES hospital,
  valid_from date NOT NULL,
  name text NOT NULL,
  hours_per_year numeric(7, 1) NOT NULL CHECK (hours_per_year > 0),
  PRIMARY KEY (hospital, valid_from)
);
CREATE TABLE system (
  hospital text NOT NULL REFERENCES hospital,
  id text NOT NULL CHECK (id ~ '^[a-z0-9-]{1,40}$'),
  kind text NOT NULL CHECK (kind IN ('web', 'fhir')),
  address text NOT NULL,
  seats integer NOT NULL CHECK (seats > 0),
  settings jsonb NOT NULL DEFAULT '{}',
  held_reason text,
  held_until timestamptz,
  failures integer NOT NULL DEFAULT 0,
  open_until timestamptz,
  trial_until timestamptz,
  PRIMARY KEY (hospital, id)
);
CREATE TABLE seat (
  hospital text NOT NULL,
  system text NOT NULL,
  number integer NOT NULL,
  worker uuid,
  lease_until timestamptz,
  PRIMARY KEY (hospital, system, number),
  FOREIGN KEY (hospital, system) REFERENCES system
);
CREATE TABLE secret (
  hospital text NOT NULL REFERENCES hospital,
  name text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  sealed bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (hospital, name, version)
);
CREATE TABLE deployment (
  id text PRIMARY KEY CHECK (id ~ '^[a-z0-9-]{1,80}$'),
  hospital text NOT NULL REFERENCES hospital,
  bot text NOT NULL,
  mode text NOT NULL CHECK (mode IN ('off', 'shadow', 'live')),
  settings jsonb NOT NULL DEFAULT '{}',
  responsible text NOT NULL,
  parked_share numeric(5, 4) NOT NULL DEFAULT 0 CHECK (parked_share BETWEEN 0 AND 1),
  outside_seconds integer NOT NULL DEFAULT 0 CHECK (outside_seconds >= 0),
  unexpected_in_a_row integer NOT NULL DEFAULT 0,
  stopped_at timestamptz,
  stopped_reason text,
  UNIQUE (id, hospital)
);
CREATE TABLE deployment_system (
  deployment text NOT NULL,
  hospital text NOT NULL,
  role text NOT NULL,
  system text NOT NULL,
  PRIMARY KEY (deployment, role),
  FOREIGN KEY (deployment, hospital) REFERENCES deployment (id, hospital),
  FOREIGN KEY (hospital, system) REFERENCES system
);
CREATE TABLE trigger (
  id text PRIMARY KEY CHECK (id ~ '^[a-z0-9-]{1,80}$'),
  deployment text NOT NULL REFERENCES deployment,
  kind text NOT NULL CHECK (kind IN ('schedule', 'hl7')),
  cron text,
  missed text NOT NULL DEFAULT 'last' CHECK (missed IN ('all', 'last', 'none')),
  next_at timestamptz,
  message_types text[],
  CHECK (CASE kind WHEN 'schedule' THEN cron IS NOT NULL ELSE message_types IS NOT NULL END)
);
CREATE TABLE channel (
  id text PRIMARY KEY CHECK (id ~ '^[a-z0-9-]{1,80}$'),
  hospital text NOT NULL REFERENCES hospital,
  port integer NOT NULL CHECK (port BETWEEN 0 AND 65535),
  senders text[] NOT NULL DEFAULT '{}',
  charset text NOT NULL DEFAULT '8859/1'
);
CREATE TABLE worker (
  id uuid PRIMARY KEY,
  host text NOT NULL,
  pid integer NOT NULL,
  concurrency integer NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  heartbeat_at timestamptz NOT NULL DEFAULT now()
);`

const work = sql`
CREATE TABLE message (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  hospital text NOT NULL REFERENCES hospital,
  channel text NOT NULL REFERENCES channel,
  sender text NOT NULL,
  control_id text NOT NULL,
  digest bytea NOT NULL,
  sealed bytea NOT NULL,
  answer bytea NOT NULL,
  state text NOT NULL CHECK (state IN ('stored', 'routed', 'ignored', 'aside')),
  reason text,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (channel, sender, control_id)
);
CREATE INDEX message_waiting ON message (received_at) WHERE state = 'stored';
CREATE TABLE run (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  hospital text NOT NULL REFERENCES hospital,
  deployment text NOT NULL REFERENCES deployment,
  kind text NOT NULL CHECK (kind IN ('schedule', 'hl7', 'by-hand')),
  trigger text REFERENCES trigger,
  planned_at timestamptz,
  message uuid REFERENCES message,
  fired_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  state text NOT NULL CHECK (state IN ('waiting', 'collecting', 'collected', 'failed')),
  reason text,
  found integer NOT NULL DEFAULT 0,
  added integer NOT NULL DEFAULT 0,
  attempt integer NOT NULL DEFAULT 0,
  fence bigint NOT NULL DEFAULT 0,
  worker uuid,
  lease_until timestamptz,
  due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (trigger, planned_at),
  UNIQUE (deployment, message)
);
CREATE INDEX run_newest ON run (deployment, fired_at);
CREATE INDEX run_open ON run (due_at) WHERE state IN ('waiting', 'collecting');
CREATE TABLE item (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  hospital text NOT NULL REFERENCES hospital,
  deployment text NOT NULL REFERENCES deployment,
  run uuid REFERENCES run,
  reference text NOT NULL,
  case_reference text NOT NULL,
  data jsonb NOT NULL,
  marker text NOT NULL UNIQUE,
  state text NOT NULL CHECK (state IN ('queued', 'claimed', 'armed', 'unsure', 'done', 'parked', 'cancelled')),
  parked_kind text CHECK (parked_kind IN ('business', 'technical', 'unsure')),
  code text,
  sentence text,
  variant text,
  outcome text CHECK (outcome IN ('done', 'nothing', 'by-hand', 'shadow')),
  fence bigint NOT NULL DEFAULT 0,
  attempt integer NOT NULL DEFAULT 0,
  looks integer NOT NULL DEFAULT 0,
  worker uuid,
  lease_until timestamptz,
  due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  rung_at timestamptz,
  arrived_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz,
  compared_at timestamptz,
  CHECK ((state = 'parked') = (parked_kind IS NOT NULL)),
  CHECK ((state = 'done') = (outcome IS NOT NULL))
);
CREATE UNIQUE INDEX item_once ON item (deployment, reference) WHERE state <> 'cancelled';
CREATE INDEX item_queued ON item (due_at) WHERE state = 'queued';
CREATE INDEX item_unsure ON item (due_at) WHERE state = 'unsure';
CREATE INDEX item_held ON item (lease_until) WHERE state IN ('claimed', 'armed');
CREATE INDEX item_parked ON item (deployment, arrived_at) WHERE state = 'parked';
CREATE INDEX item_uncompared ON item (finished_at) WHERE state = 'done' AND outcome = 'done' AND compared_at IS NULL;
CREATE INDEX item_of_run ON item (run) WHERE run IS NOT NULL;
CREATE INDEX item_newest ON item (deployment, arrived_at);
CREATE TABLE act (
  item uuid NOT NULL REFERENCES item,
  name text NOT NULL,
  key text NOT NULL DEFAULT '',
  state text NOT NULL CHECK (state IN ('armed', 'void', 'done')),
  how text CHECK (how IN ('pressed', 'already-there', 'reconciled', 'shadow')),
  fence bigint NOT NULL,
  payload_hash bytea NOT NULL,
  verifiable boolean NOT NULL,
  repeatable boolean NOT NULL,
  reference text,
  shadow_payload jsonb,
  armed_at timestamptz,
  finished_at timestamptz,
  PRIMARY KEY (item, name, key),
  CHECK ((state = 'done') = (how IS NOT NULL))
);
CREATE UNIQUE INDEX act_armed_once ON act (item) WHERE state = 'armed';`

const history = sql`
CREATE TABLE event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  item uuid NOT NULL REFERENCES item,
  at timestamptz NOT NULL DEFAULT now(),
  kind text NOT NULL,
  attempt integer NOT NULL,
  fence bigint NOT NULL,
  worker uuid,
  name text,
  code text,
  sentence text,
  ms integer,
  detail jsonb
);
CREATE INDEX event_of_item ON event (item, id);
CREATE TABLE alarm (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hospital text NOT NULL REFERENCES hospital,
  deployment text REFERENCES deployment,
  item uuid REFERENCES item,
  kind text NOT NULL,
  sentence text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE evidence (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  item uuid NOT NULL REFERENCES item,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  attempt integer NOT NULL,
  label text NOT NULL,
  media_type text NOT NULL,
  sealed bytea NOT NULL
);
CREATE INDEX evidence_of_item ON evidence (item, id);`
