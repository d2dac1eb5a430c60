import { openLedger } from '../../../orchestrator/ledger/open-ledger.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { createTestDatabase } from '../../postgres.ts'

export interface TestLedger extends AsyncDisposable {
  readonly db: LedgerDatabase
}

/** A ledger on a database of its own. */
export async function openTestLedger(): Promise<TestLedger> {
  const database = await createTestDatabase()
  const db = await openLedger({ url: database.url, onError: () => undefined })
  return {
    db,
    [Symbol.asyncDispose]: async () => {
      await db.destroy()
      await database[Symbol.asyncDispose]()
    },
  }
}
