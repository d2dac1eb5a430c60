import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomFillSync } from 'node:crypto'
import { Failure } from '../../connectors/failure.ts'
import { KEY_BYTES, lastingKeyOf, sealKeysOf, type KeyRing, type SealKey } from './key-ring.ts'

/** The first byte says how it was sealed, the next four by which key. */
const FORMAT = Buffer.from([1])
const ID_BYTES = 4
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = FORMAT.length + ID_BYTES

/** Seals what must not lie open in the database. Every use is bound to a purpose: what was sealed for one opens for no other. */
export interface SecretBox {
  /**
   * `purpose` says what and whose: `secret|hospital|name|version`. Its first two parts have a key of their own, derived
   * from the installation's: secrets of a hospital, messages of a hospital, evidence of an item.
   */
  seal(purpose: string, content: Buffer): Buffer
  /** @throws unexpected when it was sealed with another key or for another purpose, or was changed */
  open(purpose: string, sealed: Buffer): Buffer
  /** What was sealed with an older key, sealed with the present one; undefined when it is so already. @throws as `open` */
  reseal(purpose: string, sealed: Buffer): Buffer | undefined
  /** What everything that is sealed with the present key begins with. */
  head(): Buffer
  /** A keyed hash, for finding without keeping. Stays the same when the key is rotated. */
  fingerprint(purpose: string, content: string): string
}

/** AES-256-GCM with a key of 32 bytes from outside the database; a function gives a ring of keys that may change. */
export function secretBox(key: Buffer | (() => KeyRing)): SecretBox {
  const ring = typeof key === 'function' ? key : constantRing(key)
  const sealKeys = sealKeysOf()
  const head = () => Buffer.concat([FORMAT, sealKeys(ring().current).id])
  const seal = (purpose: string, content: Buffer) => {
    const current = sealKeys(ring().current)
    const nonce = newNonce()
    const cipher = createCipheriv('aes-256-gcm', current.forPurpose(purpose), nonce).setAAD(
      Buffer.from(purpose),
    )
    const body = Buffer.concat([cipher.update(content), cipher.final()])
    return Buffer.concat([FORMAT, current.id, nonce, cipher.getAuthTag(), body])
  }
  const open = (purpose: string, sealed: Buffer) => {
    const { current, older } = ring()
    const id = sealed.subarray(FORMAT.length, HEAD_BYTES)
    const used = [current, ...older].map(sealKeys).find((one) => one.id.equals(id))
    if (!used || !sealed.subarray(0, FORMAT.length).equals(FORMAT)) throw notOpened(undefined)
    return openWith(used, purpose, sealed)
  }
  let hashKey: { readonly of: Buffer; readonly key: ReturnType<typeof createSecretKey> } | undefined
  return {
    seal,
    open,
    head,
    reseal: (purpose, sealed) =>
      sealed.subarray(0, HEAD_BYTES).equals(head()) ? undefined : seal(purpose, open(purpose, sealed)),
    fingerprint(purpose, content) {
      const lasting = lastingKeyOf(ring())
      // A key object: made of raw bytes at each use, a hash would take six times as long.
      if (hashKey?.of !== lasting) hashKey = { of: lasting, key: createSecretKey(lasting) }
      return createHmac('sha256', hashKey.key).update(`${purpose}\n${content}`).digest('hex')
    },
  }
}

/** Asking the operating system for one nonce takes as long as for hundreds. Each is used once. */
const nonces = { bytes: Buffer.alloc(NONCE_BYTES * 256), used: Infinity }

function newNonce(): Buffer {
  if (nonces.used >= nonces.bytes.length) {
    // Into bytes of its own: a nonce that was handed out stays what it is.
    nonces.bytes = randomFillSync(Buffer.alloc(nonces.bytes.length))
    nonces.used = 0
  }
  nonces.used += NONCE_BYTES
  return nonces.bytes.subarray(nonces.used - NONCE_BYTES, nonces.used)
}

function constantRing(key: Buffer): () => KeyRing {
  if (key.length !== KEY_BYTES)
    throw new Failure(
      'business',
      'key-invalid',
      `The key must be ${KEY_BYTES} bytes: restore the key file from its backup.`,
    )
  const ring: KeyRing = { current: key, older: [], lasting: undefined }
  return () => ring
}

function openWith(key: SealKey, purpose: string, sealed: Buffer): Buffer {
  const tagFrom = HEAD_BYTES + NONCE_BYTES
  const bodyFrom = tagFrom + TAG_BYTES
  try {
    const nonce = sealed.subarray(HEAD_BYTES, tagFrom)
    const decipher = createDecipheriv('aes-256-gcm', key.forPurpose(purpose), nonce)
      .setAAD(Buffer.from(purpose))
      .setAuthTag(sealed.subarray(tagFrom, bodyFrom))
    return Buffer.concat([decipher.update(sealed.subarray(bodyFrom)), decipher.final()])
  } catch (error) {
    throw notOpened(error)
  }
}

function notOpened(cause: unknown): Failure {
  const sentence =
    'Something sealed cannot be opened: it was sealed with another key, or changed. Restore the key file that belongs to this database.'
  return new Failure('unexpected', 'unsealing', sentence, { cause })
}
