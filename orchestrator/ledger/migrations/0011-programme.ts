import { sql, type Kysely } from 'kysely'

/** What the programme office keeps beside the figures: adoption, rounds, ideas, work pleasure, time use, value. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [adoption, ideas, people, money, leadTimes, leadTimesKept]) await part.execute(db)
}

const adoption = sql`
CREATE TABLE adoption (
  hospital text NOT NULL REFERENCES hospital,
  bot text NOT NULL CHECK (bot ~ '^[a-z0-9-]{1,80}$'),
  since date NOT NULL,
  phase text NOT NULL CHECK (phase IN ('idea', 'concept', 'test', 'live', 'scaled-up')),
  account text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (hospital, bot, since)
);
CREATE TABLE round_plan (
  round text NOT NULL CHECK (round ~ '^[0-9]{4}-[12]$'),
  hospital text NOT NULL REFERENCES hospital,
  bot text NOT NULL CHECK (bot ~ '^[a-z0-9-]{1,80}$'),
  account text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (round, hospital, bot)
);`

const ideas = sql`
CREATE TABLE idea (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  hospital text NOT NULL REFERENCES hospital,
  title text NOT NULL CHECK (title <> ''),
  explanation text NOT NULL,
  department text NOT NULL CHECK (department <> ''),
  activity text NOT NULL,
  bot text,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'chosen', 'declined')),
  account text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX idea_newest ON idea (hospital, at);
CREATE TABLE idea_vote (
  idea uuid NOT NULL REFERENCES idea ON DELETE CASCADE,
  account text NOT NULL,
  reach integer NOT NULL CHECK (reach BETWEEN 1 AND 5),
  minutes integer NOT NULL CHECK (minutes BETWEEN 1 AND 5),
  feasibility integer NOT NULL CHECK (feasibility BETWEEN 1 AND 5),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (idea, account)
);`

const people = sql`
CREATE TABLE pleasure_score (
  hospital text NOT NULL REFERENCES hospital,
  department text NOT NULL CHECK (department <> ''),
  bot text NOT NULL CHECK (bot ~ '^[a-z0-9-]{1,80}$'),
  moment text NOT NULL CHECK (moment IN ('before', 'after')),
  measured_on date NOT NULL,
  respondents integer NOT NULL CHECK (respondents > 0),
  score numeric(3, 1) NOT NULL CHECK (score BETWEEN 1 AND 10),
  account text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (hospital, department, bot, moment)
);
CREATE TABLE time_use (
  hospital text NOT NULL REFERENCES hospital,
  year integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
  staff_group text NOT NULL CHECK (staff_group <> ''),
  activity text NOT NULL,
  share numeric(5, 4) NOT NULL CHECK (share BETWEEN 0 AND 1),
  source text NOT NULL CHECK (source <> ''),
  PRIMARY KEY (hospital, year, staff_group, activity)
);
CREATE TABLE staff_hours (
  hospital text NOT NULL REFERENCES hospital,
  year integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
  staff_group text NOT NULL CHECK (staff_group <> ''),
  hours numeric(12, 1) NOT NULL CHECK (hours > 0),
  PRIMARY KEY (hospital, year, staff_group)
);`

const money = sql`
CREATE TABLE cost (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  hospital text NOT NULL REFERENCES hospital,
  bot text,
  year integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
  kind text NOT NULL CHECK (kind IN ('licences', 'hours', 'hosting', 'other')),
  euros numeric(12, 2) NOT NULL CHECK (euros > 0),
  note text NOT NULL,
  account text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX cost_of_year ON cost (hospital, year);
CREATE TABLE hour_rate (
  deployment text NOT NULL REFERENCES deployment,
  valid_from date NOT NULL,
  function_group text NOT NULL CHECK (function_group <> ''),
  euros numeric(8, 2) NOT NULL CHECK (euros > 0),
  PRIMARY KEY (deployment, valid_from)
);`

/** How long items lay from arrival to done, counted by day: `within` is the hours of a step of the scale, 0 for longer. */
const leadTimes = sql`
CREATE TABLE lead_time (
  deployment text NOT NULL REFERENCES deployment,
  day date NOT NULL,
  within integer NOT NULL CHECK (within IN (0, 1, 8, 24, 72)),
  items integer NOT NULL,
  seconds numeric(16, 0) NOT NULL,
  PRIMARY KEY (deployment, day, within)
);`

/** Of what the robot did itself; what another robot reported tells no arrival. */
const leadTimesKept = sql`
CREATE FUNCTION lead_time_of_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  seconds numeric := round(extract(epoch FROM NEW.finished_at - NEW.arrived_at));
BEGIN
  INSERT INTO lead_time AS l (deployment, day, within, items, seconds)
  SELECT NEW.deployment, (NEW.finished_at AT TIME ZONE h.time_zone)::date,
    CASE WHEN seconds <= 3600 THEN 1 WHEN seconds <= 28800 THEN 8 WHEN seconds <= 86400 THEN 24 WHEN seconds <= 259200 THEN 72 ELSE 0 END,
    1, seconds
  FROM hospital h WHERE h.id = NEW.hospital
  ON CONFLICT (deployment, day, within) DO UPDATE SET items = l.items + 1, seconds = l.seconds + excluded.seconds;
  RETURN NULL;
END $$;
CREATE TRIGGER lead_time_of_item AFTER UPDATE OF state ON item FOR EACH ROW
  WHEN (NEW.state = 'done' AND OLD.state <> 'done' AND NEW.outcome = 'done' AND NEW.reported_by IS NULL)
  EXECUTE FUNCTION lead_time_of_item();`
