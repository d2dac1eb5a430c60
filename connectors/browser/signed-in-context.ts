import { Failure } from '../failure.ts'
import type { BrowserEvent } from './calm.ts'
import type { CertificateKey } from './client-certificate.ts'
import { openContext } from './item-context.ts'
import type { OpenContext, SignedInState } from './item-context.ts'
import type { BrowserPool } from './pool.ts'
import { signIn } from './sign-in.ts'
import type { Credentials, SignInOptions } from './sign-in.ts'
import { openSignedIn, readState } from './signed-in-page.ts'
import type { Clock, SignedInStates } from './signed-in-states.ts'
import type { SignIn, WebSystemSettings } from './web-system-settings.ts'

export interface SignedInContext extends OpenContext {
  /** The session it was opened with has ended: the next context signs in again. */
  forget(): void
}

/** What an item brings to sign in with; each is fetched when needed and never kept. */
export interface ItemSecrets {
  readonly credentials: () => Promise<Credentials>
  readonly certificateKey?: (() => Promise<CertificateKey>) | undefined
}

export interface Opener {
  readonly pool: BrowserPool
  readonly states: SignedInStates
  readonly clock: Clock
  readonly record: (event: BrowserEvent) => void
  /** How long each page of signing in may take, in milliseconds. */
  readonly limitMs: number
}

const CLOSE_LIMIT_MS = 5_000

/**
 * A fresh context at the system's address, signed in with the state at hand; when that turns out to have ended,
 * signed in again once. Fails with `sign-in-lost` when that does not hold either.
 */
export async function openSignedInContext(
  opener: Opener,
  settings: WebSystemSettings,
  secrets: ItemSecrets,
): Promise<SignedInContext> {
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const opened = await openWith(opener, settings, secrets, await stateFor(opener, settings, secrets))
    if (opened) return opened
  }
  const sentence = `System ${settings.id} does not stay signed in: see whether its sign-in settings describe the page that is shown afterwards.`
  throw new Failure('transient', 'sign-in-lost', sentence, { system: settings.id })
}

/**
 * The same with the state at hand and nothing else: it never signs in, so it is no session more at the system.
 * Undefined when there is no state, or it has ended.
 */
export async function openWithStateAtHand(
  opener: Opener,
  settings: WebSystemSettings,
  secrets: ItemSecrets,
): Promise<SignedInContext | undefined> {
  const state = opener.states.atHand(settings)
  return settings.signIn && !state ? undefined : openWith(opener, settings, secrets, state)
}

async function openWith(
  opener: Opener,
  settings: WebSystemSettings,
  { certificateKey }: ItemSecrets,
  state: SignedInState | undefined,
): Promise<SignedInContext | undefined> {
  const forget = () => state && opener.states.forget(settings, state)
  const context = await openContext(opener.pool, settings, { state, certificateKey }, opener.record)
  if (await startsSignedIn(context, settings, opener.limitMs)) return { ...context, forget }
  opener.record({ kind: 'session-expired', system: settings.id })
  forget()
  return undefined
}

/** Closes the context again unless it is signed in. */
async function startsSignedIn(
  context: OpenContext,
  settings: WebSystemSettings,
  limitMs: number,
): Promise<boolean> {
  try {
    if ((await openSignedIn(context.page, settings, limitMs)) === 'signed-in') return true
  } catch (error) {
    await context.close(CLOSE_LIMIT_MS)
    throw context.calm.trouble() ?? error
  }
  await context.close(CLOSE_LIMIT_MS)
  return false
}

async function stateFor(
  opener: Opener,
  settings: WebSystemSettings,
  secrets: ItemSecrets,
): Promise<SignedInState | undefined> {
  const form = settings.signIn
  if (!form) return undefined
  return opener.states.obtain(settings, {
    credentials: secrets.credentials,
    signIn: (given, codeMoment) =>
      signInApart(opener, { ...settings, signIn: form }, given, { ...secrets, codeMoment }),
  })
}

/** In a context of its own, so that nothing of an item is ever beside a password. */
async function signInApart(
  { pool, record, limitMs }: Opener,
  settings: WebSystemSettings & { readonly signIn: SignIn },
  credentials: Credentials,
  { certificateKey, codeMoment }: ItemSecrets & Pick<SignInOptions, 'codeMoment'>,
): Promise<SignedInState> {
  const apart = await openContext(pool, settings, { certificateKey }, record)
  try {
    await signIn(apart.page, settings, credentials, { codeMoment, limitMs })
    record({ kind: 'signed-in', system: settings.id })
    return await readState(apart.page, settings)
  } catch (error) {
    throw apart.calm.trouble() ?? error
  } finally {
    await apart.close(CLOSE_LIMIT_MS)
  }
}
