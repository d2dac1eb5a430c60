import { sql } from 'kysely'
import { Failure } from '../../connectors/failure.ts'
import { closeSessions } from './sessions.ts'
import type { Role } from './roles.ts'
import type { LedgerDatabase } from './tables.ts'

/** Somebody with a role at a hospital, as its administrators see them. */
export interface Person {
  readonly account: string
  readonly name: string
  readonly roles: Role[]
  readonly everywhere: boolean
  readonly state: 'invited' | 'active' | 'disabled'
  readonly hasTotp: boolean
  readonly hasOidc: boolean
  readonly signedIn: Date | null
  /** Has roles at no other hospital, so that this one decides over the account. */
  readonly ours: boolean
}

/** Those with a role at a hospital, by name; those who administer every hospital too. */
export async function listPeople(db: LedgerDatabase, hospital: string, account?: string): Promise<Person[]> {
  const { rows } = await sql<Person>`
    SELECT a.id AS account, a.name, a.everywhere, a.state, a.totp IS NOT NULL AS "hasTotp", a.subject IS NOT NULL AS "hasOidc",
      a.signed_in_at AS "signedIn",
      array(SELECT role FROM account_role r WHERE r.account = a.id AND r.hospital = ${hospital} ORDER BY role) AS roles,
      NOT a.everywhere AND NOT EXISTS (SELECT FROM account_role r WHERE r.account = a.id AND r.hospital <> ${hospital}) AS ours
    FROM account a
    WHERE (${account ?? null}::text IS NULL OR a.id = ${account ?? null})
      AND (a.everywhere OR EXISTS (SELECT FROM account_role r WHERE r.account = a.id AND r.hospital = ${hospital}))
    ORDER BY a.name, a.id`.execute(db)
  return rows
}

/** @throws business `not-found` when the account has no role at this hospital */
export async function findPerson(db: LedgerDatabase, hospital: string, account: string): Promise<Person> {
  const [person] = await listPeople(db, hospital, account)
  if (person) return person
  const sentence = 'This account has no role at this hospital: invite it first.'
  throw new Failure('business', 'not-found', sentence)
}

/**
 * Gives an account exactly these roles at a hospital. Whoever loses one sees what is left at the next request.
 * @throws business when nobody would be left who administers the hospital
 */
export async function changeRoles(
  db: LedgerDatabase,
  { hospital, account, roles, by }: { hospital: string; account: string; roles: readonly Role[]; by: string },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // Two administrators who take the role from each other at once would both be right.
    await sql`SELECT pg_advisory_xact_lock(hashtext(${`people|${hospital}`}))`.execute(tx)
    await sql`DELETE FROM account_role WHERE account = ${account} AND hospital = ${hospital}
      AND role <> ALL(${[...roles]}::text[])`.execute(tx)
    for (const role of roles) {
      await sql`INSERT INTO account_role (account, hospital, role, given_by) VALUES (${account}, ${hospital}, ${role}, ${by})
        ON CONFLICT DO NOTHING`.execute(tx)
    }
    await requireAdministrator(tx, hospital)
  })
}

interface StateChange {
  readonly hospital: string
  readonly account: string
  readonly state: 'active' | 'disabled'
  /** The account that changes it. */
  readonly by: string
}

/**
 * Disables an account, which ends its sessions and links at once, or lets it in again.
 * @throws business when it has roles at other hospitals too, or nobody would be left who administers the hospital
 */
export async function changeState(
  db: LedgerDatabase,
  { hospital, account, state, by }: StateChange,
): Promise<void> {
  await requireOurs(db, await findPerson(db, hospital, account), by)
  await db.transaction().execute(async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(hashtext(${`people|${hospital}`}))`.execute(tx)
    // One that was never taken up is let in by a new link only.
    await sql`UPDATE account SET state = CASE WHEN ${state} = 'active' AND password IS NULL AND subject IS NULL
        THEN 'invited' ELSE ${state} END
      WHERE id = ${account}`.execute(tx)
    if (state === 'active') return
    await closeSessions(tx, account)
    await sql`DELETE FROM one_time_link WHERE account = ${account} AND used_at IS NULL`.execute(tx)
    await requireAdministrator(tx, hospital)
  })
}

/**
 * Whoever may give a link to an account can become it, so that is for the administrators of its one hospital, and for
 * those of all hospitals. @throws business `not-ours`
 */
export async function requireOurs(db: LedgerDatabase, { ours }: Person, by: string): Promise<void> {
  if (ours) return
  const all = db.selectFrom('account').select('id').where('id', '=', by).where('everywhere', '=', true)
  if (await all.executeTakeFirst()) return
  const sentence =
    'This account has roles at other hospitals too: take its roles here away, or ask the administrator of all hospitals.'
  throw new Failure('business', 'not-ours', sentence)
}

async function requireAdministrator(tx: LedgerDatabase, hospital: string): Promise<void> {
  const { rows } = await sql`
    SELECT FROM account a WHERE a.state = 'active' AND (a.everywhere OR EXISTS (
      SELECT FROM account_role r WHERE r.account = a.id AND r.hospital = ${hospital} AND r.role = 'administrator'))
    LIMIT 1`.execute(tx)
  if (rows.length > 0) return
  const sentence =
    'Nobody would be left who administers this hospital: make somebody else administrator first.'
  throw new Failure('business', 'last-administrator', sentence)
}
