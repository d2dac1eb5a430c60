import { sql } from 'kysely'
import type { LedgerDatabase } from './tables.ts'

/** Who may be given an item of this hospital's worklist: its administrators who can sign in, by name. */
export async function listColleagues(
  db: LedgerDatabase,
  hospital: string,
): Promise<{ account: string; name: string }[]> {
  const { rows } = await sql<{ account: string; name: string }>`
    SELECT a.id AS account, a.name FROM account a
    WHERE a.state = 'active' AND (a.everywhere OR EXISTS (
      SELECT FROM account_role r WHERE r.account = a.id AND r.hospital = ${hospital} AND r.role = 'administrator'))
    ORDER BY a.name, a.id`.execute(db)
  return rows
}
