import { Failure } from '../../../connectors/failure.ts'
import { keepPassword, keepTotp, readKeptSecrets } from '../../../orchestrator/ledger/accounts.ts'
import { forgetFailures, mayTry } from '../../../orchestrator/ledger/sign-in-blocks.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { hashPassword, isPassword } from '../../../orchestrator/secrets/password.ts'
import type { SecretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { sealTotp, totpStep } from '../../../orchestrator/secrets/totp.ts'

interface Own {
  readonly account: string
  readonly address: string
}

/** Gives one's own account a new password. @throws business when the current one is not right, or there is none */
export async function changePassword(
  db: LedgerDatabase,
  own: Own,
  { current, password }: { readonly current: string; readonly password: string },
): Promise<void> {
  await requirePassword(db, own, 'current', current)
  await keepPassword(db, own.account, await hashPassword(password))
}

/** Ties an app to one's own account, once it shows the code of this secret. @throws business when it does not */
export async function confirmTotp(
  db: LedgerDatabase,
  box: SecretBox,
  account: string,
  { secret, code }: { readonly secret: string; readonly code: string },
): Promise<void> {
  const kept = await readKeptSecrets(db, account)
  if (kept && kept.totp !== null) {
    const sentence = 'There is a second factor already: remove it first, with the password.'
    throw new Failure('business', 'conflict', sentence)
  }
  if (totpStep(account, secret, code, Date.now()) === undefined)
    throw new Failure(
      'business',
      'field-invalid',
      'Field code: is not what the app should show now; look whether the clock of the telephone is right.',
    )
  await keepTotp(db, account, sealTotp(box, account, secret))
}

/** Takes the second factor away. @throws business when the password is not right */
export async function removeTotp(db: LedgerDatabase, own: Own, password: string): Promise<void> {
  await requirePassword(db, own, 'password', password)
  await keepTotp(db, own.account, null)
}

/** An open page alone must not be enough to take an account over. Tries count as those at the door do. */
async function requirePassword(db: LedgerDatabase, own: Own, field: string, given: string): Promise<void> {
  const kept = await readKeptSecrets(db, own.account)
  if (!kept || kept.password === null) {
    const sentence = 'This account has no password: an administrator can make a link to choose one.'
    throw new Failure('business', 'no-password', sentence)
  }
  if (!(await mayTry(db, own)))
    throw new Failure('business', 'too-many', 'Too many tries: wait a quarter of an hour.')
  if (!(await isPassword(given, kept.password)))
    throw new Failure('business', 'field-invalid', `Field ${field}: is not the password of this account.`)
  await forgetFailures(db, own)
}
