import { Secret, TOTP } from 'otpauth'
import type { SecretBox } from './secret-box.ts'

/** RFC 6238 with what every app takes: SHA-1, 6 digits, 30 seconds. */
const STEP_SECONDS = 30
/** One step before and after: clocks of telephones differ. */
const WINDOW = 1

/** What a second factor is sealed for. */
export const totpPurpose = (account: string): string => `totp|${account}`

function totpOf(account: string, secret: string): TOTP {
  const label = { issuer: 'Ontregel', label: account }
  return new TOTP({
    ...label,
    algorithm: 'SHA1',
    digits: 6,
    period: STEP_SECONDS,
    secret: Secret.fromBase32(secret),
  })
}

/** A new secret of 160 bits in base32, and the address that apps read from a QR code. */
export function newTotp(account: string): { secret: string; address: string } {
  const secret = new Secret({ size: 20 }).base32
  return { secret, address: totpOf(account, secret).toString() }
}

/**
 * The time step that a code belongs to; undefined when it is none of those that count at `now`.
 * @param now milliseconds since 1970
 */
export function totpStep(account: string, secret: string, code: string, now: number): number | undefined {
  const delta = totpOf(account, secret).validate({ token: code, timestamp: now, window: WINDOW })
  return delta === null ? undefined : Math.floor(now / 1000 / STEP_SECONDS) + delta
}

/** Sealed for the database, bound to the account. */
export function sealTotp(box: SecretBox, account: string, secret: string): Buffer {
  return box.seal(totpPurpose(account), Buffer.from(secret))
}

/** @throws unexpected when it was sealed with another key or for another account */
export function openTotp(box: SecretBox, account: string, sealed: Buffer): string {
  return box.open(totpPurpose(account), sealed).toString()
}
