import { sql } from 'kysely'
import { KEPT } from '../ledger/kept-plans.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'

/** Which versions of rows a report would be made of, as far as the reader sees them. */
export interface Versions {
  /** Differs as soon as anything differs that `readSettings` could read. */
  readonly settings: string
  /** By deployment, of those with counts: differs as soon as one of its counts does. */
  readonly counts: Readonly<Record<string, string>>
}

/**
 * Where a row lies and which transaction wrote it: no two versions of a row share both (PostgreSQL, "System Columns").
 * Put together, these tell whether any row of a set was added, changed or taken away, without reading what is in them.
 */
const VERSIONS = (table: string, seed = 0) =>
  sql`hash_record_extended(ROW(${sql.ref(`${table}.ctid`)}, ${sql.ref(`${table}.xmin`)}), ${sql.lit(seed)})`

/** What is booked is seen in its deployment, which keeps count of it. */
const SETTINGS = [
  ...['hospital', 'norm', 'deployment', 'baseline', 'chain', 'chain_part', 'one_off', 'realised'],
]

const EACH_SETTING = sql.join(
  SETTINGS.map((table, seed) => sql`SELECT ${VERSIONS(table, seed)} AS version FROM ${sql.table(table)}`),
  sql` UNION ALL `,
)

/** A change of a day's count changes that of its year. */
const ALL = sql<Versions>`${KEPT} SELECT
  (SELECT concat_ws(' ', count(*), bit_xor(version), pg_postmaster_start_time(), current_database()) FROM (${EACH_SETTING}) each) AS settings,
  coalesce((SELECT json_object_agg(deployment, version::text) FROM (SELECT deployment, bit_xor(${VERSIONS('roll_up')}) AS version
    FROM roll_up WHERE span = 'year' GROUP BY deployment) counted), '{}') AS counts`

const inSnapshots = new WeakMap<LedgerDatabase, Promise<Versions>>()

/** Of all that the reader sees. In a snapshot they stay as they are, so there it is asked once. */
export async function readVersions(snapshot: LedgerDatabase): Promise<Versions> {
  const before = inSnapshots.get(snapshot)
  if (before) return await before
  const asked = ask(snapshot)
  if (snapshot.isTransaction) inSnapshots.set(snapshot, asked)
  return await asked
}

async function ask(db: LedgerDatabase): Promise<Versions> {
  const { rows } = await ALL.execute(db)
  const [found] = rows
  if (!found) throw new Error('The ledger gave no answer about its versions.')
  return found
}
