import { hospitalsOf } from '../../../orchestrator/ledger/accounts.ts'
import { recordChange } from '../../../orchestrator/ledger/changes.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'

/** How somebody comes in each time, other than with a link that lets in just once. */
export type WayIn = 'password' | 'oidc'

/**
 * Writes down, at every hospital where an account has a role, that it got another way in by a link: what it came in
 * with before is worth nothing from then on.
 * @param doorDb as the door sees the ledger
 * @param db what writes changes
 */
export async function recordWayIn(
  doorDb: LedgerDatabase,
  db: LedgerDatabase,
  account: string,
  way: WayIn,
): Promise<void> {
  const change = { account, what: 'person-way-in', subject: account, before: null, after: { way } }
  for (const hospital of await hospitalsOf(doorDb, account)) await recordChange(db, { hospital, ...change })
}
