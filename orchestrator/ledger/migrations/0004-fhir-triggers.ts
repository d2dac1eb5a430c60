import { sql, type Kysely } from 'kysely'

/** Triggers that ask a FHIR server what changed: what they ask, how far they are, and what they have seen of late. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [kinds, polling]) await part.execute(db)
}

const kinds = sql`
ALTER TABLE trigger DROP CONSTRAINT trigger_kind_check;
ALTER TABLE trigger ADD CONSTRAINT trigger_kind_check CHECK (kind IN ('schedule', 'hl7', 'fhir'));
ALTER TABLE trigger DROP CONSTRAINT trigger_check;
ALTER TABLE trigger ADD CONSTRAINT trigger_check CHECK (
  CASE kind WHEN 'schedule' THEN cron IS NOT NULL WHEN 'hl7' THEN message_types IS NOT NULL ELSE true END
);
ALTER TABLE run DROP CONSTRAINT run_kind_check;
ALTER TABLE run ADD CONSTRAINT run_kind_check CHECK (kind IN ('schedule', 'hl7', 'fhir', 'by-hand'));`

const polling = sql`
CREATE TABLE fhir_poll (
  trigger text PRIMARY KEY REFERENCES trigger,
  role text NOT NULL,
  resource_type text NOT NULL CHECK (resource_type ~ '^[A-Z][A-Za-z]{1,63}$'),
  parameters jsonb NOT NULL DEFAULT '{}',
  since timestamptz,
  every_seconds integer NOT NULL CHECK (every_seconds > 0),
  overlap_seconds integer NOT NULL CHECK (overlap_seconds >= 0),
  sorted boolean NOT NULL,
  notified boolean NOT NULL,
  cursor timestamptz,
  seen_from timestamptz,
  due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  polled_at timestamptz,
  asked bigint NOT NULL DEFAULT 0,
  fence bigint NOT NULL DEFAULT 0,
  worker uuid,
  lease_until timestamptz,
  failures integer NOT NULL DEFAULT 0,
  reason text,
  subscribed_endpoint text,
  subscription_due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  subscription_failures integer NOT NULL DEFAULT 0,
  CHECK ((worker IS NULL) = (lease_until IS NULL))
);
CREATE TABLE fhir_seen (
  trigger text NOT NULL REFERENCES fhir_poll,
  resource text NOT NULL,
  version text NOT NULL,
  last_updated timestamptz NOT NULL,
  PRIMARY KEY (trigger, resource, version)
);
CREATE INDEX fhir_seen_age ON fhir_seen (trigger, last_updated);`
