import { sql, type Kysely } from 'kysely'

/** What administrators change and how that is kept: changes, drafts, closing days, credentials' dates, tries of systems. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [changes, keptAsWritten, settings, drafts, systems, given]) await part.execute(db)
}

const changes = sql`
CREATE TABLE change (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hospital text NOT NULL REFERENCES hospital,
  account text NOT NULL CHECK (account <> ''),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  what text NOT NULL CHECK (what ~ '^[a-z0-9-]{1,60}$'),
  subject text NOT NULL,
  before jsonb,
  after jsonb,
  undoes bigint REFERENCES change
);
CREATE INDEX change_newest ON change (hospital, id);
CREATE INDEX change_of_subject ON change (hospital, subject, id);`

const keptAsWritten = sql`
CREATE FUNCTION change_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'What was changed stays written down as it is.';
END $$;
CREATE TRIGGER change_stays BEFORE UPDATE OR DELETE ON change FOR EACH ROW EXECUTE FUNCTION change_stays();
CREATE TRIGGER change_stays_whole BEFORE TRUNCATE ON change FOR EACH STATEMENT EXECUTE FUNCTION change_stays();`

/** A trigger that is taken away leaves its runs as they are. */
const settings = sql`
ALTER TABLE hospital ADD COLUMN four_eyes boolean NOT NULL DEFAULT false;
ALTER TABLE trigger ADD COLUMN skip_holidays boolean NOT NULL DEFAULT false;
CREATE TABLE closing_day (
  hospital text NOT NULL REFERENCES hospital,
  day date NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  PRIMARY KEY (hospital, day)
);
ALTER TABLE run ADD COLUMN most integer CHECK (most > 0);
ALTER TABLE run DROP CONSTRAINT run_trigger_fkey;
ALTER TABLE run ADD FOREIGN KEY (trigger) REFERENCES trigger ON DELETE SET NULL;
ALTER TABLE fhir_poll DROP CONSTRAINT fhir_poll_trigger_fkey;
ALTER TABLE fhir_poll ADD FOREIGN KEY (trigger) REFERENCES trigger ON DELETE CASCADE;
ALTER TABLE fhir_seen DROP CONSTRAINT fhir_seen_trigger_fkey;
ALTER TABLE fhir_seen ADD FOREIGN KEY (trigger) REFERENCES fhir_poll ON DELETE CASCADE;`

const drafts = sql`
CREATE TABLE draft (
  deployment text PRIMARY KEY CHECK (deployment ~ '^[a-z0-9-]{1,80}$'),
  hospital text NOT NULL REFERENCES hospital,
  bot text NOT NULL,
  content jsonb NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  tried_run uuid REFERENCES run,
  tried_item uuid REFERENCES item,
  asked_by text,
  asked_at timestamptz,
  CHECK ((asked_by IS NULL) = (asked_at IS NULL))
);`

const systems = sql`
CREATE TABLE credential (
  hospital text NOT NULL,
  system text NOT NULL,
  part text NOT NULL CHECK (part IN ('sign-in', 'certificate-key', 'proxy')),
  entered_by text NOT NULL,
  entered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  renew_on date,
  PRIMARY KEY (hospital, system, part),
  FOREIGN KEY (hospital, system) REFERENCES system ON DELETE CASCADE
);
CREATE TABLE system_check (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  hospital text NOT NULL,
  system text NOT NULL,
  asked_by text NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  taken_at timestamptz,
  finished_at timestamptz,
  findings jsonb,
  FOREIGN KEY (hospital, system) REFERENCES system ON DELETE CASCADE,
  CHECK ((finished_at IS NULL) = (findings IS NULL))
);
CREATE INDEX system_check_newest ON system_check (hospital, system, asked_at);`

/** What bots gave at each hospital, for the catalogues of the others; worked out once a day. */
const given = sql`
CREATE TABLE bot_given (
  bot text NOT NULL,
  hospital text NOT NULL REFERENCES hospital,
  items integer NOT NULL CHECK (items >= 5),
  net_hours numeric(14, 4) NOT NULL,
  PRIMARY KEY (bot, hospital)
);
CREATE TABLE bot_given_upkeep (day date PRIMARY KEY);`
