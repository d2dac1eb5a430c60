import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool, types, type CustomTypesConfig } from 'pg'
import { Failure } from '../../connectors/failure.ts'
import { ensureRoles, type DatabaseRole } from './database-roles.ts'
import { keepPlans } from './kept-plans.ts'
import { migrate } from './migrate.ts'
import type { LedgerDatabase, Tables } from './tables.ts'

const BIGINT = 20
const DATE = 1082

export interface LedgerOptions {
  readonly url: string
  /** Connections at most. */
  readonly connections?: number
  /** How long a transaction may stand still, in milliseconds; 5,000 when left out. */
  readonly standStillMs?: number
  /** Told when a connection breaks; the next query opens another. */
  readonly onError: (error: Error) => void
}

/**
 * A process that stands still in the middle of a transaction would keep what it locked from all others: the server takes
 * it back. Shorter than the margin that a lease must have left when an act is armed, so that nothing is armed after it.
 */
const STAND_STILL_MS = 5_000

/**
 * Opens the ledger as workers, sweeper and command line use it, its schema brought up to date. The account of the
 * address owns the tables and is only used for that.
 * @throws Failure with the remedy when the database cannot be used
 */
export async function openLedger(options: LedgerOptions): Promise<LedgerDatabase> {
  await prepare(options)
  return databaseOf(openPool(options, 'ontregel_app', 10))
}

/** Connections for `seenBy`, with the role that sees only what each of them is told. */
export function openWebPool(options: LedgerOptions): Pool {
  return openPool(options, 'ontregel_web', 10)
}

/** The ledger as the door sees it: who may come in, and nothing else. */
export function openDoorLedger(options: LedgerOptions): LedgerDatabase {
  return databaseOf(openPool(options, 'ontregel_door', 4))
}

async function prepare(options: LedgerOptions): Promise<void> {
  const owner = databaseOf(openPool({ ...options, connections: 1 }, undefined, 1))
  try {
    await ensureRoles(owner)
    await createSchema(owner)
    await migrate(owner)
  } catch (error) {
    if (error instanceof Failure) throw error
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    const sentence = `The database cannot be used${code}: see that DATABASE_URL is right and that its account may create a schema; "ontregel doctor" says more.`
    throw new Failure('business', 'database-unusable', sentence, { cause: error })
  } finally {
    await owner.destroy()
  }
}

const databaseOf = (pool: Pool): LedgerDatabase =>
  new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })

/** @param role taken by every connection; without one they own the tables, and a migration that row security would keep rows from fails */
function openPool(
  { url, connections, standStillMs = STAND_STILL_MS, onError }: LedgerOptions,
  role: DatabaseRole | undefined,
  most: number,
): Pool {
  const as =
    role === undefined
      ? '-c row_security=off'
      : `-c role=${role} -c idle_in_transaction_session_timeout=${standStillMs}`
  const pool = new Pool({
    connectionString: url,
    max: connections ?? most,
    options: `-c search_path=ontregel -c timezone=UTC ${as}`,
    types: readTypes,
  })
  pool.on('connect', (client) => {
    keepPlans(client)
    // Also while it is used: between two statements nobody else listens, and nobody listening ends the process. What breaks
    // while it is being closed is no trouble: everything asked of it was answered.
    client.on('error', (error) => {
      if (!pool.ending) onError(error)
    })
  })
  // The connection itself told it already.
  pool.on('error', () => undefined)
  return pool
}

/** Counters and fences stay below 2^53, so bigint becomes a number; a date stays text, for a Date would give it a zone. */
const readTypes: CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === BIGINT) return (value: string) => Number(value)
    if (oid === DATE) return (value: string) => value
    return types.getTypeParser(oid, format)
  },
}

/** Under a lock: two processes that start at once would otherwise both try to create it, and one fail. */
async function createSchema(db: LedgerDatabase): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(hashtext('ontregel'))`.execute(tx)
    await sql`CREATE SCHEMA IF NOT EXISTS ontregel`.execute(tx)
  })
}
