import { sql, type Kysely } from 'kysely'

/** What robots of another make reported, import by import, and how one that was taken in wrongly is taken back as a whole. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [imports, ofItems, itemsStay, creditsStay, rollUps]) await part.execute(db)
}

/** An import stays as it was taken in; it is withdrawn once, with a reason and a name. */
const imports = sql`
CREATE TABLE reported_import (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hospital text NOT NULL REFERENCES hospital,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  account text NOT NULL CHECK (account <> ''),
  reported_by text NOT NULL CHECK (reported_by <> ''),
  source text NOT NULL CHECK (source IN ('file', 'api')),
  digest bytea NOT NULL CHECK (length(digest) = 32),
  items integer NOT NULL CHECK (items > 0),
  withdrawn_at timestamptz,
  withdrawn_by text CHECK (withdrawn_by <> ''),
  withdrawn_name text CHECK (withdrawn_name <> ''),
  withdrawn_reason text CHECK (withdrawn_reason <> ''),
  UNIQUE (id, hospital),
  CHECK (num_nulls(withdrawn_at, withdrawn_by, withdrawn_name, withdrawn_reason) IN (0, 4))
);
CREATE UNIQUE INDEX reported_import_once ON reported_import (hospital, digest) WHERE withdrawn_at IS NULL;
CREATE TABLE reported_import_day (
  import bigint NOT NULL,
  hospital text NOT NULL,
  deployment text NOT NULL,
  day date NOT NULL,
  items integer NOT NULL CHECK (items > 0),
  PRIMARY KEY (import, deployment, day),
  FOREIGN KEY (import, hospital) REFERENCES reported_import (id, hospital),
  FOREIGN KEY (deployment, hospital) REFERENCES deployment (id, hospital)
);
CREATE INDEX reported_import_day_of ON reported_import_day (deployment);
CREATE FUNCTION import_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'reported_import' THEN
    IF to_jsonb(OLD) ->> 'withdrawn_at' IS NULL AND to_jsonb(NEW) ->> 'withdrawn_at' IS NOT NULL
      AND to_jsonb(OLD) - '{withdrawn_at,withdrawn_by,withdrawn_name,withdrawn_reason}'::text[]
        = to_jsonb(NEW) - '{withdrawn_at,withdrawn_by,withdrawn_name,withdrawn_reason}'::text[] THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'An import stays as it was taken in; it is withdrawn once, as a whole.' USING CONSTRAINT = 'import_stays';
END $$;
CREATE TRIGGER import_stays BEFORE UPDATE OR DELETE ON reported_import FOR EACH ROW EXECUTE FUNCTION import_stays();
CREATE TRIGGER import_stays BEFORE UPDATE OR DELETE ON reported_import_day FOR EACH ROW EXECUTE FUNCTION import_stays();`

const ofItems = sql`
ALTER TABLE item ADD COLUMN import bigint, ADD FOREIGN KEY (import, hospital) REFERENCES reported_import (id, hospital),
  ADD CHECK (import IS NULL OR reported_by IS NOT NULL);
CREATE INDEX item_of_import ON item (import) WHERE import IS NOT NULL;
CREATE INDEX event_taken_back ON event (item, id) WHERE kind IN ('withdrawn', 'reweighed');
CREATE FUNCTION import_withdrawn(of_item uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM item i JOIN reported_import w ON w.id = i.import
    WHERE i.id = of_item AND w.withdrawn_at IS NOT NULL)
$$;`

/** What was done stays done, but for what was reported and whose import is withdrawn; and that stays withdrawn. */
const itemsStay = sql`
CREATE FUNCTION done_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'done' AND NEW.state = 'cancelled' AND NEW.import = OLD.import AND import_withdrawn(OLD.id)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'What was done stays done: only an import of reported items is withdrawn, as a whole.'
    USING CONSTRAINT = 'done_stays', TABLE = 'item';
END $$;
CREATE TRIGGER done_stays BEFORE UPDATE OF state, import ON item FOR EACH ROW
  WHEN (OLD.import IS DISTINCT FROM NEW.import OR (OLD.state IS DISTINCT FROM NEW.state AND (OLD.state = 'done' OR OLD.import IS NOT NULL)))
  EXECUTE FUNCTION done_stays();`

