import { sql, type Kysely } from 'kysely'

/** How far the check of the whole access log is at each hospital, and how the last whole one ended. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE access_check (
      hospital text PRIMARY KEY,
      number bigint NOT NULL DEFAULT 0,
      hash bytea NOT NULL DEFAULT '',
      entry bigint NOT NULL DEFAULT 0,
      begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      rows bigint NOT NULL DEFAULT 0,
      wrong integer NOT NULL DEFAULT 0,
      wrong_number bigint,
      wrong_sentence text,
      day date,
      day_rows integer NOT NULL DEFAULT 0,
      whole_at timestamptz,
      whole_rows bigint,
      whole_wrong integer,
      whole_number bigint,
      whole_sentence text
    )`.execute(db)
}
