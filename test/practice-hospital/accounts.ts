import { Secret } from 'otpauth'
import type { Random } from './random.ts'

export interface Account {
  readonly user: string
  readonly password: string
}

/** The robot's accounts at each system of this hospital. */
export interface Accounts {
  /** `totpSecret` in base32. */
  readonly epd: Account & { readonly totpSecret: string }
  readonly portal: Account
  readonly insurer: Account
  /** `token` for use without a browser, as `Authorization: Bearer …`. */
  readonly registry: Account & { readonly token: string }
}

/** Accounts that follow from the seed, so that a restart keeps them. */
export function makeAccounts(random: Random): Accounts {
  const text = (name: string, length: number) => randomText(random.split(name), length)
  const secretBytes = Uint8Array.from({ length: 20 }, () => random.integer(0, 255))
  return {
    epd: {
      user: 'robot',
      password: text('epd', 16),
      totpSecret: new Secret({ buffer: secretBytes.buffer }).base32,
    },
    portal: { user: 'robot', password: text('portal', 16) },
    insurer: { user: 'robot', password: text('insurer', 16) },
    registry: { user: 'robot', password: text('registry', 16), token: text('registry token', 32) },
  }
}

function randomText(random: Random, length: number): string {
  const letters = [...'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789']
  return Array.from({ length }, () => random.pick(letters)).join('')
}
