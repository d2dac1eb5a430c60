import { sql } from 'kysely'
import type { Grants, Role } from './roles.ts'
import type { LedgerDatabase } from './tables.ts'

/** The roles an account has at each hospital now; none unless it is active. */
export async function readGrants(db: LedgerDatabase, account: string): Promise<Grants<Role>> {
  const { rows } = await sql<{ hospital: string; role: Role }>`
    SELECT r.hospital, r.role FROM account_role r JOIN account a ON a.id = r.account
    WHERE a.id = ${account} AND a.state = 'active'
    UNION
    SELECT h.id, 'administrator' FROM hospital h
    WHERE EXISTS (SELECT FROM account WHERE id = ${account} AND state = 'active' AND everywhere)`.execute(db)
  const grants = new Map<string, Set<Role>>()
  for (const { hospital, role } of rows) {
    grants.set(hospital, (grants.get(hospital) ?? new Set()).add(role))
  }
  return grants
}
