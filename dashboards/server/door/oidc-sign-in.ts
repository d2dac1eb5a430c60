import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { z } from 'zod'
import { Failure } from '../../../connectors/failure.ts'
import {
  accountOfIdentity,
  takeUpAccount,
  tieIdentity,
  type Identity,
} from '../../../orchestrator/ledger/accounts.ts'
import { newKey } from '../../../orchestrator/ledger/door-keys.ts'
import { keepAttempt, takeAttempt } from '../../../orchestrator/ledger/oidc-attempts.ts'
import { lookAtLink, takeLink } from '../../../orchestrator/ledger/one-time-links.ts'
import { recordSignIn } from '../../../orchestrator/ledger/sign-ins.ts'
import type { SecretBox } from '../../../orchestrator/secrets/secret-box.ts'
import type { DoorTools } from './door-tools.ts'
import { invalidLink } from './link-sign-in.ts'
import { unavailable } from './oidc-service.ts'

/** What must still be known when the browser comes back. */
const Attempt = z.object({
  nonce: z.string(),
  verifier: z.string(),
  /** The key of a one-time link, whose account is then tied to who signs in there. */
  link: z.string().optional(),
  /** The account that is signed in here and is to be tied. */
  account: z.string().optional(),
})
type Tying = Pick<z.output<typeof Attempt>, 'link' | 'account'>

/** Somebody whom the service knows and no account here was tied to must not learn which accounts there are. */
const PURPOSE = 'oidc-attempt'

const returnAddress = (origin: string): string => `${origin}/api/sign-in/oidc/return`

/**
 * Where to send the browser to sign in with the service of the organisation: the code flow with PKCE, state and nonce.
 * @throws business when there is no such service, it does not answer, or the link cannot be used
 */
export async function beginOidc(door: DoorTools, box: SecretBox, tying: Tying): Promise<string> {
  const service = await serviceOf(door)
  if (tying.link !== undefined && !(await lookAtLink(door.db, tying.link))) throw invalidLink()
  const [state, nonce, verifier, note] = [randomState(), randomNonce(), randomPKCECodeVerifier(), newKey()]
  const sealed = box.seal(PURPOSE, Buffer.from(JSON.stringify({ nonce, verifier, ...tying })))
  await keepAttempt(door.db, { state, note, sealed })
  door.giveNote(note)
  const address = buildAuthorizationUrl(service, {
    redirect_uri: returnAddress(door.origin),
    scope: 'openid',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  })
  return address.href
}

/**
 * Lets in who comes back from the service: the account that was tied to this issuer and subject. Nothing else that the
 * service says counts: names and addresses change, and roles are given here.
 * @param query of the address that the browser came back to
 * @throws business with a code that the page translates
 */
export async function finishOidc(
  door: DoorTools,
  box: SecretBox,
  query: Readonly<Record<string, unknown>>,
): Promise<string> {
  const service = await serviceOf(door)
  const { state } = query
  const sealed =
    typeof state === 'string' && door.note !== undefined
      ? await takeAttempt(door.db, { state, note: door.note })
      : undefined
  if (!sealed || typeof state !== 'string')
    throw new Failure(
      'business',
      'oidc-unknown',
      'This sign-in was not begun in this browser, or too long ago: begin again.',
    )
  const attempt = Attempt.parse(JSON.parse(box.open(PURPOSE, sealed).toString()))
  const address = new URL(returnAddress(door.origin))
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === 'string') address.searchParams.set(name, value)
  }
  const checks = {
    expectedState: state,
    expectedNonce: attempt.nonce,
    pkceCodeVerifier: attempt.verifier,
    idTokenExpected: true,
  }
  const answer = await authorizationCodeGrant(service, address, checks).catch((error: unknown) => {
    throw unavailable(error)
  })
  const claims = answer.claims()
  if (!claims) throw unavailable(undefined)
  return await accountFor(door, attempt, { issuer: claims.iss, subject: claims.sub })
}

async function accountFor(door: DoorTools, { link, account }: Tying, identity: Identity): Promise<string> {
  const { db, from: address } = door
  if (link !== undefined || account !== undefined) await tie(door, { link, account }, identity)
  const found = await accountOfIdentity(db, identity)
  if (found?.state === 'active') {
    await recordSignIn(db, { account: found.account, way: 'oidc', outcome: 'in', address })
    return found.account
  }
  await recordSignIn(db, {
    account: found?.account ?? '',
    way: 'oidc',
    outcome: found ? 'not-active' : 'wrong',
    address,
  })
  const sentence =
    'No account here is tied to this sign-in: ask an administrator of the hospital for an invitation.'
  throw new Failure('business', 'oidc-no-account', sentence)
}

/** Ties who signed in at the service to the account of a link or of who was signed in here when it began. */
async function tie({ db }: DoorTools, { link, account }: Tying, identity: Identity): Promise<void> {
  const known = await accountOfIdentity(db, identity)
  const wanted = account ?? (link === undefined ? undefined : (await lookAtLink(db, link))?.account)
  if (wanted === undefined) throw invalidLink()
  if (known && known.account !== wanted) throw taken()
  if (link !== undefined && (await takeLink(db, link))?.account !== wanted) throw invalidLink()
  if (!(await tieIdentity(db, wanted, identity))) throw taken()
  if (link !== undefined) await takeUpAccount(db, wanted, {})
}

const taken = () =>
  new Failure('business', 'oidc-taken', 'Another account here is tied to this sign-in already: use that one.')

async function serviceOf({ oidc }: DoorTools) {
  if (oidc) return await oidc()
  throw new Failure(
    'business',
    'not-found',
    'There is no single sign-on here: ONTREGEL_OIDC_ISSUER is not set.',
  )
}
