import { Migrator, type Migration } from 'kysely/migration'
import type { LedgerDatabase } from './tables.ts'
import * as ledger from './migrations/0001-ledger.ts'
import * as savings from './migrations/0002-savings.ts'
import * as messages from './migrations/0003-messages.ts'
import * as fhirTriggers from './migrations/0004-fhir-triggers.ts'

const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-ledger': ledger,
  '0002-savings': savings,
  '0003-messages': messages,
  '0004-fhir-triggers': fhirTriggers,
}

/** Brings the ledger's schema forward to this version; several processes may do so at once. Throws when a step fails. */
export async function migrate(db: LedgerDatabase): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
    migrationTableSchema: 'ontregel',
  })
  const { error, results } = await migrator.migrateToLatest()
  if (!error) return
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'the first'
  throw new Error(`The database could not be brought up to date: migration ${failed} failed.`, {
    cause: error,
  })
}
