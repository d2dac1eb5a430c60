import { sql, type Kysely } from 'kysely'
import type { TablePolicy } from './table-policies.ts'

/**
 * Gives each table its policies and the three roles their rights; what stood there before is replaced. Row security is
 * forced, so that also a connection that took no role sees nothing. A table that does not exist yet is passed over.
 */
export async function protectTables(
  db: Kysely<unknown>,
  policies: Readonly<Record<string, TablePolicy>>,
): Promise<void> {
  for (const [table, policy] of Object.entries(policies)) {
    const { rows } = await sql`SELECT FROM pg_class WHERE relname = ${table} AND relkind IN ('r', 'p')
      AND relnamespace = 'ontregel'::regnamespace`.execute(db)
    if (rows.length > 0) await protect(db, table, policy)
  }
}

async function protect(db: Kysely<unknown>, table: string, policy: TablePolicy): Promise<void> {
  const name = sql.table(table)
  await sql`REVOKE ALL ON ${name} FROM PUBLIC, ontregel_app, ontregel_web, ontregel_door`.execute(db)
  await sql`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`.execute(db)
  await sql`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`.execute(db)
  for (const [role, rows, rights] of allowed(policy)) {
    const [grantee, rule, condition] = [sql.id(role), sql.id(`${role}_rows`), sql.raw(rows)]
    await sql`GRANT ${sql.raw(rights)} ON ${name} TO ${grantee}`.execute(db)
    await sql`DROP POLICY IF EXISTS ${rule} ON ${name}`.execute(db)
    await sql`CREATE POLICY ${rule} ON ${name} TO ${grantee} USING (${condition}) WITH CHECK (${condition})`.execute(
      db,
    )
  }
  for (const [kind, clause] of ofColleagues(policy)) {
    const rule = sql.id(`colleague_${kind.toLowerCase()}`)
    await sql`DROP POLICY IF EXISTS ${rule} ON ${name}`.execute(db)
    await sql`CREATE POLICY ${rule} ON ${name} FOR ${sql.raw(kind)} TO ontregel_web ${sql.raw(clause)}`.execute(
      db,
    )
  }
  if (!policy.ownerKeeps) return
  await sql`DROP POLICY IF EXISTS owner_rows ON ${name}`.execute(db)
  await sql`CREATE POLICY owner_rows ON ${name} TO CURRENT_USER USING (true)`.execute(db)
}

type Allowed = readonly [role: string, rows: string, rights: string]

/** What colleagues may besides what everybody may: rules beside the others, for those who were told to be one. */
function ofColleagues({ colleague }: TablePolicy): [kind: string, clause: string][] {
  if (!colleague) return []
  const { sees, writes, keeps } = colleague
  return [
    ['SELECT', `USING (${sees})`],
    ...(writes === undefined ? [] : [['INSERT', `WITH CHECK (${writes})`] satisfies [string, string]]),
    ...(keeps === undefined
      ? []
      : [
          ['UPDATE', `USING (${keeps})`] satisfies [string, string],
          ['DELETE', `USING (${keeps})`] satisfies [string, string],
        ]),
  ]
}

function allowed({ web, webReads, addedTo, door }: TablePolicy): Allowed[] {
  const writing = addedTo ? 'SELECT, INSERT' : 'SELECT, INSERT, UPDATE, DELETE'
  if (door) return [['ontregel_door', 'true', writing]]
  const app: Allowed = ['ontregel_app', 'true', writing]
  return web === undefined ? [app] : [app, ['ontregel_web', web, webReads ? 'SELECT' : writing]]
}
