import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool, types } from 'pg'
import { openLedger } from '../../../orchestrator/ledger/open-ledger.ts'
import type { LedgerDatabase, Tables } from '../../../orchestrator/ledger/tables.ts'

/** A ledger whose database clock stands where the test puts it. */
export interface LedgerAt extends AsyncDisposable {
  readonly url: string
  readonly db: LedgerDatabase
  /** As the account that owns the tables, which can do what the product cannot. */
  readonly owner: LedgerDatabase
  /** @param moment ISO 8601 with zone. */
  setClock(moment: string): Promise<void>
}

const onError = (): void => undefined

/**
 * Opens a ledger on an empty database in which the real SQL of the product tells the time by a table: functions named
 * like PostgreSQL's clocks stand before them on the search path.
 */
export async function openLedgerAt(url: string): Promise<LedgerAt> {
  await (await openLedger({ url, onError })).destroy()
  const owner = connect(url, '-c search_path=ontregel,pg_catalog')
  // The access log has a part for each year; its own function makes those that the tests come to.
  await sql`SELECT access_years_ahead(5)`.execute(owner)
  await sql`CREATE TABLE test_clock (moment timestamptz NOT NULL)`.execute(owner)
  await sql`INSERT INTO test_clock VALUES (pg_catalog.now())`.execute(owner)
  await sql`GRANT SELECT ON test_clock TO ontregel_app`.execute(owner)
  for (const clock of ['clock_timestamp', 'statement_timestamp', 'transaction_timestamp', 'now'])
    await sql`CREATE FUNCTION ontregel.${sql.id(clock)}() RETURNS timestamptz LANGUAGE sql STABLE
      AS 'SELECT moment FROM ontregel.test_clock'`.execute(owner)
  await resetDefaults(owner)
  const db = connect(url, '-c search_path=ontregel,pg_catalog -c role=ontregel_app')
  return {
    url,
    db,
    owner,
    setClock: async (moment) => {
      await sql`UPDATE test_clock SET moment = ${moment}::timestamptz`.execute(owner)
    },
    [Symbol.asyncDispose]: async () => {
      await db.destroy()
      await owner.destroy()
    },
  }
}

const BIGINT = 20
const DATE = 1082

/** Reads what the product reads as it does: bigint as number, date as text. */
function connect(connectionString: string, options: string): LedgerDatabase {
  const pool = new Pool({
    connectionString,
    options: `${options} -c timezone=UTC`,
    types: {
      getTypeParser: (oid, format) => {
        if (oid === BIGINT) return (value: string) => Number(value)
        if (oid === DATE) return (value: string) => value
        return types.getTypeParser(oid, format)
      },
    },
  })
  pool.on('error', onError)
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}

/** Column defaults were bound to PostgreSQL's own clocks when their tables were made. */
async function resetDefaults(db: LedgerDatabase): Promise<void> {
  const { rows } = await sql<{ table: string; column: string; clock: string }>`
    SELECT table_name AS table, column_name AS column, replace(column_default, 'pg_catalog.', '') AS clock FROM information_schema.columns
    WHERE table_schema = 'ontregel' AND column_default ~ '^(pg_catalog[.])?(clock_timestamp|statement_timestamp|now)\\(\\)$'`.execute(
    db,
  )
  for (const { table, column, clock } of rows)
    await sql`ALTER TABLE ontregel.${sql.id(table)} ALTER COLUMN ${sql.id(column)}
      SET DEFAULT ontregel.${sql.raw(clock)}`.execute(db)
}
