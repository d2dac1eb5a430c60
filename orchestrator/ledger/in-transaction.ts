import type { LedgerDatabase } from './tables.ts'

/** Does it in a transaction: the one that is under way, or one of its own. */
export async function inTransaction<Result>(
  db: LedgerDatabase,
  work: (tx: LedgerDatabase) => Promise<Result>,
): Promise<Result> {
  return db.isTransaction ? await work(db) : await db.transaction().execute(work)
}
