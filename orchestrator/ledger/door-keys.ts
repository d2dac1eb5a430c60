import { createHash, randomBytes } from 'node:crypto'

const KEY_BYTES = 32

/** A new key for whoever may come in with it: 256 random bits, safe in an address and in a header. */
export function newKey(): string {
  return randomBytes(KEY_BYTES).toString('base64url')
}

/** What the database keeps of a key. A quick hash is enough: nobody guesses 256 random bits. */
export function keyHash(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
