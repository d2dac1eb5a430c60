import type { LedgerDatabase } from '../ledger/tables.ts'

/**
 * Reads in one snapshot of the ledger, so that what finishes meanwhile is in all of the figures or in none.
 * Inside a snapshot already, that one is used.
 */
export async function inSnapshot<Result>(
  db: LedgerDatabase,
  read: (snapshot: LedgerDatabase) => Promise<Result>,
): Promise<Result> {
  if (db.isTransaction) return await read(db)
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => read(tx))
}
