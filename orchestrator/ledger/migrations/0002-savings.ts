import { sql, type Kysely } from 'kysely'

/** What work counts for: baselines, one credit for each item, counts by local day, upkeep. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await savings.execute(db)
}

const savings = sql`
CREATE TABLE baseline (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  deployment text NOT NULL REFERENCES deployment,
  variant text NOT NULL,
  minutes numeric(9, 3) NOT NULL CHECK (minutes > 0),
  method text NOT NULL CHECK (method IN ('stopwatch', 'log', 'estimate')),
  n integer CHECK (n > 0),
  spread_minutes numeric(9, 3) CHECK (spread_minutes >= 0),
  measured_by text NOT NULL,
  measured_on date NOT NULL,
  valid_from date NOT NULL,
  valid_until date,
  remeasure_on date NOT NULL,
  CHECK (valid_until > valid_from),
  CHECK (method = 'estimate' OR n IS NOT NULL),
  UNIQUE (deployment, variant, valid_from)
);
CREATE TABLE credit (
  item uuid PRIMARY KEY REFERENCES item,
  deployment text NOT NULL REFERENCES deployment,
  variant text NOT NULL,
  share numeric(5, 4) NOT NULL CHECK (share BETWEEN 0 AND 1),
  completed_on date NOT NULL
);
CREATE TABLE day_count (
  deployment text NOT NULL REFERENCES deployment,
  day date NOT NULL,
  variant text NOT NULL,
  outcome text NOT NULL,
  items integer NOT NULL DEFAULT 0,
  shares numeric(14, 4) NOT NULL DEFAULT 0,
  human_seconds bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (deployment, day, variant, outcome)
);
CREATE TABLE upkeep (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  deployment text NOT NULL REFERENCES deployment,
  day date NOT NULL,
  hours numeric(7, 2) NOT NULL CHECK (hours > 0),
  booked_by text NOT NULL
);
CREATE TABLE nightly_recount (
  day date PRIMARY KEY,
  began_at timestamptz NOT NULL DEFAULT now(),
  differences integer
);`
