import { sql } from 'kysely'
import type { LedgerDatabase } from './tables.ts'

/** Two years stand ready always: a log that cannot be written would stop the work. */
const YEARS_AHEAD = 1

/** Kept for 5 years at least (NEN 7513); a year goes when even its last day is that old. */
export const ACCESS_YEARS_KEPT = 5

/** Makes the years that accesses will soon come in for, and drops those that are old enough. Gives the years that went. */
export async function tendAccessYears(db: LedgerDatabase): Promise<readonly number[]> {
  await sql`SELECT access_years_ahead(${YEARS_AHEAD})`.execute(db)
  const { rows } = await sql<{ year: number }>`
    SELECT right(inhrelid::regclass::text, 4)::integer AS year FROM pg_inherits WHERE inhparent = 'access_entry'::regclass
      AND make_timestamptz(right(inhrelid::regclass::text, 4)::integer + 1, 1, 1, 0, 0, 0, 'UTC')
        <= clock_timestamp() - ${ACCESS_YEARS_KEPT} * interval '1 year'
    ORDER BY year`.execute(db)
  for (const { year } of rows) await sql`SELECT access_drop_year(${year})`.execute(db)
  return rows.map(({ year }) => year)
}
