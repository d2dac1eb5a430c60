import { sql } from 'kysely'
import { Failure } from '../../connectors/failure.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { SecretBox } from './secret-box.ts'

/** What a version of a secret is sealed for. */
export const secretPurpose = (hospital: string, name: string, version: number): string =>
  `secret|${hospital}|${name}|${version}`

/** Keeps a new version of a secret, sealed and bound to its hospital, name and version; earlier versions are removed. Gives the version. */
export async function putSecret(
  db: LedgerDatabase,
  box: SecretBox,
  secret: { readonly hospital: string; readonly name: string; readonly value: string },
): Promise<number> {
  const { hospital, name, value } = secret
  return await inTransaction(db, async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(hashtext(${`${hospital}|${name}`}))`.execute(tx)
    const earlier = await latest(tx, hospital, name)
    const version = (earlier?.version ?? 0) + 1
    const sealed = box.seal(secretPurpose(hospital, name, version), Buffer.from(value))
    await tx.insertInto('secret').values({ hospital, name, version, sealed }).execute()
    await tx
      .deleteFrom('secret')
      .where('hospital', '=', hospital)
      .where('name', '=', name)
      .where('version', '<', version)
      .execute()
    return version
  })
}

/** @throws business when the hospital has no secret of that name */
export async function readSecret(
  db: LedgerDatabase,
  box: SecretBox,
  hospital: string,
  name: string,
): Promise<string> {
  const row = await latest(db, hospital, name)
  if (!row)
    throw new Failure(
      'business',
      'secret-missing',
      `Secret "${name}" is not filled in at hospital ${hospital}: enter it.`,
    )
  return box.open(secretPurpose(hospital, name, row.version), row.sealed).toString()
}

const latest = (db: LedgerDatabase, hospital: string, name: string) =>
  db
    .selectFrom('secret')
    .selectAll()
    .where('hospital', '=', hospital)
    .where('name', '=', name)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
