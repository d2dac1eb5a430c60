import { sql } from 'kysely'
import { expect } from 'vitest'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'

/**
 * Waits until every transaction is over that began before now, in other ledgers of the same server too: while one goes on,
 * a report asks again for all that was written since it began.
 */
export async function noOlderTransaction(db: LedgerDatabase): Promise<void> {
  const { rows } = await sql<{ now: string }>`SELECT pg_current_xact_id()::text AS now`.execute(db)
  const over = async () =>
    await sql`SELECT FROM pg_current_snapshot() AS seen WHERE pg_snapshot_xmin(seen) > ${rows[0]?.now}::xid8`.execute(
      db,
    )
  await expect.poll(async () => (await over()).rows).toHaveLength(1)
}
