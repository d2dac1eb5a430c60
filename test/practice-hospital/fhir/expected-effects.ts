import { openExpected } from '../expected.ts'
import type { Hospital } from '../hospital.ts'
import { plannedDeaths } from './deaths.ts'

/** An effect that the witness should have seen once, by the time all work is done. */
export interface ExpectedEffect {
  readonly kind: 'coverage-stored' | 'appointment-cancelled' | 'letter-filed'
  readonly key: string
}

/** What should have happened at the FHIR endpoint: no more, no less, each once. */
export function expectedEffects(hospital: Hospital): readonly ExpectedEffect[] {
  const done = openExpected(hospital.store)
    .all()
    .filter(({ outcome }) => outcome === 'done')
  const keys = (kind: (typeof done)[number]['kind']) =>
    done.filter((expected) => expected.kind === kind).map(({ key }) => key)
  const dead = new Set(keys('death'))
  const cancelled = plannedDeaths(hospital).filter(({ zis }) => dead.has(zis))
  return [
    ...keys('appointment').map((key) => ({ kind: 'coverage-stored' as const, key })),
    ...cancelled.flatMap(({ appointments }) =>
      appointments.map((key) => ({ kind: 'appointment-cancelled' as const, key })),
    ),
    ...keys('referral').map((key) => ({ kind: 'letter-filed' as const, key })),
  ]
}
