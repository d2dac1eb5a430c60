import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { LedgerDatabase } from './tables.ts'

/** Failures that cost nothing; after them each costs a wait, doubled each time. */
interface Patience {
  readonly free: number
}

/** Somebody at one place who tries one account. */
const PAIR: Patience = { free: 5 }
/** One place, which may be a whole hospital behind one address. */
const PLACE: Patience = { free: 60 }
/** One account, tried from places where it never signed in. */
const STRANGERS: Patience = { free: 20 }

const FIRST_WAIT_SECONDS = 15
const LONGEST_WAIT_SECONDS = 900
/** Failures are forgotten after so long without one. */
const FORGOTTEN = sql`interval '1 hour'`

export interface Attempt {
  readonly account: string
  readonly address: string
}

/**
 * Whether somebody may try now. Counted before the password is looked at, so that many tries at once get no more
 * answers than one after the other. Waits grow to a quarter of an hour and end by themselves, and whoever comes from
 * where the account signed in before does not wait for what strangers did: nobody can lock another out for good.
 */
export async function mayTry(db: LedgerDatabase, attempt: Attempt): Promise<boolean> {
  if (!(await count(db, placeKey(attempt), PLACE))) return false
  if (!(await count(db, pairKey(attempt), PAIR))) return false
  if (await isKnownPlace(db, attempt)) return true
  return await count(db, strangersKey(attempt), STRANGERS)
}

/** Somebody came in: what failed before at this place for this account is forgotten. */
export async function forgetFailures(db: LedgerDatabase, attempt: Attempt): Promise<void> {
  await sql`DELETE FROM sign_in_block WHERE key = ${pairKey(attempt)} OR failed_at < clock_timestamp() - ${FORGOTTEN}`.execute(
    db,
  )
  await takeBackFromPlace(db, attempt)
}

/**
 * A try was no failure of its place: many honest people may share it. For its account it stays counted, so that who
 * knows a password cannot try codes without end.
 */
export async function takeBackFromPlace(db: LedgerDatabase, attempt: Attempt): Promise<void> {
  await sql`UPDATE sign_in_block SET failures = greatest(failures - 1, 0) WHERE key = ${placeKey(attempt)}`.execute(
    db,
  )
}

async function count(db: LedgerDatabase, key: Buffer, { free }: Patience): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO sign_in_block AS b (key, failures, failed_at, until)
    VALUES (${key}, 1, clock_timestamp(), clock_timestamp())
    ON CONFLICT (key) DO UPDATE SET failed_at = clock_timestamp(),
      failures = CASE WHEN b.failed_at < clock_timestamp() - ${FORGOTTEN} THEN 1 ELSE b.failures + 1 END,
      until = CASE WHEN b.failures < ${free} OR b.failed_at < clock_timestamp() - ${FORGOTTEN} THEN clock_timestamp()
        ELSE clock_timestamp() + interval '1 second'
          * least(${LONGEST_WAIT_SECONDS}, ${FIRST_WAIT_SECONDS} * 2.0 ^ least(b.failures - ${free}, 10)) END
    WHERE b.until <= clock_timestamp()
    RETURNING key`.execute(db)
  return rows.length > 0
}

async function isKnownPlace(db: LedgerDatabase, { account, address }: Attempt): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM sign_in WHERE account = ${account} AND address = ${address} AND outcome = 'in'
      AND at > clock_timestamp() - interval '90 days' LIMIT 1`.execute(db)
  return rows.length > 0
}

const placeKey = ({ address }: Attempt): Buffer => digest('place', address)
const pairKey = ({ account, address }: Attempt): Buffer => digest('pair', account, address)
const strangersKey = ({ account }: Attempt): Buffer => digest('strangers', account)

/** People type their password where the account belongs: what was tried is not kept readable. */
const digest = (...parts: readonly string[]): Buffer =>
  createHash('sha256').update(JSON.stringify(parts)).digest()
