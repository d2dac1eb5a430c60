import { createPrivateKey, sign, type KeyObject } from 'node:crypto'
import { Failure } from '../failure.ts'

/** The key that a hospital registered at the server; `key` as PEM text or JWK. */
export interface SigningKey {
  readonly algorithm: 'ES384' | 'RS384'
  readonly keyId: string
  readonly key: string | Readonly<Record<string, string>>
}

export interface AssertionClaims {
  readonly clientId: string
  /** The token endpoint that it is meant for, and no other. */
  readonly audience: string
  /** Seconds since 1970; it is valid for four minutes, as five is the most that servers may accept. */
  readonly now: number
  /** Never used before. */
  readonly jwtId: string
}

const VALID_SECONDS = 240

/** Signs a JWT that proves who we are (SMART Backend Services, private_key_jwt). @throws unexpected for a key that does not fit. */
export function signAssertion(
  signing: SigningKey,
  { clientId, audience, now, jwtId }: AssertionClaims,
): string {
  const head = { alg: signing.algorithm, kid: signing.keyId, typ: 'JWT' }
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: audience,
    exp: Math.floor(now) + VALID_SECONDS,
    jti: jwtId,
  }
  const text = `${encode(head)}.${encode(claims)}`
  const key = readKey(signing)
  const signature = sign('sha384', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  return `${text}.${signature.toString('base64url')}`
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function readKey({ algorithm, key }: SigningKey): KeyObject {
  const read = parseKey(key)
  const details = read.asymmetricKeyDetails
  const fits =
    algorithm === 'ES384'
      ? read.asymmetricKeyType === 'ec' && details?.namedCurve === 'secp384r1'
      : read.asymmetricKeyType === 'rsa' && (details?.modulusLength ?? 0) >= 2048
  if (fits) return read
  throw unusable(`does not fit ${algorithm} (a P-384 key for ES384, RSA of 2048 bits or more for RS384)`)
}

function parseKey(key: SigningKey['key']): KeyObject {
  try {
    return typeof key === 'string'
      ? createPrivateKey(key)
      : createPrivateKey({ key: { ...key }, format: 'jwk' })
  } catch (error) {
    throw unusable('is no private key as PEM or JWK', error)
  }
}

function unusable(why: string, cause?: unknown): Failure {
  const sentence = `The signing key of a FHIR system ${why}: give it another one in its settings.`
  return new Failure('unexpected', 'signing-key', sentence, { cause })
}
