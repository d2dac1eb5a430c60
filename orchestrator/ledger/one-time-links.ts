import { sql } from 'kysely'
import { keyHash, newKey } from './door-keys.ts'
import type { LinkPurpose } from './door-tables.ts'
import type { LedgerDatabase } from './tables.ts'

/** How long a link may lie unused. One that lets in at once is for who reads it now. */
const HOURS: Readonly<Record<LinkPurpose, number>> = {
  'first-administrator': 24,
  invitation: 72,
  'new-password': 24,
  'sign-in': 1,
}

export interface OneTimeLink {
  readonly account: string
  readonly purpose: LinkPurpose
}

/** Makes a link's key, told once; earlier links of the account that were not used are worth nothing from then on. */
export async function makeLink(
  db: LedgerDatabase,
  { account, purpose, madeBy }: OneTimeLink & { readonly madeBy: string },
): Promise<{ key: string; ends: Date }> {
  const key = newKey()
  const { rows } = await sql<{ ends: Date }>`
    WITH earlier AS (DELETE FROM one_time_link WHERE account = ${account} AND used_at IS NULL)
    INSERT INTO one_time_link (hash, account, purpose, made_by, ends_at)
    VALUES (${keyHash(key)}, ${account}, ${purpose}, ${madeBy}, clock_timestamp() + ${HOURS[purpose]} * interval '1 hour')
    RETURNING ends_at AS ends`.execute(db)
  const [made] = rows
  if (!made) throw new Error('The link was not written down.')
  return { key, ends: made.ends }
}

/** What a link is for, as long as it can be used: not used, not ended, and its account not disabled. */
export async function lookAtLink(db: LedgerDatabase, key: string): Promise<OneTimeLink | undefined> {
  const { rows } = await sql<OneTimeLink>`
    SELECT l.account, l.purpose FROM one_time_link l JOIN account a ON a.id = l.account AND a.state <> 'disabled'
    WHERE l.hash = ${keyHash(key)} AND l.used_at IS NULL AND l.ends_at > clock_timestamp()`.execute(db)
  return rows[0]
}

/** Uses a link up: of all who try at the same time, one gets it. */
export async function takeLink(db: LedgerDatabase, key: string): Promise<OneTimeLink | undefined> {
  const { rows } = await sql<OneTimeLink>`
    UPDATE one_time_link l SET used_at = clock_timestamp() FROM account a
    WHERE a.id = l.account AND a.state <> 'disabled'
      AND l.hash = ${keyHash(key)} AND l.used_at IS NULL AND l.ends_at > clock_timestamp()
    RETURNING l.account, l.purpose`.execute(db)
  return rows[0]
}
