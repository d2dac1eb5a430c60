import { sql } from 'kysely'
import type { LedgerDatabase } from './tables.ts'

/** What the door tells about an account; never the password or the second factor themselves. */
export interface AccountDetails {
  readonly account: string
  readonly name: string
  readonly language: 'nl' | 'en'
  readonly state: 'invited' | 'active' | 'disabled'
  readonly hasPassword: boolean
  readonly hasTotp: boolean
  readonly hasOidc: boolean
}

/** What the door compares with. */
export interface KeptSecrets {
  readonly state: 'invited' | 'active' | 'disabled'
  /** A PHC string. */
  readonly password: string | null
  /** Sealed. */
  readonly totp: Buffer | null
}

export interface Identity {
  readonly issuer: string
  readonly subject: string
}

/** Undefined when there is no such account. */
export async function readAccount(db: LedgerDatabase, account: string): Promise<AccountDetails | undefined> {
  const { rows } = await sql<AccountDetails>`
    SELECT id AS account, name, language, state, password IS NOT NULL AS "hasPassword", totp IS NOT NULL AS "hasTotp",
      subject IS NOT NULL AS "hasOidc"
    FROM account WHERE id = ${account}`.execute(db)
  return rows[0]
}

export async function readKeptSecrets(db: LedgerDatabase, account: string): Promise<KeptSecrets | undefined> {
  return await db
    .selectFrom('account')
    .select(['state', 'password', 'totp'])
    .where('id', '=', account)
    .executeTakeFirst()
}

/** The names of hospitals by id. */
export async function hospitalNames(db: LedgerDatabase): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('hospital').select(['id', 'name']).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Makes an account that can be signed in to once its link was used. Gives whether it is new. */
export async function makeAccount(
  db: LedgerDatabase,
  { account, name, language }: Pick<AccountDetails, 'account' | 'name' | 'language'>,
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO account (id, name, language, state) VALUES (${account}, ${name}, ${language}, 'invited')
    ON CONFLICT DO NOTHING RETURNING id`.execute(db)
  return rows.length > 0
}

/** Changes what is given, and makes an invited account active: somebody came in with its link. */
export async function takeUpAccount(
  db: LedgerDatabase,
  account: string,
  given: { readonly name?: string | undefined; readonly language?: 'nl' | 'en' | undefined },
): Promise<void> {
  await sql`
    UPDATE account SET name = coalesce(${given.name ?? null}, name), language = coalesce(${given.language ?? null}, language),
      state = CASE state WHEN 'invited' THEN 'active' ELSE state END
    WHERE id = ${account}`.execute(db)
}

export async function changeLanguage(
  db: LedgerDatabase,
  account: string,
  language: 'nl' | 'en',
): Promise<void> {
  await db.updateTable('account').set({ language }).where('id', '=', account).execute()
}

/** @param password a PHC string */
export async function keepPassword(db: LedgerDatabase, account: string, password: string): Promise<void> {
  await db.updateTable('account').set({ password }).where('id', '=', account).execute()
}

/** Gives an account a password as its way in, in the place of whoever at a sign-in service it was tied to. @param password a PHC string */
export async function choosePassword(db: LedgerDatabase, account: string, password: string): Promise<void> {
  await db
    .updateTable('account')
    .set({ password, issuer: null, subject: null })
    .where('id', '=', account)
    .execute()
}

/** Where an account has a role; every hospital, for who administers them all. */
export async function hospitalsOf(db: LedgerDatabase, account: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM hospital WHERE EXISTS (SELECT FROM account WHERE id = ${account} AND everywhere)
      OR id IN (SELECT hospital FROM account_role WHERE account = ${account}) ORDER BY id`.execute(db)
  return rows.map(({ id }) => id)
}

/** @param totp sealed; null takes the second factor away */
export async function keepTotp(db: LedgerDatabase, account: string, totp: Buffer | null): Promise<void> {
  await db.updateTable('account').set({ totp, totp_step: null }).where('id', '=', account).execute()
}

/** Takes a time step of the second factor, once: a code that somebody looked at over a shoulder is worth nothing. */
export async function takeTotpStep(db: LedgerDatabase, account: string, step: number): Promise<boolean> {
  const { rows } = await sql`
    UPDATE account SET totp_step = ${step} WHERE id = ${account} AND coalesce(totp_step, 0) < ${step}
    RETURNING id`.execute(db)
  return rows.length > 0
}

/** Ties an account to somebody at a sign-in service, in the place of the password or tie it had. Gives whether that somebody was free. */
export async function tieIdentity(
  db: LedgerDatabase,
  account: string,
  { issuer, subject }: Identity,
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE account SET issuer = ${issuer}, subject = ${subject}, password = NULL
    WHERE id = ${account} AND NOT EXISTS (
      SELECT FROM account WHERE issuer = ${issuer} AND subject = ${subject} AND id <> ${account})
    RETURNING id`.execute(db)
  return rows.length > 0
}

/** The account of somebody at a sign-in service; undefined when none was tied to it. */
export async function accountOfIdentity(
  db: LedgerDatabase,
  { issuer, subject }: Identity,
): Promise<{ account: string; state: string } | undefined> {
  return await db
    .selectFrom('account')
    .select(['id as account', 'state'])
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst()
}
