import { z } from 'zod'
import type { Store } from './store.ts'

const effectSchema = z.object({
  /** What was done: `referral-registered`, `letter-filed`, `appointment-cancelled` … */
  kind: z.string(),
  /** The natural key of the case, such as the referral number. */
  key: z.string(),
  /** What the robot left there to find it by; may be empty. */
  marker: z.string(),
  /** ISO instant. */
  at: z.string(),
  account: z.string(),
  detail: z.record(z.string(), z.unknown()),
})
export type Effect = z.output<typeof effectSchema>
export interface NewEffect {
  readonly kind: string
  readonly key: string
  readonly marker?: string
  readonly account: string
  readonly detail?: Record<string, unknown>
}

/** The hospital's own list of what really happened to it. */
export interface Witness {
  record(effect: NewEffect): void
  /** Newest last. */
  list(): Effect[]
}

/** A witness whose list is kept in the store; `clock` gives the time of each effect. */
export function createWitness(store: Store, clock: () => Date): Witness {
  const effects = store.collection('witness', effectSchema)
  return {
    record: ({ marker = '', detail = {}, ...effect }) =>
      effects.put(String(effects.size() + 1), { ...effect, marker, detail, at: clock().toISOString() }),
    list: () => effects.all(),
  }
}

/**
 * Effects beyond the first with the same kind and key, and with the same kind and (not empty) marker. An item that
 * rightly has several effects of a kind, such as cancelling two appointments, counts in `byMarker`, not in `byKey`.
 */
export function duplicates(effects: readonly Effect[]): { byKey: number; byMarker: number } {
  const marked = effects.filter(({ marker }) => marker !== '')
  return {
    byKey: beyondFirst(effects.map(({ kind, key }) => `${kind}\n${key}`)),
    byMarker: beyondFirst(marked.map(({ kind, marker }) => `${kind}\n${marker}`)),
  }
}

function beyondFirst(names: readonly string[]): number {
  return names.length - new Set(names).size
}
