import { sql } from 'kysely'
import { keyHash, newKey } from './door-keys.ts'
import type { SignInWay } from './door-tables.ts'
import type { LedgerDatabase } from './tables.ts'

/** Ends of a session: after so long without a request, and in any case. A working day is one sign-in. */
const IDLE = sql`interval '45 minutes'`
const WHOLE = sql`interval '12 hours'`

export interface NewSession {
  readonly account: string
  readonly way: SignInWay
  /** Where from: an address of the network. */
  readonly address: string
  readonly browser: string
}

/** Who a session belongs to. */
export interface SessionHolder {
  readonly session: string
  readonly account: string
  readonly name: string
  readonly language: 'nl' | 'en'
  /** Whether more than a password stands before the account: a second factor here, or the sign-in service's own. */
  readonly hasSecondFactor: boolean
}

/**
 * Begins a session under a new key, which only the browser knows. Sessions that ended are cleared away meanwhile.
 * @param replaced the session that this browser had before, which ends
 */
export async function openSession(
  db: LedgerDatabase,
  session: NewSession,
  replaced?: string,
): Promise<string> {
  const key = newKey()
  if (replaced !== undefined) await db.deleteFrom('session').where('id', '=', replaced).execute()
  const { account, way, address, browser } = session
  await sql`DELETE FROM session WHERE idle_until < clock_timestamp() OR ends_at < clock_timestamp()`.execute(
    db,
  )
  await sql`
    INSERT INTO session (hash, account, way, address, browser, idle_until, ends_at)
    VALUES (${keyHash(key)}, ${account}, ${way}, ${address}, ${browser.slice(0, 200)},
      clock_timestamp() + ${IDLE}, clock_timestamp() + ${WHOLE})`.execute(db)
  return key
}

/** Who holds this key now, and notes that it was used, at most once a minute. Undefined when the session ended. */
export async function sessionHolder(db: LedgerDatabase, key: string): Promise<SessionHolder | undefined> {
  const hash = keyHash(key)
  const { rows } = await sql<SessionHolder & { stale: boolean }>`
    SELECT s.id AS session, a.id AS account, a.name, a.language,
      a.totp IS NOT NULL OR s.way = 'oidc' AS "hasSecondFactor",
      s.seen_at < clock_timestamp() - interval '1 minute' AS stale
    FROM session s JOIN account a ON a.id = s.account AND a.state = 'active'
    WHERE s.hash = ${hash} AND s.idle_until > clock_timestamp() AND s.ends_at > clock_timestamp()`.execute(db)
  const [found] = rows
  if (!found) return undefined
  const { stale, ...holder } = found
  if (stale) {
    await sql`UPDATE session SET seen_at = clock_timestamp(), idle_until = clock_timestamp() + ${IDLE}
      WHERE hash = ${hash}`.execute(db)
  }
  return holder
}

/** Ends one session of an account. Gives whether there was one. */
export async function closeSession(db: LedgerDatabase, account: string, session: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('session')
    .where('account', '=', account)
    .where('id', '=', session)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Ends the sessions of an account, all but `spared`. */
export async function closeSessions(db: LedgerDatabase, account: string, spared?: string): Promise<void> {
  let sessions = db.deleteFrom('session').where('account', '=', account)
  if (spared !== undefined) sessions = sessions.where('id', '<>', spared)
  await sessions.execute()
}

export interface OpenSession {
  readonly id: string
  readonly way: SignInWay
  readonly address: string
  readonly browser: string
  readonly began: Date
  readonly seen: Date
}

/** The sessions of an account that are open now, the newest first. */
export async function listSessions(db: LedgerDatabase, account: string): Promise<OpenSession[]> {
  const { rows } = await sql<OpenSession>`
    SELECT id, way, address, browser, made_at AS began, seen_at AS seen FROM session
    WHERE account = ${account} AND idle_until > clock_timestamp() AND ends_at > clock_timestamp()
    ORDER BY made_at DESC`.execute(db)
  return rows
}
