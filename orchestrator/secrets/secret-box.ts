import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
} from 'node:crypto'
import { Failure } from '../../connectors/failure.ts'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Seals what must not lie open in the database. Every use is bound to a purpose: what was sealed for one opens for no other. */
export interface SecretBox {
  /** `purpose` says whose and what: `secret|hospital|name|version`. */
  seal(purpose: string, content: Buffer): Buffer
  /** @throws unexpected when it was sealed with another key or for another purpose, or was changed */
  open(purpose: string, sealed: Buffer): Buffer
  /** A keyed hash, for finding without keeping. */
  fingerprint(purpose: string, content: string): string
}

/** AES-256-GCM with a key of 32 bytes from outside the database. */
export function secretBox(key: Buffer): SecretBox {
  if (key.length !== KEY_BYTES) {
    throw new Failure(
      'business',
      'key-invalid',
      `The key must be ${KEY_BYTES} bytes: restore the key file from its backup.`,
    )
  }
  // Key objects: made of raw bytes at each use, a hash would take six times as long.
  const sealKey = createSecretKey(key)
  const hashKey = createSecretKey(Buffer.from(hkdfSync('sha256', key, '', 'fingerprint', KEY_BYTES)))
  return {
    seal(purpose, content) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(Buffer.from(purpose))
      const body = Buffer.concat([cipher.update(content), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    open(purpose, sealed) {
      const nonce = sealed.subarray(0, NONCE_BYTES)
      const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
      try {
        const decipher = createDecipheriv('aes-256-gcm', sealKey, nonce)
          .setAAD(Buffer.from(purpose))
          .setAuthTag(tag)
        return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
      } catch (error) {
        const sentence =
          'Something sealed cannot be opened: it was sealed with another key, or changed. Restore the key file that belongs to this database.'
        throw new Failure('unexpected', 'unsealing', sentence, { cause: error })
      }
    },
    fingerprint: (purpose, content) =>
      createHmac('sha256', hashKey).update(`${purpose}\n${content}`).digest('hex'),
  }
}
