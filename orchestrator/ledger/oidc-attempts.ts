import { sql } from 'kysely'
import { keyHash } from './door-keys.ts'
import type { LedgerDatabase } from './tables.ts'

/** Somebody was sent to a sign-in service and is to come back. */
export interface OidcAttempt {
  /** Comes back in the address. */
  readonly state: string
  /** Only the browser that was sent has it. */
  readonly note: string
  readonly sealed: Buffer
}

/** Keeps an attempt for ten minutes; those that nobody came back for are cleared away meanwhile. */
export async function keepAttempt(db: LedgerDatabase, { state, note, sealed }: OidcAttempt): Promise<void> {
  await sql`DELETE FROM oidc_attempt WHERE ends_at < clock_timestamp()`.execute(db)
  await sql`
    INSERT INTO oidc_attempt (hash, browser, sealed, ends_at)
    VALUES (${keyHash(state)}, ${keyHash(note)}, ${sealed}, clock_timestamp() + interval '10 minutes')`.execute(
    db,
  )
}

/** Takes an attempt back, once, for the browser that began it; undefined for any other and when it ended. */
export async function takeAttempt(
  db: LedgerDatabase,
  { state, note }: Omit<OidcAttempt, 'sealed'>,
): Promise<Buffer | undefined> {
  const { rows } = await sql<{ sealed: Buffer }>`
    DELETE FROM oidc_attempt
    WHERE hash = ${keyHash(state)} AND browser = ${keyHash(note)} AND ends_at > clock_timestamp()
    RETURNING sealed`.execute(db)
  return rows[0]?.sealed
}