/**
 * How a credit counts changes for two reasons only: its item was reported and the import is withdrawn, for ever; or the
 * withdrawal of an import decided anew who counts its case, which the item's last such event says.
 */
const creditsStay = sql`
ALTER TABLE credit DROP CONSTRAINT credit_kind_check,
  ADD CONSTRAINT credit_kind_check CHECK (kind IN ('regular', 'one-off', 'left-out', 'shadow', 'withdrawn'));
CREATE FUNCTION credit_kind_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  said text;
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.kind <> 'withdrawn' THEN
    IF to_jsonb(OLD) - 'kind' = to_jsonb(NEW) - 'kind' THEN
      IF NEW.kind = 'withdrawn' AND import_withdrawn(OLD.item) THEN RETURN NEW; END IF;
      SELECT CASE WHEN e.detail ? 'leftOut' THEN 'left-out' WHEN i.one_off THEN 'one-off' ELSE 'regular' END INTO said
      FROM event e JOIN item i ON i.id = e.item JOIN reported_import w ON w.id = (e.detail ->> 'import')::bigint
      WHERE e.item = OLD.item AND e.kind = 'reweighed' AND w.withdrawn_at IS NOT NULL AND w.hospital = i.hospital
      ORDER BY e.id DESC LIMIT 1;
      IF NEW.kind = said THEN RETURN NEW; END IF;
    END IF;
  END IF;
  RAISE EXCEPTION 'How a credit counts stays as it is: only the withdrawal of an import changes it.'
    USING CONSTRAINT = 'credit_kind_stays', TABLE = 'credit';
END $$;
CREATE TRIGGER credit_kind_stays BEFORE UPDATE ON credit FOR EACH ROW
  WHEN (OLD.kind = 'withdrawn' OR OLD.kind IS DISTINCT FROM NEW.kind) EXECUTE FUNCTION credit_kind_stays();
CREATE TRIGGER credit_withdrawn_stays BEFORE DELETE ON credit FOR EACH ROW
  WHEN (OLD.kind = 'withdrawn') EXECUTE FUNCTION credit_kind_stays();`

/** Where a day has no count left, its month and year may begin later, or have none either. */
const rollUps = sql`
CREATE FUNCTION roll_up_days_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE roll_up r SET first_day = (SELECT min(c.day) FROM day_count c
    WHERE (c.deployment, c.variant, c.kind) = (r.deployment, r.variant, r.kind) AND c.outcome <> 'shadow'
      AND c.day >= r.begins AND c.day < r.begins + ('1 ' || r.span)::interval)
  FROM (SELECT DISTINCT s, date_trunc(s, day::timestamp)::date AS begins, deployment, variant, kind
    FROM gone, unnest('{month,year}'::text[]) s WHERE kind <> 'one-off') g
  WHERE (r.span, r.begins, r.deployment, r.variant, r.kind) = (g.s, g.begins, g.deployment, g.variant, g.kind);
  DELETE FROM roll_up r USING (SELECT DISTINCT s, date_trunc(s, day::timestamp)::date AS begins, deployment, variant, kind
    FROM gone, unnest('{month,year}'::text[]) s) g
  WHERE (r.span, r.begins, r.deployment, r.variant, r.kind) = (g.s, g.begins, g.deployment, g.variant, g.kind)
    AND NOT EXISTS (SELECT FROM day_count c WHERE (c.deployment, c.variant, c.kind) = (r.deployment, r.variant, r.kind)
      AND c.day >= r.begins AND c.day < r.begins + ('1 ' || r.span)::interval);
  RETURN NULL;
END $$;
CREATE TRIGGER roll_up_days_gone AFTER DELETE ON day_count REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION roll_up_days_gone();`
