import { Kysely, PostgresDialect } from 'kysely'
import { Pool } from 'pg'
import type { LedgerDatabase, Tables } from '../../orchestrator/ledger/tables.ts'

/** The ledger as the account that owns its tables, on one connection: it makes what the product would take years for. */
export function asOwner(connectionString: string): LedgerDatabase {
  const pool = new Pool({ connectionString, max: 1, options: '-c search_path=ontregel -c timezone=UTC' })
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}
