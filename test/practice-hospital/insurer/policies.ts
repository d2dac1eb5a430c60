import type { Hospital } from '../hospital.ts'
import { INSURERS, UNKNOWN_UZOVI } from '../insurers.ts'
import { FIRST_ORDINARY, type Patient } from '../patients.ts'

export interface Policy {
  readonly uzovi: string
  readonly insurer: string
  readonly policyNumber: string
  /** ISO date. */
  readonly validFrom: string
  readonly packageName: string
}

/** What a coverage check must find: the same as the hospital has, or why a person has to look. */
export type CoverageTruth = 'as-known' | 'not-insured' | 'unknown-insurer' | 'details-differ'

const TRUTHS: Readonly<Record<number, CoverageTruth>> = {
  5: 'not-insured',
  9: 'details-differ',
  11: 'unknown-insurer',
  20: 'details-differ',
}

/** How this patient of the hospital stands with the insurers: it follows from their place in the list. */
export function coverageTruth(hospital: Hospital, patient: Patient): CoverageTruth {
  const place = hospital.patients.all().findIndex(({ zis }) => zis === patient.zis) - FIRST_ORDINARY
  return TRUTHS[place] ?? 'as-known'
}

/** The policy that the insurers hold for this person on this date (ISO); undefined when there is none. */
export function policyOf(hospital: Hospital, bsn: string, birthDate: string): Policy | undefined {
  const patient = hospital.patients.byBsn(bsn)
  if (!patient || patient.birthDate !== birthDate) return undefined
  const truth = coverageTruth(hospital, patient)
  if (truth === 'not-insured') return undefined
  const changed = String(999_999_999 - Number(patient.policyNumber)).padStart(9, '0')
  const uzovi = truth === 'unknown-insurer' ? UNKNOWN_UZOVI : patient.insurerUzovi
  return {
    uzovi,
    insurer: INSURERS.find((insurer) => insurer.uzovi === uzovi)?.name ?? 'Overzee Zorgpolis',
    policyNumber: truth === 'details-differ' ? changed : patient.policyNumber,
    validFrom: `${hospital.firstDay.slice(0, 4)}-01-01`,
    packageName: 'Basis Natura',
  }
}
