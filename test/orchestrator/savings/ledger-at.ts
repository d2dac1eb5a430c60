import { sql } from 'kysely'
import { openLedger } from '../../../orchestrator/ledger/open-ledger.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'

/** A ledger whose database clock stands where the test puts it. */
export interface LedgerAt extends AsyncDisposable {
  readonly db: LedgerDatabase
  /** @param moment ISO 8601 with zone. */
  setClock(moment: string): Promise<void>
}

const onError = (): void => undefined

/**
 * Opens a ledger on an empty database in which the real SQL of the product tells the time by a table: functions named
 * like PostgreSQL's clocks stand before them on the search path.
 */
export async function openLedgerAt(url: string): Promise<LedgerAt> {
  const plain = await openLedger({ url, onError })
  await sql`CREATE TABLE ontregel.test_clock (moment timestamptz NOT NULL)`.execute(plain)
  await sql`INSERT INTO ontregel.test_clock VALUES (now())`.execute(plain)
  for (const clock of ['clock_timestamp', 'statement_timestamp', 'transaction_timestamp', 'now'])
    await sql`CREATE FUNCTION ontregel.${sql.id(clock)}() RETURNS timestamptz LANGUAGE sql STABLE
      AS 'SELECT moment FROM ontregel.test_clock'`.execute(plain)
  await resetDefaults(plain)
  await plain.destroy()
  const path = '-c search_path=ontregel,pg_catalog -c timezone=UTC'
  const db = await openLedger({ url: `${url}?options=${encodeURIComponent(path)}`, onError })
  return {
    db,
    setClock: async (moment) => {
      await sql`UPDATE test_clock SET moment = ${moment}::timestamptz`.execute(db)
    },
    [Symbol.asyncDispose]: () => db.destroy(),
  }
}

/** Column defaults were bound to PostgreSQL's own clocks when their tables were made. */
async function resetDefaults(db: LedgerDatabase): Promise<void> {
  const { rows } = await sql<{ table: string; column: string; clock: string }>`
    SELECT table_name AS table, column_name AS column, column_default AS clock FROM information_schema.columns
    WHERE table_schema = 'ontregel' AND column_default ~ '^(clock_timestamp|statement_timestamp|now)\\(\\)$'`.execute(
    db,
  )
  for (const { table, column, clock } of rows)
    await sql`ALTER TABLE ontregel.${sql.id(table)} ALTER COLUMN ${sql.id(column)}
      SET DEFAULT ontregel.${sql.raw(clock)}`.execute(db)
}
