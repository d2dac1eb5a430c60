import { Failure } from '../../connectors/failure.ts'
import { readKey } from './key-ring.ts'

/** The keys as they are kept, newest first; the first one seals. */
export type KeptKeys = readonly [Buffer, ...Buffer[]]

/** Where the keys of an installation are kept, outside its database. */
export interface KeySource {
  readonly kind: 'file' | 'setting' | 'vault'
  /** For sentences: `the key file`. */
  readonly place: string
  /** Makes the first key where there is none yet. @throws Failure with the remedy */
  readonly read: () => Promise<KeptKeys>
  /** Puts other keys in the place of `before`; left out where only a person can. @throws Failure when somebody else did meanwhile */
  readonly write?: (keys: KeptKeys, before: KeptKeys) => Promise<void>
}

/** Keys that a person puts in the settings: the present one, and with commas the older ones while they are rotated. */
export function keySetting(present: string, older: readonly string[]): KeySource {
  return {
    kind: 'setting',
    place: 'ONTREGEL_SECRET_KEY',
    read: () =>
      Promise.resolve([
        readKey(present, 'ONTREGEL_SECRET_KEY'),
        ...older.map((key) => readKey(key, 'ONTREGEL_SECRET_KEY_OLD')),
      ]),
  }
}

/** Keys as text, a line each. @throws business `key-invalid` */
export function readKeyLines(text: string, where: string): KeptKeys {
  const [first, ...rest] = text.split('\n').filter((line) => line.trim() !== '')
  return [readKey(first ?? '', where), ...rest.map((line) => readKey(line, where))]
}

export const keyLines = (keys: KeptKeys): string =>
  `${keys.map((key) => key.toString('base64')).join('\n')}\n`

export const sameKeys = (one: KeptKeys, other: KeptKeys): boolean => keyLines(one) === keyLines(other)

export const changedMeanwhile = (place: string) =>
  new Failure(
    'business',
    'keys-changed',
    `The keys in ${place} were changed meanwhile: run the command again.`,
  )
