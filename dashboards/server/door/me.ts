import { Failure } from '../../../connectors/failure.ts'
import { hospitalNames, readAccount } from '../../../orchestrator/ledger/accounts.ts'
import { readGrants } from '../../../orchestrator/ledger/grants.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import type { Me } from './me-schemas.ts'

/** Who an account is and what it may be where. @throws business `not-signed-in` when it is gone */
export async function meOf(db: LedgerDatabase, account: string): Promise<Me> {
  const [details, grants, names] = await Promise.all([
    readAccount(db, account),
    readGrants(db, account),
    hospitalNames(db),
  ])
  if (!details) throw new Failure('business', 'not-signed-in', 'This account is not there any more.')
  const { name, language, hasPassword, hasTotp, hasOidc } = details
  const hospitals = [...grants].map(([id, roles]) => ({
    id,
    name: names.get(id) ?? id,
    roles: [...roles].toSorted(),
  }))
  return {
    account,
    name,
    language,
    hospitals: hospitals.toSorted((a, b) => a.name.localeCompare(b.name, 'nl')),
    hasPassword,
    hasTotp,
    hasOidc,
  }
}
