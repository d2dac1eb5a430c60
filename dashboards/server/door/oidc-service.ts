import { allowInsecureRequests, discovery, type Configuration } from 'openid-client'
import { Failure } from '../../../connectors/failure.ts'
import type { Config } from '../../../orchestrator/config.ts'

/** Gives the sign-in service as it describes itself. @throws business `oidc-unavailable` */
export type OidcService = () => Promise<Configuration>

const WAIT_SECONDS = 10

/** The sign-in service of the settings, asked about itself when it is first needed and remembered; undefined when there is none. */
export function oidcService(config: Config): OidcService | undefined {
  const { oidcIssuer, oidcClient, oidcSecret } = config
  if (oidcIssuer === undefined || oidcClient === undefined) return undefined
  const issuer = new URL(oidcIssuer)
  let known: Promise<Configuration> | undefined
  return async () => {
    // Only a service on this machine may be without TLS; the settings refuse others.
    const execute = issuer.protocol === 'http:' ? [allowInsecureRequests] : []
    known ??= discovery(issuer, oidcClient, oidcSecret, undefined, { execute, timeout: WAIT_SECONDS })
    try {
      return await known
    } catch (error) {
      known = undefined
      throw unavailable(error)
    }
  }
}

export const unavailable = (cause: unknown) =>
  new Failure(
    'business',
    'oidc-unavailable',
    'The sign-in service does not answer as it should: try again, or sign in with a password; ONTREGEL_OIDC_ISSUER says where it is.',
    { cause },
  )
