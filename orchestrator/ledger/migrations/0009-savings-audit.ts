import { sql, type Kysely } from 'kysely'

/** Savings that stand up to an auditor: what may be counted, and what never changes once it was used. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [kinds, claims, measuring, chains, baselines, oneOff, upkeep]) await part.execute(db)
}

/** Work of a backlog that is cleared once, and cases that another deployment claimed first, are counted apart. */
const kinds = sql`
CREATE TABLE bot_activity (bot text PRIMARY KEY, activity text NOT NULL);
ALTER TABLE deployment ADD COLUMN activity text;
CREATE FUNCTION deployment_activity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.activity := coalesce(NEW.activity, (SELECT activity FROM bot_activity WHERE bot = NEW.bot));
  RETURN NEW;
END $$;
CREATE TRIGGER deployment_activity BEFORE INSERT ON deployment FOR EACH ROW EXECUTE FUNCTION deployment_activity();
ALTER TABLE run ADD COLUMN one_off boolean NOT NULL DEFAULT false;
ALTER TABLE item ADD COLUMN one_off boolean NOT NULL DEFAULT false;
CREATE INDEX item_of_case ON item (hospital, case_reference);
CREATE INDEX event_when ON event USING brin (at);
ALTER TABLE credit ADD COLUMN kind text NOT NULL DEFAULT 'regular' CHECK (kind IN ('regular', 'one-off', 'left-out'));
CREATE INDEX credit_of_day ON credit (deployment, completed_on);
ALTER TABLE day_count ADD COLUMN kind text NOT NULL DEFAULT 'regular' CHECK (kind IN ('regular', 'one-off', 'left-out')),
  ADD COLUMN counting integer NOT NULL DEFAULT 0,
  DROP CONSTRAINT day_count_pkey, ADD PRIMARY KEY (deployment, day, variant, outcome, kind);`

/** Which deployment counts a case for an activity: the first one written down. Of the case only a digest is kept. */
const claims = sql`
CREATE TABLE claim (
  hospital text NOT NULL REFERENCES hospital,
  activity text NOT NULL,
  digest bytea NOT NULL,
  deployment text NOT NULL REFERENCES deployment,
  day date NOT NULL,
  PRIMARY KEY (hospital, activity, digest)
);`

const measuring = sql`
CREATE TABLE measurement (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  hospital text NOT NULL,
  deployment text NOT NULL,
  variant text NOT NULL CHECK (variant <> ''),
  method text NOT NULL CHECK (method IN ('stopwatch', 'shadow')),
  begun_by text NOT NULL CHECK (begun_by <> ''),
  begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  closed_at timestamptz,
  n integer CHECK (n > 0),
  mean_minutes numeric(9, 3),
  spread_minutes numeric(9, 3),
  FOREIGN KEY (deployment, hospital) REFERENCES deployment (id, hospital),
  CHECK ((closed_at IS NULL) = (n IS NULL) AND (n IS NULL) = (mean_minutes IS NULL))
);
CREATE INDEX measurement_of ON measurement (deployment, begun_at);
CREATE TABLE timed_case (
  measurement uuid NOT NULL REFERENCES measurement,
  hospital text NOT NULL REFERENCES hospital,
  number integer NOT NULL CHECK (number > 0),
  milliseconds integer NOT NULL CHECK (milliseconds > 0),
  item uuid UNIQUE REFERENCES item,
  account text NOT NULL,
  left_out text,
  PRIMARY KEY (measurement, number)
);
CREATE FUNCTION timed_case_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM measurement WHERE id = OLD.measurement AND closed_at IS NOT NULL) OR TG_OP = 'DELETE'
    OR (NEW.measurement, NEW.number, NEW.milliseconds, NEW.account) IS DISTINCT FROM (OLD.measurement, OLD.number, OLD.milliseconds, OLD.account)
  THEN RAISE EXCEPTION 'A timed case stays as it was timed: leave it out of a measurement that is open, or time another.'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER timed_case_stays BEFORE UPDATE OR DELETE ON timed_case FOR EACH ROW EXECUTE FUNCTION timed_case_stays();
CREATE FUNCTION measurement_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'A measurement that was closed stays as it is: begin another.'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER measurement_stays BEFORE UPDATE OR DELETE ON measurement FOR EACH ROW EXECUTE FUNCTION measurement_stays();`

