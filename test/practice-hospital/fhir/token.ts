import type { Random } from '../random.ts'

/** The account that the witness names for what came in over FHIR. */
export const FHIR_ACCOUNT = 'robot-fhir'

/** The bearer token of that account: follows from the hospital's root random, so a restart keeps it. */
export function fhirToken(random: Random): string {
  const stream = random.split('fhir token')
  return Array.from({ length: 40 }, () => stream.integer(0, 35).toString(36)).join('')
}
