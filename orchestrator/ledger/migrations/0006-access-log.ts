import { sql, type Kysely } from 'kysely'

/**
 * The access log (NEN 7513): a table for each year, so that it goes by dropping a year that is old enough and by nothing
 * else; the chain that shows whether a row was changed stands beside it, for a row that is written is never written again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [entries, chain, guards, years, firstYears, patients]) await part.execute(db)
}

const entries = sql`
CREATE SEQUENCE access_place;
CREATE TABLE access_entry (
  id bigint NOT NULL DEFAULT nextval('access_place'),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  hospital text NOT NULL,
  actor_kind text NOT NULL CHECK (actor_kind IN ('person', 'machine', 'robot')),
  actor text NOT NULL,
  responsible text NOT NULL,
  action text NOT NULL CHECK (action IN ('read', 'search', 'reveal', 'change', 'export')),
  subject_kind text NOT NULL CHECK (subject_kind IN ('item', 'patient', 'message', 'evidence', 'log', 'run')),
  subject text NOT NULL,
  systems text[] NOT NULL DEFAULT '{}',
  outcome text NOT NULL CHECK (outcome IN ('given', 'refused', 'failed')),
  patients bytea[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX access_entry_newest ON access_entry (hospital, id);
CREATE INDEX access_entry_actor ON access_entry (hospital, actor, id);
CREATE INDEX access_entry_responsible ON access_entry (hospital, responsible, id) WHERE responsible <> actor;
CREATE INDEX access_entry_patients ON access_entry USING gin (patients) WHERE patients <> '{}';
CREATE TABLE access_unlinked (
  entry bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  hospital text NOT NULL
);`

const chain = sql`
CREATE TABLE access_link (
  hospital text NOT NULL,
  number bigint NOT NULL,
  entry bigint NOT NULL,
  entry_at timestamptz NOT NULL,
  hash bytea NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (hospital, number, at)
) PARTITION BY RANGE (at);
CREATE TABLE access_chain (
  hospital text PRIMARY KEY,
  number bigint NOT NULL,
  hash bytea NOT NULL,
  dropped_number bigint NOT NULL DEFAULT 0,
  dropped_hash bytea NOT NULL DEFAULT '',
  dropped_before timestamptz
);
CREATE TABLE access_anchor (
  hospital text NOT NULL,
  day date NOT NULL,
  number bigint NOT NULL,
  hash bytea NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (hospital, day)
);`

/** A clock that somebody set, or a time that somebody wrote, would put a row among those of another day. */
const guards = sql`
CREATE FUNCTION access_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the access log is only added to: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501';
END $$;
CREATE FUNCTION access_arrive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.at NOT BETWEEN clock_timestamp() - interval '1 minute' AND clock_timestamp() + interval '1 second' THEN
    RAISE EXCEPTION 'the access log takes what happens now: leave "at" out' USING ERRCODE = '42501';
  END IF;
  INSERT INTO access_unlinked (entry, at, hospital) VALUES (NEW.id, NEW.at, NEW.hospital);
  RETURN NEW;
END $$;
CREATE TRIGGER access_arrive BEFORE INSERT ON access_entry FOR EACH ROW EXECUTE FUNCTION access_arrive();
CREATE TRIGGER access_refuse BEFORE UPDATE OR DELETE ON access_entry FOR EACH ROW EXECUTE FUNCTION access_refuse();
CREATE TRIGGER access_refuse BEFORE UPDATE OR DELETE ON access_link FOR EACH ROW EXECUTE FUNCTION access_refuse();
CREATE TRIGGER access_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON access_anchor EXECUTE FUNCTION access_refuse();
CREATE TRIGGER access_refuse_all BEFORE TRUNCATE ON access_entry EXECUTE FUNCTION access_refuse();
CREATE TRIGGER access_refuse_all BEFORE TRUNCATE ON access_link EXECUTE FUNCTION access_refuse();`

/**
 * Both run with the rights of who owns the tables: the application makes a year and drops an old one by these, and in no
 * other way. A year is made beside its parent and attached, so that nobody who writes waits.
 */
const years = sql`
CREATE FUNCTION access_years_ahead(years integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = ontregel, pg_temp AS $$
DECLARE
  first integer := extract(year FROM clock_timestamp() AT TIME ZONE 'UTC');
  made integer := 0;
  parent text;
  child text;
BEGIN
  FOR year IN first .. first + years LOOP
    FOREACH parent IN ARRAY ARRAY['access_entry', 'access_link'] LOOP
      child := parent || '_' || year;
      CONTINUE WHEN to_regclass(child) IS NOT NULL;
      PERFORM pg_advisory_xact_lock(hashtext('ontregel access years'));
      CONTINUE WHEN EXISTS (SELECT FROM pg_class
        WHERE relname = child AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = parent::regclass));
      EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', child, parent);
      EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', parent, child,
        make_timestamptz(year, 1, 1, 0, 0, 0, 'UTC'), make_timestamptz(year + 1, 1, 1, 0, 0, 0, 'UTC'));
      EXECUTE format('CREATE TRIGGER access_refuse_all BEFORE TRUNCATE ON %I EXECUTE FUNCTION access_refuse()', child);
      made := made + 1;
    END LOOP;
  END LOOP;
  RETURN made;
END $$;
CREATE FUNCTION access_drop_year(year integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = ontregel, pg_temp AS $$
DECLARE
  ends timestamptz := make_timestamptz(year + 1, 1, 1, 0, 0, 0, 'UTC');
BEGIN
  IF ends > clock_timestamp() - interval '5 years' THEN
    RAISE EXCEPTION 'the access log of % is kept until 5 years after its end', year USING ERRCODE = '42501';
  END IF;
  IF EXISTS (SELECT FROM access_unlinked WHERE at < ends) THEN
    RAISE EXCEPTION 'the access log of % is not chained yet', year USING ERRCODE = '55000';
  END IF;
  UPDATE access_chain SET dropped_before = ends;
  UPDATE access_chain c SET dropped_number = l.number, dropped_hash = l.hash
  FROM (SELECT DISTINCT ON (hospital) hospital, number, hash FROM access_link WHERE at < ends ORDER BY hospital, number DESC) l
  WHERE l.hospital = c.hospital;
  EXECUTE format('DROP TABLE IF EXISTS %I, %I', 'access_entry_' || year, 'access_link_' || year);
END $$;`

const firstYears = sql`SELECT access_years_ahead(1)`

/** Of whom an item is, as keyed hashes: what its accesses are found by when somebody asks who saw a patient's data. */
const patients = sql`
CREATE TABLE item_patient (
  item uuid NOT NULL REFERENCES item,
  number bytea NOT NULL,
  hospital text NOT NULL,
  PRIMARY KEY (item, number)
);
CREATE INDEX item_patient_found ON item_patient (hospital, number);
ALTER TABLE message ADD COLUMN numbers bytea[] NOT NULL DEFAULT '{}';`