/** A baseline that was counted is ended and replaced, never edited; two of a variant never share a day. */
const baselines = sql`
ALTER TABLE baseline DROP CONSTRAINT baseline_method_check,
  ADD CONSTRAINT baseline_method_check CHECK (method IN ('stopwatch', 'shadow', 'log', 'estimate')),
  ADD COLUMN measurement uuid REFERENCES measurement;
CREATE FUNCTION last_counted_day(of_deployment text, of_variant text, first_day date, end_day date) RETURNS date
LANGUAGE sql STABLE AS $$
  SELECT max(c.day) FROM day_count c
  LEFT JOIN LATERAL (
    SELECT h.baseline_deployment, h.baseline_variant FROM chain_part p JOIN chain h ON h.id = p.chain
    WHERE p.deployment = c.deployment AND p.variant = c.variant AND h.valid_from <= c.day
      AND (h.valid_until IS NULL OR c.day < h.valid_until)
  ) line ON true
  WHERE c.counting > 0 AND c.kind <> 'left-out' AND c.day >= first_day AND (end_day IS NULL OR c.day < end_day)
    AND coalesce(line.baseline_deployment, c.deployment) = of_deployment
    AND coalesce(line.baseline_variant, c.variant) = of_variant
    AND c.deployment IN (SELECT of_deployment UNION SELECT p.deployment FROM chain_part p JOIN chain h ON h.id = p.chain
      WHERE h.baseline_deployment = of_deployment AND h.baseline_variant = of_variant)
$$;
CREATE FUNCTION baseline_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  used date;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    used := last_counted_day(OLD.deployment, OLD.variant, OLD.valid_from, OLD.valid_until);
    IF used IS NOT NULL AND (TG_OP = 'DELETE' OR NEW.valid_until <= used
      OR to_jsonb(OLD) - 'valid_until' IS DISTINCT FROM to_jsonb(NEW) - 'valid_until'
      OR last_counted_day(OLD.deployment, OLD.variant, OLD.valid_until, NEW.valid_until) IS NOT NULL AND OLD.valid_until IS NOT NULL) THEN
      RAISE EXCEPTION 'This baseline was counted up to and including %: end it after that day and replace it.', used
        USING CONSTRAINT = 'baseline_stays', TABLE = 'baseline', DETAIL = used::text;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('baseline ' || NEW.deployment || ' ' || NEW.variant, 0));
  IF EXISTS (SELECT FROM baseline b WHERE b.deployment = NEW.deployment AND b.variant = NEW.variant AND b.id <> NEW.id
    AND daterange(b.valid_from, b.valid_until) && daterange(NEW.valid_from, NEW.valid_until)) THEN
    RAISE EXCEPTION 'Two baselines of one variant may not share a day.' USING CONSTRAINT = 'baseline_overlaps', TABLE = 'baseline';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER baseline_stays BEFORE INSERT OR UPDATE OR DELETE ON baseline FOR EACH ROW EXECUTE FUNCTION baseline_stays();`

