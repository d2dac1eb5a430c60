import { Failure } from '../../../connectors/failure.ts'
import {
  keepPassword,
  readKeptSecrets,
  takeTotpStep,
  type KeptSecrets,
} from '../../../orchestrator/ledger/accounts.ts'
import type { SignInOutcome } from '../../../orchestrator/ledger/door-tables.ts'
import { forgetFailures, mayTry, takeBackFromPlace } from '../../../orchestrator/ledger/sign-in-blocks.ts'
import { recordSignIn } from '../../../orchestrator/ledger/sign-ins.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { hashPassword, isPassword, needsNewHash } from '../../../orchestrator/secrets/password.ts'
import type { SecretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { openTotp, totpStep } from '../../../orchestrator/secrets/totp.ts'

export interface PasswordAttempt {
  readonly account: string
  readonly password: string
  readonly code?: string | undefined
  /** Where from. */
  readonly address: string
}

/**
 * Lets somebody in with a password and, when there is one, the second factor; writes down what came of it.
 * @throws business `too-many` to wait, `code-needed` when all that misses is the second factor, `sign-in-refused` for
 * everything else alike
 */
export async function signInByPassword(
  db: LedgerDatabase,
  secrets: SecretBox,
  attempt: PasswordAttempt,
): Promise<void> {
  const { account, address } = attempt
  const write = (outcome: SignInOutcome) => recordSignIn(db, { account, way: 'password', outcome, address })
  if (!(await mayTry(db, attempt))) {
    await write('blocked')
    throw tooMany()
  }
  const kept = await readKeptSecrets(db, account)
  const outcome = await outcomeOf(db, secrets, attempt, kept)
  if (outcome === 'code-needed') {
    await takeBackFromPlace(db, attempt)
    throw new Failure('business', 'code-needed', 'Field code: give the 6 digits that the app shows now.')
  }
  await write(outcome)
  if (outcome !== 'in') throw refused()
  await forgetFailures(db, attempt)
  if (needsNewHash(kept?.password ?? ''))
    await keepPassword(db, account, await hashPassword(attempt.password))
}

/** A code is asked for only when the password is right, and counts as a try of its own. */
async function outcomeOf(
  db: LedgerDatabase,
  secrets: SecretBox,
  { account, password, code }: PasswordAttempt,
  kept: KeptSecrets | undefined,
): Promise<SignInOutcome | 'code-needed'> {
  const right = await isPassword(password, kept?.password ?? null)
  if (!right || !kept) return 'wrong'
  if (kept.state !== 'active') return 'not-active'
  if (kept.totp === null) return 'in'
  if (code === undefined || code === '') return 'code-needed'
  const step = totpStep(
    account,
    openTotp(secrets, account, kept.totp),
    code.replaceAll(/\s/g, ''),
    Date.now(),
  )
  return step !== undefined && (await takeTotpStep(db, account, step)) ? 'in' : 'code-wrong'
}

const refused = () =>
  new Failure(
    'business',
    'sign-in-refused',
    'Account, password or code is not right. After a few tries there is a wait.',
  )

const tooMany = () =>
  new Failure(
    'business',
    'too-many',
    'Too many tries: wait a quarter of an hour, or ask an administrator for a new link.',
  )
