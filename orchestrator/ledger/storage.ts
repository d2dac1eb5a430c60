import { sql } from 'kysely'
import type { LedgerDatabase } from './tables.ts'

/** What the tables are kept for. */
type StorageGroup = 'items' | 'messages' | 'evidence' | 'access-log' | 'savings' | 'rest'

export interface GroupSize {
  readonly group: StorageGroup
  readonly bytes: number
  /** As the database estimates them: counting would read everything. */
  readonly rows: number
}

/** The size of each group of tables with their indexes, over all hospitals of the installation. */
export async function readSizes(db: LedgerDatabase): Promise<GroupSize[]> {
  const { rows } = await sql<GroupSize>`
    SELECT g.group, sum(pg_total_relation_size(c.oid))::float8 AS bytes, sum(greatest(c.reltuples, 0))::float8 AS rows
    FROM pg_class c CROSS JOIN LATERAL (SELECT CASE
      WHEN c.relname ~ '^(message|patient_queue)' THEN 'messages'
      WHEN c.relname ~ '^access_' THEN 'access-log'
      WHEN c.relname ~ '^evidence' THEN 'evidence'
      WHEN c.relname ~ '^(credit|day_count|baseline|roll_up|count_change|settings_change|claim|timed_case|running_case|measurement)' THEN 'savings'
      WHEN c.relname ~ '^(item|act|event|run|seat|alarm)' THEN 'items'
      ELSE 'rest' END AS group) g
    WHERE c.relnamespace = 'ontregel'::regnamespace AND c.relkind = 'r'
    GROUP BY g.group ORDER BY g.group`.execute(db)
  return rows
}

/** The database's own version, and its size in bytes. */
export async function readDatabase(db: LedgerDatabase): Promise<{ version: string; bytes: number }> {
  const { rows } = await sql<{ version: string; bytes: number }>`
    SELECT current_setting('server_version') AS version, pg_database_size(current_database())::float8 AS bytes`.execute(
    db,
  )
  return rows[0] ?? { version: '', bytes: 0 }
}
