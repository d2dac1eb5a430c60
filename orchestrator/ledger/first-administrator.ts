import { sql } from 'kysely'
import { makeLink } from './one-time-links.ts'
import { ROLES, type Role } from './roles.ts'
import type { LedgerDatabase } from './tables.ts'

/** The account that the first start makes; the person who uses the link chooses the name on the screen. */
const FIRST = 'beheerder'

/**
 * A link for the first administrator, of all hospitals, as long as nobody ever administered anything here; undefined
 * from then on.
 */
export async function firstAdministratorLink(db: LedgerDatabase): Promise<string | undefined> {
  const { rows } = await sql`
    SELECT FROM account a WHERE a.state <> 'invited'
      AND (a.everywhere OR EXISTS (SELECT FROM account_role r WHERE r.account = a.id AND r.role = 'administrator'))
    LIMIT 1`.execute(db)
  if (rows.length > 0) return undefined
  await sql`
    INSERT INTO account (id, name, language, state, everywhere) VALUES (${FIRST}, 'Beheerder', 'nl', 'invited', true)
    ON CONFLICT DO NOTHING`.execute(db)
  return (await makeLink(db, { account: FIRST, purpose: 'first-administrator', madeBy: 'ontregel' })).key
}

/** A link that signs in at once to an account of all hospitals with all roles at one of them: for practising, never for a hospital. */
export async function practiceLink(db: LedgerDatabase, account: string, hospital: string): Promise<string> {
  await sql`
    INSERT INTO account (id, name, language, state, everywhere) VALUES (${account}, 'Praktijkbeheerder', 'nl', 'active', true)
    ON CONFLICT DO NOTHING`.execute(db)
  await giveRoles(db, account, hospital, ROLES)
  return (await makeLink(db, { account, purpose: 'sign-in', madeBy: 'ontregel' })).key
}

async function giveRoles(
  db: LedgerDatabase,
  account: string,
  hospital: string,
  roles: readonly Role[],
): Promise<void> {
  for (const role of roles) {
    await sql`INSERT INTO account_role (account, hospital, role, given_by) VALUES (${account}, ${hospital}, ${role}, 'ontregel')
      ON CONFLICT DO NOTHING`.execute(db)
  }
}
