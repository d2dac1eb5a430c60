import { sql } from 'kysely'
import { Failure } from '../../connectors/failure.ts'
import type { LedgerDatabase } from './tables.ts'

/**
 * What a connection may do, beside the account that owns the tables: `app` is workers, sweeper and command line and
 * sees every hospital, `web` sees what it is told at each request, `door` sees accounts and sessions only.
 */
export const DATABASE_ROLES = ['ontregel_app', 'ontregel_web', 'ontregel_door'] as const
export type DatabaseRole = (typeof DATABASE_ROLES)[number]

/** Another database of this server may make or give the same role at the same moment. */
const TRIES = 10
const SOMEBODY_ELSE_DID: ReadonlySet<string> = new Set(['42710', '23505', 'XX000', '40001'])
const MAY_NOT: ReadonlySet<string> = new Set(['42501', '0LP01'])

/**
 * Makes the roles that are not there yet and lets this account take them; roles belong to the whole server.
 * @throws business `database-roles` with what an administrator of the database has to run, when this account may not
 */
export async function ensureRoles(db: LedgerDatabase): Promise<void> {
  for (const role of DATABASE_ROLES) {
    await untilDone(db, role)
  }
}

async function untilDone(db: LedgerDatabase, role: DatabaseRole): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const { exists, usable } = await lookAt(db, role)
    if (usable) return
    try {
      const name = sql.id(role)
      if (!exists) await sql`CREATE ROLE ${name} NOLOGIN`.execute(db)
      else await sql`GRANT ${name} TO CURRENT_USER`.execute(db)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (MAY_NOT.has(code)) throw await mayNot(db, error)
      if (!SOMEBODY_ELSE_DID.has(code) || tries === TRIES) throw error
    }
  }
}

/** From 16 on who makes a role is its member without being allowed to take it. */
async function lookAt(db: LedgerDatabase, role: DatabaseRole): Promise<{ exists: boolean; usable: boolean }> {
  const { rows } = await sql<{ usable: boolean }>`
    SELECT pg_has_role(CURRENT_USER, oid,
      CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) AS usable
    FROM pg_roles WHERE rolname = ${role}`.execute(db)
  return { exists: rows.length > 0, usable: rows[0]?.usable ?? false }
}

async function mayNot(db: LedgerDatabase, cause: unknown): Promise<Failure> {
  const { rows } = await sql<{ account: string }>`SELECT quote_ident(CURRENT_USER) AS account`.execute(db)
  const make = DATABASE_ROLES.map((role) => `CREATE ROLE ${role} NOLOGIN;`).join(' ')
  const give = `GRANT ${DATABASE_ROLES.join(', ')} TO ${rows[0]?.account ?? 'the account of DATABASE_URL'};`
  const sentence = `The account of DATABASE_URL may not make or take the roles that keep hospitals apart: let an administrator of the database run once, leaving out roles that exist: ${make} ${give}`
  return new Failure('business', 'database-roles', sentence, { cause })
}
