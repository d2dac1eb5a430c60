import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool, types, type CustomTypesConfig } from 'pg'
import { Failure } from '../../connectors/failure.ts'
import { migrate } from './migrate.ts'
import type { LedgerDatabase, Tables } from './tables.ts'

const BIGINT = 20
const DATE = 1082

export interface LedgerOptions {
  readonly url: string
  /** Connections at most. */
  readonly connections?: number
  /** Told when an idle connection breaks; the next query opens another. */
  readonly onError: (error: Error) => void
}

/** Opens the ledger and brings its schema up to date. Throws a sentence with the remedy when the database cannot be used. */
export async function openLedger(options: LedgerOptions): Promise<LedgerDatabase> {
  const pool = new Pool({
    connectionString: options.url,
    max: options.connections ?? 10,
    options: '-c search_path=ontregel -c timezone=UTC',
    types: readTypes,
  })
  pool.on('error', options.onError)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  try {
    await createSchema(db)
    await migrate(db)
  } catch (error) {
    await db.destroy()
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    const sentence = `The database cannot be used${code}: see that DATABASE_URL is right and that its account may create a schema; "ontregel doctor" says more.`
    throw new Failure('business', 'database-unusable', sentence, { cause: error })
  }
  return db
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
