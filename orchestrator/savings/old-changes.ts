import { sql } from 'kysely'
import type { LedgerDatabase } from '../ledger/tables.ts'

/**
 * Takes away the marks of what was written that say no more than a newer one: of each year of a deployment the newest is
 * kept, and of the settings. So there are as many as years, and those of a day. Marks of transactions that are still to
 * come are of another server, which the ledger was moved from: each answer would take them for new.
 */
export async function forgetOldChanges(db: LedgerDatabase): Promise<void> {
  const toCome = sql`pg_snapshot_xmax(pg_current_snapshot())`
  await sql`DELETE FROM count_change WHERE xid >= ${toCome}`.execute(db)
  await sql`DELETE FROM count_change c USING (SELECT *, row_number() OVER (PARTITION BY deployment, year ORDER BY xid DESC) AS place
      FROM count_change) o
    WHERE o.place > 1 AND (c.xid, c.deployment, c.year) = (o.xid, o.deployment, o.year)`.execute(db)
  await sql`DELETE FROM settings_change WHERE xid >= ${toCome}`.execute(db)
  await sql`DELETE FROM settings_change WHERE xid < (SELECT xid FROM settings_change ORDER BY xid DESC LIMIT 1)`.execute(
    db,
  )
}
