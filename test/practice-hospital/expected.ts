import { z } from 'zod'
import type { Collection, Store } from './store.ts'

const expectedSchema = z.object({
  kind: z.enum(['referral', 'appointment', 'death']),
  /** Referral number, id of the Appointment, or zis of the patient who died. */
  key: z.string(),
  outcome: z.enum(['done', 'parked']),
  /** When done: `known-patient`, `new-patient` … */
  variant: z.string().optional(),
  /** When parked. */
  why: z.string().optional(),
})
/** The right outcome of a case: the practice hospital knows it, for it made the case. */
export type Expected = z.output<typeof expectedSchema>

/** The right outcomes, keyed `kind/key`. */
export function openExpected(store: Store): Collection<Expected> {
  return store.collection('expected', expectedSchema)
}
