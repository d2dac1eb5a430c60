import { randomUUID } from 'node:crypto'
import { Failure } from '../failure.ts'
import { signAssertion, type SigningKey } from './client-assertion.ts'
import type { Access } from './send.ts'
import { readAddress } from './settings.ts'
import { requestToken } from './token-endpoint.ts'
import { openTransport, type Connection } from './transport.ts'

/** How a FHIR server knows us; all of it secret but the addresses and names. */
export type SignInSettings =
  | { readonly way: 'none' }
  | { readonly way: 'bearer'; readonly token: string }
  | { readonly way: 'basic'; readonly user: string; readonly password: string }
  | {
      readonly way: 'backend-services'
      readonly tokenAddress: string
      readonly clientId: string
      /** Such as `system/Patient.read system/Appointment.write`. */
      readonly scope: string
      readonly signing: SigningKey
      readonly allowUnencrypted?: boolean
    }

export interface SignInOptions {
  /** The name of the system that this is for, as failures will give it. */
  readonly system: string
  readonly connection?: Connection
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** An id never given before. */
  readonly newId?: () => string
}

type BackendServices = Extract<SignInSettings, { way: 'backend-services' }>

/** Access as these settings say; nothing is asked before it is needed. `close` ends a request for a token. */
export function openSignIn(settings: SignInSettings, options: SignInOptions): Access & { close(): void } {
  if (settings.way === 'backend-services') return backendServices(settings, options)
  const header = fixedHeader(settings)
  return { authorization: () => Promise.resolve(header), close: () => undefined }
}

function fixedHeader(settings: Exclude<SignInSettings, BackendServices>): string {
  if (settings.way === 'none') return ''
  if (settings.way === 'bearer') {
    if (!/^[A-Za-z0-9\-._~+/]+=*$/.test(settings.token)) throw wrongSecret('token is not one')
    return `Bearer ${settings.token}`
  }
  if (settings.user.includes(':'))
    throw wrongSecret('user name has a colon in it, which basic sign-in cannot send')
  return `Basic ${Buffer.from(`${settings.user}:${settings.password}`).toString('base64')}`
}

interface Held {
  readonly header: string
  /** Milliseconds since 1970 from which another is fetched. */
  readonly renewAt: number
}

/** A token is renewed a minute before it ends, or at half its life when that is shorter. */
const MARGIN_MS = 60_000

function backendServices(settings: BackendServices, options: SignInOptions): Access & { close(): void } {
  const { system, now = Date.now, newId = randomUUID } = options
  const address = readAddress(settings.tokenAddress, settings.allowUnencrypted ?? false, 'tokenAddress')
  const transport = openTransport(options.connection)
  let held: Held | undefined
  let underWay: Promise<Held> | undefined
  const fetchToken = async (): Promise<Held> => {
    const began = now()
    const claims = { clientId: settings.clientId, audience: address.href, now: began / 1000, jwtId: newId() }
    const assertion = signAssertion(settings.signing, claims)
    const { token, lifeMs } = await requestToken(
      transport,
      address,
      { scope: settings.scope, assertion },
      system,
    )
    return { header: `Bearer ${token}`, renewAt: began + Math.max(lifeMs - MARGIN_MS, lifeMs / 2) }
  }
  const renew = async (): Promise<Held> => {
    // Everybody who needs one meanwhile waits for the same one.
    underWay ??= fetchToken().finally(() => (underWay = undefined))
    return (held = await underWay)
  }
  return {
    authorization: async (refused) => {
      const usable = held && held.header !== refused && now() < held.renewAt ? held : await renew()
      return usable.header
    },
    close: () => transport.close(),
  }
}

function wrongSecret(why: string): Failure {
  return new Failure(
    'unexpected',
    'sign-in-settings',
    `The sign-in of a FHIR system: its ${why}; correct it.`,
  )
}
