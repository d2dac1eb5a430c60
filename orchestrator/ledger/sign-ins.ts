import { sql } from 'kysely'
import type { SignInOutcome, SignInWay } from './door-tables.ts'
import type { LedgerDatabase } from './tables.ts'

export interface SignIn {
  /** Written down only when there is such an account: people type their password where it belongs. */
  readonly account: string
  readonly way: SignInWay
  readonly outcome: SignInOutcome
  readonly address: string
}

export interface ReadSignIn extends SignIn {
  readonly id: number
  readonly at: Date
}

/** Rows of one page of the log. */
const PAGE = 200

/** Writes down who came, or tried to. */
export async function recordSignIn(
  db: LedgerDatabase,
  { account, way, outcome, address }: SignIn,
): Promise<void> {
  await sql`
    INSERT INTO sign_in (account, way, outcome, address)
    VALUES ((SELECT id FROM account WHERE id = ${account}), ${way}, ${outcome}, ${address})`.execute(db)
  if (outcome === 'in')
    await sql`UPDATE account SET signed_in_at = clock_timestamp() WHERE id = ${account}`.execute(db)
}

/**
 * Who of a hospital's people, and of those who administer every hospital, came or tried to, the newest first, a page at a time.
 * @param before the id of the last one of the page before
 */
export async function listSignIns(
  db: LedgerDatabase,
  {
    hospital,
    before,
    account,
  }: { hospital: string; before?: number | undefined; account?: string | undefined },
): Promise<ReadSignIn[]> {
  const { rows } = await sql<ReadSignIn>`
    SELECT s.id, s.at, s.account, s.way, s.outcome, s.address FROM sign_in s
    WHERE s.account IN (
        SELECT account FROM account_role WHERE hospital = ${hospital} UNION SELECT id FROM account WHERE everywhere)
      AND s.id < ${before ?? Number.MAX_SAFE_INTEGER} AND (${account ?? null}::text IS NULL OR s.account = ${account ?? null})
    ORDER BY s.id DESC LIMIT ${PAGE}`.execute(db)
  return rows
}
