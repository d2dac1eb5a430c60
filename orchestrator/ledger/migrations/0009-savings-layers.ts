import { sql, type Kysely } from 'kysely'

/** The layers before and after what is counted: what is expected of a robot, and what became of the hours. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [realised, expected]) await part.execute(db)
}

/** What became of hours, signed by the head of a department: withdrawn, never changed. */
const realised = sql`
CREATE TABLE realised (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hospital text NOT NULL REFERENCES hospital,
  from_day date NOT NULL,
  to_day date NOT NULL CHECK (to_day >= from_day),
  purpose text NOT NULL CHECK (purpose IN ('post-not-refilled', 'temporary-staff-ended', 'overtime-ended', 'more-care', 'less-pressure')),
  department text NOT NULL CHECK (department <> ''),
  hours numeric(12, 2) NOT NULL CHECK (hours > 0),
  net_hours numeric(14, 4) NOT NULL,
  signed_before numeric(14, 2) NOT NULL CHECK (signed_before >= 0),
  signed_name text NOT NULL CHECK (signed_name <> ''),
  signed_by text NOT NULL CHECK (signed_by <> ''),
  signed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  withdrawn_at timestamptz,
  withdrawn_by text,
  withdrawn_reason text,
  CONSTRAINT realised_within_net CHECK (hours <= net_hours - signed_before),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL))
);
CREATE INDEX realised_of ON realised (hospital, from_day);
CREATE FUNCTION realised_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('realised ' || NEW.hospital, 0));
    IF NEW.signed_before <> (SELECT coalesce(sum(r.hours), 0) FROM realised r WHERE r.hospital = NEW.hospital
      AND r.withdrawn_at IS NULL AND r.from_day <= NEW.to_day AND r.to_day >= NEW.from_day) THEN
      RAISE EXCEPTION 'Something else was signed for these days meanwhile: try again.' USING CONSTRAINT = 'realised_meanwhile', TABLE = 'realised';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
    OR to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by' - 'withdrawn_reason'
      IS DISTINCT FROM to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by' - 'withdrawn_reason'
  THEN RAISE EXCEPTION 'What was signed is withdrawn, never changed.' USING CONSTRAINT = 'realised_stays', TABLE = 'realised'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER realised_stays BEFORE INSERT OR UPDATE OR DELETE ON realised FOR EACH ROW EXECUTE FUNCTION realised_stays();`

/** What a robot is expected to give a hospital before it works there. */
const expected = sql`
CREATE TABLE business_case (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hospital text NOT NULL REFERENCES hospital,
  bot text NOT NULL,
  items_per_year integer NOT NULL CHECK (items_per_year > 0),
  minutes numeric(9, 3) CHECK (minutes > 0),
  source text NOT NULL CHECK (source <> ''),
  entered_by text NOT NULL CHECK (entered_by <> ''),
  entered_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX business_case_newest ON business_case (hospital, bot, id);`
