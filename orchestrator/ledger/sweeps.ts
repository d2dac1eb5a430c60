import { sql } from 'kysely'
import type { LedgerDatabase } from './tables.ts'

/** Writes down that a part of the sweep went well, or how it failed. */
export async function noteSweep(db: LedgerDatabase, part: string, failure?: string): Promise<void> {
  const failed = failure === undefined ? null : failure.slice(0, 500)
  await sql`
    INSERT INTO sweep (part, at, failed_at, sentence)
    VALUES (${part}, CASE WHEN ${failed}::text IS NULL THEN clock_timestamp() ELSE '-infinity' END,
      CASE WHEN ${failed}::text IS NULL THEN NULL ELSE clock_timestamp() END, ${failed})
    ON CONFLICT (part) DO UPDATE SET at = greatest(sweep.at, excluded.at), failed_at = excluded.failed_at,
      sentence = excluded.sentence`.execute(db)
}

/** A part of the sweep, and how it fared. */
export interface SweepState {
  readonly part: string
  /** Since it went well last. */
  readonly seconds: number
  readonly failed: boolean
}

export async function readSweeps(db: LedgerDatabase): Promise<SweepState[]> {
  const { rows } = await sql<SweepState>`
    SELECT part, extract(epoch FROM clock_timestamp() - greatest(at, now() - interval '10 years'))::float8 AS seconds,
      failed_at IS NOT NULL AS failed FROM sweep ORDER BY part`.execute(db)
  return rows
}
