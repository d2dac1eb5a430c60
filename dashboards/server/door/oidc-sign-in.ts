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
import { closeSessions } from '../../../orchestrator/ledger/sessions.ts'
import { recordSignIn } from '../../../orchestrator/ledger/sign-ins.ts'
import type { SecretBox } from '../../../orchestrator/secrets/secret-box.ts'
import type { DoorTools } from './door-tools.ts'
import { givesWayIn, invalidLink } from './link-sign-in.ts'
import { unavailable } from './oidc-service.ts'

/** What must still be known when the browser comes back. */
const Attempt = z.object({
  nonce: z.string(),
  verifier: z.string(),
  /** The key of a one-time link, whose account is then tied to who signs in there. */
  link: z.string().optional(),
})

/** Somebody whom the service knows and no account here was tied to must not learn which accounts there are. */
const PURPOSE = 'oidc-attempt'

const returnAddress = (origin: string): string => `${origin}/api/sign-in/oidc/return`

/**
 * Where to send the browser to sign in with the service of the organisation: the code flow with PKCE, state and nonce.
 * @param link the key of a one-time link that ties its account; undefined to come in with an account that is tied
 * @throws business when there is no such service, it does not answer, or the link cannot be used
 */
export async function beginOidc(door: DoorTools, box: SecretBox, link: string | undefined): Promise<string> {
  const service = await serviceOf(door)
  if (link !== undefined) await tiedBy(door, link)
  const [state, nonce, verifier, note] = [randomState(), randomNonce(), randomPKCECodeVerifier(), newKey()]
  const sealed = box.seal(PURPOSE, Buffer.from(JSON.stringify({ nonce, verifier, link })))
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
  const identity = { issuer: claims.iss, subject: claims.sub }
  if (attempt.link !== undefined) await tie(door, attempt.link, identity)
  return await accountOf(door, identity)
}

async function accountOf({ db, from: address }: DoorTools, identity: Identity): Promise<string> {
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

/**
 * Ties who signed in at the service to the account of a link. Only a link does: an open page alone must
 * not be enough to take an account over.
 */
async function tie(door: DoorTools, link: string, identity: Identity): Promise<void> {
  const { db } = door
  const wanted = await tiedBy(door, link)
  const known = await accountOfIdentity(db, identity)
  if (known && known.account !== wanted) throw taken()
  if ((await takeLink(db, link))?.account !== wanted) throw invalidLink()
  if (!(await tieIdentity(db, wanted, identity))) throw taken()
  await takeUpAccount(db, wanted, {})
  await closeSessions(db, wanted)
  await door.recordWayIn(wanted, 'oidc')
}

/** The account of a link that gives a way in; one that lets in just once ties nothing. */
async function tiedBy({ db }: DoorTools, link: string): Promise<string> {
  const found = await lookAtLink(db, link)
  if (!found || !givesWayIn(found)) throw invalidLink()
  return found.account
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
