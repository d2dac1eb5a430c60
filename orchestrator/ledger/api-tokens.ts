import { sql } from 'kysely'
import { keyHash, newKey } from './door-keys.ts'
import type { TokenRole } from './roles.ts'
import type { LedgerDatabase } from './tables.ts'

/** Begins every token, so that a scanner for leaked secrets knows it. */
const PREFIX = 'ontregel_'

export interface NewApiToken {
  readonly hospital: string
  readonly name: string
  readonly role: TokenRole
  readonly madeBy: string
  readonly days: number
}

export interface ApiToken {
  readonly id: string
  readonly name: string
  readonly role: TokenRole
  readonly madeBy: string
  readonly madeAt: Date
  readonly endsAt: Date
  readonly usedAt: Date | null
  readonly withdrawnAt: Date | null
}

/** Makes a token for a machine: it is told once and kept nowhere. */
export async function makeApiToken(
  db: LedgerDatabase,
  { hospital, name, role, madeBy, days }: NewApiToken,
): Promise<{ id: string; token: string }> {
  const token = PREFIX + newKey()
  const { rows } = await sql<{ id: string }>`
    INSERT INTO api_token (hash, hospital, name, role, made_by, ends_at)
    VALUES (${keyHash(token)}, ${hospital}, ${name}, ${role}, ${madeBy}, clock_timestamp() + ${days} * interval '1 day')
    RETURNING id`.execute(db)
  const [made] = rows
  if (!made) throw new Error('The token was not written down.')
  return { id: made.id, token }
}

/** Whose this token is, when it is valid now; notes that it was used, at most once a minute. */
export async function tokenHolder(
  db: LedgerDatabase,
  token: string,
): Promise<{ id: string; name: string; hospital: string; role: TokenRole } | undefined> {
  const { rows } = await sql<{ id: string; name: string; hospital: string; role: TokenRole; stale: boolean }>`
    SELECT id, name, hospital, role, coalesce(used_at < clock_timestamp() - interval '1 minute', true) AS stale
    FROM api_token
    WHERE hash = ${keyHash(token)} AND ends_at > clock_timestamp() AND withdrawn_at IS NULL`.execute(db)
  const [found] = rows
  if (!found) return undefined
  const { stale, ...holder } = found
  if (stale) await sql`UPDATE api_token SET used_at = clock_timestamp() WHERE id = ${holder.id}`.execute(db)
  return holder
}

/** The tokens of a hospital, the newest first; withdrawn and ended ones too. */
export async function listApiTokens(db: LedgerDatabase, hospital: string): Promise<ApiToken[]> {
  const { rows } = await sql<ApiToken>`
    SELECT id, name, role, made_by AS "madeBy", made_at AS "madeAt", ends_at AS "endsAt", used_at AS "usedAt",
      withdrawn_at AS "withdrawnAt"
    FROM api_token WHERE hospital = ${hospital} ORDER BY made_at DESC`.execute(db)
  return rows
}

/** Ends a token for good. Gives whether the hospital has it. */
export async function withdrawApiToken(db: LedgerDatabase, hospital: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE api_token SET withdrawn_at = coalesce(withdrawn_at, clock_timestamp())
    WHERE hospital = ${hospital} AND id = ${id} RETURNING id`.execute(db)
  return rows.length > 0
}
