import type { KeyRing } from './key-ring.ts'
import type { KeptKeys, KeySource } from './key-source.ts'
import { secretBox, type SecretBox } from './secret-box.ts'

/** The keys of an installation as a process holds them. */
export interface Keys {
  readonly secrets: SecretBox
  readonly source: KeySource
  /** As they were read last. */
  readonly kept: () => KeptKeys
  /** Reads them anew, so that what another process sealed with a newer key opens here too. @throws Failure when they cannot be read */
  readonly refresh: () => Promise<void>
  /** From now on fingerprints are made with this key. */
  readonly keepLasting: (key: Buffer) => void
}

/** @throws Failure with the remedy when the keys cannot be read */
export async function openKeys(source: KeySource): Promise<Keys> {
  let kept = await source.read()
  let lasting: Buffer | undefined
  let ring = ringOf(kept, lasting)
  return {
    secrets: secretBox(() => ring),
    source,
    kept: () => kept,
    async refresh() {
      kept = await source.read()
      ring = ringOf(kept, lasting)
    },
    keepLasting(key) {
      lasting = key
      ring = ringOf(kept, lasting)
    },
  }
}

const ringOf = ([current, ...older]: KeptKeys, lasting: Buffer | undefined): KeyRing => ({
  current,
  older,
  lasting,
})
