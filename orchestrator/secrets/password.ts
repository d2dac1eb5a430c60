import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/**
 * Argon2id with 46 MiB, one pass, one lane: the first of the equal settings of OWASP's Password Storage Cheat Sheet
 * (2025), https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id
 */
const SETTINGS = { memory: 47_104, passes: 1, parallelism: 1 } as const
const TAG_BYTES = 32
const SALT_BYTES = 16

const derive = promisify(argon2)

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/

/**
 * What is kept of a password, as a PHC string with its own salt. Node derives at most four at once (its thread pool),
 * so that a crowd that signs in takes no more than 184 MiB.
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const { memory, passes, parallelism } = SETTINGS
  const message = password.normalize('NFKC')
  const tag = await derive('argon2id', { message, nonce: salt, tagLength: TAG_BYTES, ...SETTINGS })
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${plain(salt)}$${plain(tag)}`
}

/**
 * Whether this is the password. Without a kept one it takes as long and says no, so that the time does not tell which
 * accounts exist.
 */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const [, memory, passes, parallelism, salt, tag] = PHC.exec(kept ?? NOBODYS) ?? []
  if (salt === undefined || tag === undefined) throw new Error('A kept password is not in the known form.')
  const expected = Buffer.from(tag, 'base64')
  const found = await derive('argon2id', {
    message: password.normalize('NFKC'),
    nonce: Buffer.from(salt, 'base64'),
    tagLength: expected.length,
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  })
  return timingSafeEqual(found, expected) && kept !== null
}

/** Whether a kept password was made with other settings than those of now; then it is made anew when it is known. */
export function needsNewHash(kept: string): boolean {
  const { memory, passes, parallelism } = SETTINGS
  return !kept.startsWith(`$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$`)
}

const plain = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')

/** No password has this tag. */
const NOBODYS = `$argon2id$v=19$m=47104,t=1,p=1$${plain(Buffer.alloc(SALT_BYTES))}$${plain(Buffer.alloc(TAG_BYTES))}`
