import { createHash, createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto'
import { Failure } from '../../connectors/failure.ts'

export const KEY_BYTES = 32
const ID_BYTES = 4

/** The keys of an installation. While they are rotated there are older ones beside the present. */
export interface KeyRing {
  /** Seals, and opens what it sealed. */
  readonly current: Buffer
  /** Open only, newest first. */
  readonly older: readonly Buffer[]
  /** Makes fingerprints, and is never rotated; until the ledger gives it, it is derived from the present key. */
  readonly lasting: Buffer | undefined
}

/** A key as it seals: its id, and what is derived from it for a purpose. */
export interface SealKey {
  /** Tells keys apart; nothing of the key can be computed from it. */
  readonly id: Buffer
  readonly forPurpose: (purpose: string) => KeyObject
}

export const newKey = (): Buffer => randomBytes(KEY_BYTES)

const derive = (key: Buffer, info: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', info, KEY_BYTES))

/** Two rings that give the same here make the same fingerprints. */
export function lastingKeyOf(ring: KeyRing): Buffer {
  if (ring.lasting) return ring.lasting
  const known = derivedLasting.get(ring)
  if (known) return known
  const made = derive(ring.current, 'fingerprint')
  derivedLasting.set(ring, made)
  return made
}

const derivedLasting = new WeakMap<KeyRing, Buffer>()

const MOST_DERIVED = 1000

/** Keys as they seal, each made once; of what is derived for purposes the newest thousand are kept. */
export function sealKeysOf(): (key: Buffer) => SealKey {
  const known = new Map<string, SealKey>()
  // A ring gives the same bytes at each use: hashing them would take a fifth of the time of sealing.
  const seen = new WeakMap<Buffer, SealKey>()
  const madeOf = (key: Buffer): SealKey => {
    const name = createHash('sha256').update(key).digest('hex')
    const found = known.get(name)
    if (found) return found
    const made = { id: derive(key, 'key id').subarray(0, ID_BYTES), forPurpose: purposeKeys(key) }
    known.set(name, made)
    return made
  }
  return (key) => {
    const before = seen.get(key)
    if (before) return before
    const made = madeOf(key)
    seen.set(key, made)
    return made
  }
}

function purposeKeys(key: Buffer): (purpose: string) => KeyObject {
  const known = new Map<string, KeyObject>()
  return (purpose) => {
    const whose = purpose.split('|', 2).join('|')
    const found = known.get(whose)
    if (found) return found
    const made = createSecretKey(derive(key, `seal|${whose}`))
    if (known.size >= MOST_DERIVED) known.clear()
    known.set(whose, made)
    return made
  }
}

/**
 * A key as it is written: 32 bytes in base64.
 * @param where it stands, for the sentence
 */
export function readKey(text: string, where: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64')
  if (
    key.length === KEY_BYTES &&
    key.toString('base64').replace(/=+$/, '') === text.trim().replace(/=+$/, '')
  )
    return key
  const sentence = `${where} must be ${KEY_BYTES} bytes in base64: restore it from its backup, or make one for a new installation with "openssl rand -base64 32".`
  throw new Failure('business', 'key-invalid', sentence)
}
