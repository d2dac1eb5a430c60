import { randomBytes } from 'node:crypto'
import type { Role } from '../../../orchestrator/ledger/roles.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'

/** An active account with these roles at a hospital; its name says which. */
export async function putTestAccount(
  db: LedgerDatabase,
  roles: readonly Role[],
  hospital: string,
): Promise<string> {
  const id = `${[...roles].toSorted().join('-') || `zonder-rol-${randomBytes(2).toString('hex')}`}.${hospital}`
  await db
    .insertInto('account')
    .values({
      id,
      name: `Test ${id}`,
      language: 'nl',
      state: 'active',
      password: null,
      totp: null,
      totp_step: null,
      issuer: null,
      subject: null,
      signed_in_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  for (const role of roles) {
    await db
      .insertInto('account_role')
      .values({ account: id, hospital, role, given_by: 'test' })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  return id
}