/** Deployments that work on one case after each other split one baseline. */
const chains = sql`
CREATE TABLE chain (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hospital text NOT NULL REFERENCES hospital,
  name text NOT NULL CHECK (name <> ''),
  baseline_deployment text NOT NULL,
  baseline_variant text NOT NULL,
  valid_from date NOT NULL,
  valid_until date,
  made_by text NOT NULL CHECK (made_by <> ''),
  CHECK (valid_until > valid_from),
  UNIQUE (id, hospital),
  FOREIGN KEY (baseline_deployment, hospital) REFERENCES deployment (id, hospital)
);
CREATE TABLE chain_part (
  chain bigint NOT NULL,
  hospital text NOT NULL,
  deployment text NOT NULL,
  variant text NOT NULL,
  share numeric(5, 4) NOT NULL CHECK (share > 0 AND share <= 1),
  PRIMARY KEY (chain, deployment, variant),
  FOREIGN KEY (chain, hospital) REFERENCES chain (id, hospital),
  FOREIGN KEY (deployment, hospital) REFERENCES deployment (id, hospital)
);
CREATE INDEX chain_part_of ON chain_part (deployment, variant);
CREATE FUNCTION chain_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(share) FROM (SELECT DISTINCT deployment, share FROM chain_part WHERE chain = NEW.chain) parts) <> 1 THEN
    RAISE EXCEPTION 'The shares of a chain must add up to 1.' USING CONSTRAINT = 'chain_adds_up', TABLE = 'chain_part';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER chain_adds_up AFTER INSERT ON chain_part DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION chain_adds_up();
CREATE FUNCTION chain_part_joins() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  began date;
  ends date;
  counted date;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION 'The parts of a chain stay as they are: end the chain and make another.'; END IF;
  SELECT valid_from, valid_until INTO began, ends FROM chain WHERE id = NEW.chain;
  PERFORM pg_advisory_xact_lock(hashtextextended('chain ' || NEW.deployment || ' ' || NEW.variant, 0));
  IF EXISTS (SELECT FROM chain_part p JOIN chain h ON h.id = p.chain WHERE p.deployment = NEW.deployment AND p.variant = NEW.variant
    AND p.chain <> NEW.chain AND daterange(h.valid_from, h.valid_until) && daterange(began, ends)) THEN
    RAISE EXCEPTION 'A variant may not be in two chains on one day.' USING CONSTRAINT = 'chain_overlaps', TABLE = 'chain_part';
  END IF;
  SELECT max(day) INTO counted FROM day_count WHERE deployment = NEW.deployment AND variant = NEW.variant AND counting > 0;
  IF counted >= began THEN
    RAISE EXCEPTION 'Deployment % counted items up to and including %: let the chain begin after that day.', NEW.deployment, counted
      USING CONSTRAINT = 'chain_too_early', TABLE = 'chain_part', DETAIL = counted::text;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER chain_part_joins BEFORE INSERT OR UPDATE OR DELETE ON chain_part FOR EACH ROW EXECUTE FUNCTION chain_part_joins();
CREATE FUNCTION chain_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  counted date;
BEGIN
  SELECT max(c.day) INTO counted FROM day_count c JOIN chain_part p ON p.deployment = c.deployment AND p.variant = c.variant
  WHERE p.chain = OLD.id AND c.counting > 0 AND c.day >= OLD.valid_from;
  IF TG_OP = 'DELETE' OR OLD.valid_until IS NOT NULL OR NEW.valid_until <= counted
    OR to_jsonb(OLD) - 'valid_until' IS DISTINCT FROM to_jsonb(NEW) - 'valid_until' THEN
    RAISE EXCEPTION 'A chain is ended after the last day it counted (%), never changed.', counted
      USING CONSTRAINT = 'chain_stays', TABLE = 'chain', DETAIL = coalesce(counted::text, '');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER chain_stays BEFORE UPDATE OR DELETE ON chain FOR EACH ROW EXECUTE FUNCTION chain_stays();`

/** Days on which a deployment cleared a backlog; both included. */
const oneOff = sql`
CREATE TABLE one_off (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hospital text NOT NULL,
  deployment text NOT NULL,
  from_day date NOT NULL,
  until_day date NOT NULL CHECK (until_day >= from_day),
  reason text NOT NULL CHECK (reason <> ''),
  marked_by text NOT NULL CHECK (marked_by <> ''),
  marked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  FOREIGN KEY (deployment, hospital) REFERENCES deployment (id, hospital)
);
CREATE INDEX one_off_of ON one_off (deployment);`

/** A deployment keeps count of what is booked for it, so that a reader of figures need not look through all of that. */
const upkeep = sql`
ALTER TABLE upkeep ADD COLUMN note text NOT NULL DEFAULT '', ADD COLUMN booked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ADD COLUMN withdrawn_at timestamptz, ADD COLUMN withdrawn_by text,
  ADD CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL));
CREATE INDEX upkeep_of ON upkeep (deployment, day);
CREATE FUNCTION upkeep_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
    OR to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by' IS DISTINCT FROM to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by'
  THEN RAISE EXCEPTION 'Hours of upkeep are withdrawn and booked again, never changed.'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER upkeep_stays BEFORE UPDATE OR DELETE ON upkeep FOR EACH ROW EXECUTE FUNCTION upkeep_stays();
ALTER TABLE deployment ADD COLUMN upkeep_changes integer NOT NULL DEFAULT 0;
CREATE FUNCTION upkeep_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE deployment SET upkeep_changes = upkeep_changes + 1 WHERE id = NEW.deployment;
  RETURN NULL;
END $$;
CREATE TRIGGER upkeep_changed AFTER INSERT OR UPDATE ON upkeep FOR EACH ROW EXECUTE FUNCTION upkeep_changed();`
