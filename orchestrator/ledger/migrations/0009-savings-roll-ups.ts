import { sql, type Kysely } from 'kysely'

/**
 * The days' counts added up by month and by year of the hospital's clock, in the transaction that changes a day's count.
 * They hold counts only: minutes are computed when read.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [table, keeping, whatThereIs]) await part.execute(db)
}

const table = sql`
CREATE TABLE roll_up (
  span text NOT NULL CHECK (span IN ('month', 'year')),
  begins date NOT NULL,
  deployment text NOT NULL REFERENCES deployment,
  variant text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('regular', 'one-off', 'left-out')),
  done integer NOT NULL DEFAULT 0,
  nothing integer NOT NULL DEFAULT 0,
  by_hand integer NOT NULL DEFAULT 0,
  parked integer NOT NULL DEFAULT 0,
  shadow integer NOT NULL DEFAULT 0,
  counting integer NOT NULL DEFAULT 0,
  shares numeric(16, 4) NOT NULL DEFAULT 0,
  human_seconds bigint NOT NULL DEFAULT 0,
  first_day date,
  PRIMARY KEY (span, begins, deployment, variant, kind)
);
CREATE INDEX roll_up_of ON roll_up (deployment, span, begins);`

/** The first day is that of work which counts towards the days measured: neither shadow mode nor a backlog. */
const keeping = sql`
CREATE FUNCTION roll_up_day_count() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was day_count := CASE TG_OP WHEN 'INSERT' THEN NULL ELSE OLD END;
  row day_count := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  items integer := CASE TG_OP WHEN 'DELETE' THEN 0 ELSE NEW.items END - coalesce(was.items, 0);
  counting integer := CASE TG_OP WHEN 'DELETE' THEN 0 ELSE NEW.counting END - coalesce(was.counting, 0);
  shares numeric := CASE TG_OP WHEN 'DELETE' THEN 0 ELSE NEW.shares END - coalesce(was.shares, 0);
  human bigint := CASE TG_OP WHEN 'DELETE' THEN 0 ELSE NEW.human_seconds END - coalesce(was.human_seconds, 0);
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.deployment, OLD.day, OLD.variant, OLD.outcome, OLD.kind)
    IS DISTINCT FROM (NEW.deployment, NEW.day, NEW.variant, NEW.outcome, NEW.kind) THEN
    RAISE EXCEPTION 'A count keeps its deployment, day, variant, outcome and kind.';
  END IF;
  INSERT INTO roll_up AS r (span, begins, deployment, variant, kind, done, nothing, by_hand, parked, shadow, counting, shares,
    human_seconds, first_day)
  SELECT s, date_trunc(s, row.day::timestamp)::date, row.deployment, row.variant, row.kind,
    CASE row.outcome WHEN 'done' THEN items ELSE 0 END, CASE row.outcome WHEN 'nothing' THEN items ELSE 0 END,
    CASE row.outcome WHEN 'by-hand' THEN items ELSE 0 END, CASE row.outcome WHEN 'parked' THEN items ELSE 0 END,
    CASE row.outcome WHEN 'shadow' THEN items ELSE 0 END, counting, shares, human,
    CASE WHEN row.outcome <> 'shadow' AND row.kind <> 'one-off' THEN row.day END
  FROM unnest('{month,year}'::text[]) s
  ON CONFLICT (span, begins, deployment, variant, kind) DO UPDATE SET done = r.done + excluded.done,
    nothing = r.nothing + excluded.nothing, by_hand = r.by_hand + excluded.by_hand, parked = r.parked + excluded.parked,
    shadow = r.shadow + excluded.shadow, counting = r.counting + excluded.counting, shares = r.shares + excluded.shares,
    human_seconds = r.human_seconds + excluded.human_seconds, first_day = least(r.first_day, excluded.first_day);
  RETURN NULL;
END $$;
CREATE TRIGGER roll_up_day_count AFTER INSERT OR UPDATE OR DELETE ON day_count
  FOR EACH ROW EXECUTE FUNCTION roll_up_day_count();`

/** Counts from before there were roll-ups; a share above 0 says that an item counted. */
const whatThereIs = sql`
UPDATE day_count SET counting = items WHERE shares > 0;
INSERT INTO roll_up (span, begins, deployment, variant, kind, done, nothing, by_hand, parked, shadow, counting, shares,
  human_seconds, first_day)
SELECT s, date_trunc(s, day::timestamp)::date, deployment, variant, kind,
  coalesce(sum(items) FILTER (WHERE outcome = 'done'), 0), coalesce(sum(items) FILTER (WHERE outcome = 'nothing'), 0),
  coalesce(sum(items) FILTER (WHERE outcome = 'by-hand'), 0), coalesce(sum(items) FILTER (WHERE outcome = 'parked'), 0),
  coalesce(sum(items) FILTER (WHERE outcome = 'shadow'), 0), sum(counting), sum(shares), sum(human_seconds),
  min(day) FILTER (WHERE outcome <> 'shadow')
FROM day_count, unnest('{month,year}'::text[]) s GROUP BY 1, 2, 3, 4, 5;`
