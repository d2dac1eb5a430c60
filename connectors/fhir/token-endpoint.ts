import { z } from 'zod'
import { Failure } from '../failure.ts'
import { Interruption, interruptionFailure } from './interruption.ts'
import type { Incoming, Transport } from './transport.ts'

const Granted = z.object({
  access_token: z.string().regex(/^[A-Za-z0-9\-._~+/]+=*$/),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.coerce.number().positive().max(31_536_000).default(60),
})
const Refused = z.object({ error: z.string() })

/** The OAuth 2.0 error codes with what a person can do about each; another text is not repeated. */
const REFUSALS: Readonly<Record<string, string>> = {
  invalid_client: 'it does not know this client or its key: register the public key there',
  invalid_grant: 'it did not accept the proof: see whether this machine’s clock is right',
  invalid_request: 'it found the request malformed: see the token address',
  invalid_scope: 'it does not grant the scope asked for: correct the scope in the settings',
  unauthorized_client: 'this client may not sign in this way: have it registered for backend services',
  unsupported_grant_type: 'it does not offer sign-in by client credentials',
  access_denied: 'it denied access: ask its owner',
}

const LIMITS = { connectMs: 5_000, answerMs: 15_000, bytes: 100_000 }

export interface TokenRequest {
  readonly scope: string
  readonly assertion: string
}

/**
 * Asks the token endpoint for an access token. @throws transient when it cannot be reached or has trouble: nothing was
 * asked of the FHIR server yet; @throws unexpected when it says no or says something else.
 */
export async function requestToken(
  transport: Transport,
  url: URL,
  { scope, assertion }: TokenRequest,
  system: string,
): Promise<{ readonly token: string; readonly lifeMs: number }> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    scope,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }
  const answer = await transport
    .send({ method: 'POST', url, headers, body, writes: true }, LIMITS)
    .catch((error: unknown) => {
      if (error instanceof Interruption) throw interruptionFailure(error, false, `${system} (sign-in)`)
      throw error
    })
  return readToken(answer, system)
}

function readToken(answer: Incoming, system: string): { readonly token: string; readonly lifeMs: number } {
  const json = parse(answer)
  const granted = answer.status === 200 ? Granted.safeParse(json) : undefined
  if (granted?.success) return { token: granted.data.access_token, lifeMs: granted.data.expires_in * 1000 }
  if (answer.status >= 500 || answer.status === 429)
    throw refused('transient', 'sign-in-unavailable', 'it is not available now', system)
  const error = Refused.safeParse(json).data?.error ?? ''
  const known = Object.hasOwn(REFUSALS, error) ? REFUSALS[error] : undefined
  throw refused(
    'unexpected',
    'sign-in-refused',
    known ?? `it answered ${answer.status} without a token`,
    system,
  )
}

function parse({ bytes }: Incoming): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function refused(kind: 'transient' | 'unexpected', code: string, why: string, system: string): Failure {
  return new Failure(kind, code, `The sign-in of FHIR server "${system}" gave no token: ${why}.`, { system })
}
