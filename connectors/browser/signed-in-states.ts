import { createHash, randomBytes } from 'node:crypto'
import { Failure } from '../failure.ts'
import type { SignedInState } from './item-context.ts'
import type { Credentials } from './sign-in.ts'
import type { WebSystemSettings } from './web-system-settings.ts'

/** What signed us in at each system and account, for as long as it is good; in memory only. */
export interface SignedInStates {
  /** The state at hand, or a new one; items that ask at the same moment share one signing in. */
  obtain(settings: WebSystemSettings, way: WayToSignIn): Promise<SignedInState>
  /** The state at hand; undefined when there is none yet. */
  atHand(settings: WebSystemSettings): SignedInState | undefined
  /** This state turned out to be no good any more. A newer one stays. */
  forget(settings: WebSystemSettings, state: SignedInState): void
}

export interface WayToSignIn {
  readonly credentials: () => Promise<Credentials>
  readonly signIn: (credentials: Credentials, codeMoment: () => Promise<number>) => Promise<SignedInState>
}

export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly pause: (ms: number) => Promise<unknown>
}

interface Account {
  pending?: Promise<SignedInState> | undefined
  good?: SignedInState | undefined
  refused?: { readonly failure: Failure; readonly at: number; readonly credentials: string } | undefined
  /** The 30 seconds whose one-time code was used: a system takes each code once. */
  codePeriod?: number
}

const REFUSAL_COUNTS_MS = 15 * 60_000
const CODE_PERIOD_MS = 30_000
/** From when a code is made until the system looks at it, with what its clock may be ahead of ours. */
const CODE_ARRIVES_MS = 4_000

/** After a refusal the same credentials are not tried again for 15 minutes: three wrong passwords lock an account. */
export function keepSignedInStates(clock: Clock): SignedInStates {
  const accounts = new Map<string, Account>()
  const salt = randomBytes(16)
  const signInOnce = (account: Account, way: WayToSignIn) => signInTo(account, way, clock, salt)

  return {
    obtain: async (settings, way) => {
      const account = accounts.get(keyOf(settings)) ?? {}
      accounts.set(keyOf(settings), account)
      const pending = (account.pending ??= signInOnce(account, way))
      try {
        return (account.good = await pending)
      } catch (error) {
        if (account.pending === pending) account.pending = undefined
        throw error
      }
    },
    atHand: (settings) => accounts.get(keyOf(settings))?.good,
    forget: (settings, state) => {
      const account = accounts.get(keyOf(settings))
      if (account?.good !== state) return
      account.good = undefined
      account.pending = undefined
    },
  }
}

async function signInTo(
  account: Account,
  { credentials, signIn }: WayToSignIn,
  clock: Clock,
  salt: Buffer,
): Promise<SignedInState> {
  const given = await credentials()
  const print = printOf(salt, given)
  const { refused } = account
  if (refused?.credentials === print && clock.now() - refused.at < REFUSAL_COUNTS_MS) throw refused.failure
  try {
    return await signIn(given, () => codeMoment(account, clock))
  } catch (error) {
    const isRefusal = error instanceof Failure && error.code === 'sign-in-refused'
    if (isRefusal) account.refused = { failure: error, at: clock.now(), credentials: print }
    throw error
  }
}

/** Tells credentials apart without keeping them. */
function printOf(salt: Buffer, credentials: Credentials): string {
  return createHash('sha256').update(salt).update(JSON.stringify(credentials)).digest('hex')
}

/**
 * A moment whose one-time code was not used yet and is good for some seconds more, waited for when it is not now: a system
 * need not take one of the period before.
 */
async function codeMoment(account: Account, { now, pause }: Clock): Promise<number> {
  for (;;) {
    const moment = now()
    const left = CODE_PERIOD_MS - (moment % CODE_PERIOD_MS)
    if (account.codePeriod !== codePeriod(moment) && left >= CODE_ARRIVES_MS) {
      account.codePeriod = codePeriod(moment)
      return moment
    }
    await pause(left)
  }
}

const codePeriod = (moment: number) => Math.floor(moment / CODE_PERIOD_MS)

/** Whoever changes address, account or the way of signing in starts anew. */
function keyOf({ id, address, account, signIn }: WebSystemSettings): string {
  return JSON.stringify([id, address, account, signIn])
}
