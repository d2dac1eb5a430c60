import { z } from 'zod'
import { readAgb, readBsn } from '../../connectors/identity.ts'
import type { PatientAttributes } from '../../connectors/identity.ts'
import { Failure } from '../../connectors/failure.ts'
import { fromDutchDate } from '../../connectors/dutch-date.ts'

const filled = z.string().min(1)
const day = z.string().transform(fromDutchDate).pipe(z.string())
/** `Duinzorg (UZOVI 0104)` */
const insurer = z.string().transform((text) => /\(UZOVI (\d{4})\)$/.exec(text)?.[1] ?? '')

/** The patient as the referrer wrote them down; empty where nothing was filled in. */
const patient = z.object({
  family: filled,
  partner: z.string(),
  prefix: z.string(),
  given: filled,
  initials: filled,
  gender: filled,
  birthDate: day,
  bsn: z
    .string()
    .transform((text) => (text === '' ? '' : readBsn(text)))
    .pipe(z.string()),
  street: z.string(),
  houseNumber: z.string(),
  postalCode: z.string(),
  city: z.string(),
  insurer,
  policyNumber: z.string(),
})
export type ReferredPatient = z.output<typeof patient>

/** A referral as the portal shows it; dates as `2026-11-21`. */
export const referral = z.object({
  number: filled,
  date: day,
  specialty: filled,
  urgency: filled,
  reason: filled,
  referrerAgb: z.string().transform(readAgb).pipe(z.string()),
  patient,
  handled: z.boolean(),
  /** The marker it was handled with; empty while it is new. */
  handledBy: z.string(),
  /** The registration number it was handled with; empty while it is new. */
  registration: z.string(),
})
export type Referral = z.output<typeof referral>

/**
 * The referral out of the texts of the page. Fails with `referral-incomplete` (business) naming the first field that is
 * missing or wrong, by the name that the page gives it.
 */
export function readReferral(
  raw: z.input<typeof referral>,
  labels: Readonly<Record<string, string>>,
): Referral {
  const result = referral.safeParse(raw)
  if (result.success) return result.data
  const field = String(result.error.issues[0]?.path.at(-1) ?? '')
  throw incomplete(labels[field] ?? field)
}

export function incomplete(field: string): Failure {
  const sentence = `"${field}" of the referral is missing or wrong: have the referrer correct it, or handle the referral by hand.`
  return new Failure('business', 'referral-incomplete', sentence)
}

/** What two systems are compared on. */
export function attributesOf({ bsn, birthDate, family, given }: ReferredPatient): PatientAttributes {
  return { bsn, birthDate, familyName: family, firstNames: given }
}
