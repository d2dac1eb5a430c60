import { z } from 'zod'
import type { Hospital } from '../hospital.ts'
import { patientSchema } from '../patients.ts'
import type { Collection } from '../store.ts'

const referralSchema = z.object({
  /** `R-1001` */
  number: z.string(),
  /** ISO date of the letter. */
  date: z.string(),
  specialism: z.string(),
  urgency: z.string(),
  reason: z.string(),
  /** The patient as the referrer wrote them down; the zis is not the referrer's to know. */
  patient: patientSchema.omit({ zis: true }),
  referrerAgb: z.string(),
  referrerName: z.string(),
  letter: z.enum(['text', 'pdf', 'empty-pdf']),
  /** What the marker of handling says; absent while it is new. */
  handled: z.object({ registration: z.string(), marker: z.string() }).optional(),
})
export type Referral = z.output<typeof referralSchema>

/** The portal's referrals by number. */
export function openReferrals({ store }: Pick<Hospital, 'store'>): Collection<Referral> {
  return store.collection('portal/referrals', referralSchema)
}

/** The letter's text; the PDF says the same. */
export function letterText({
  number,
  patient,
  specialism,
  reason,
  urgency,
  referrerName,
}: Referral): string[] {
  return [
    'Geachte collega,',
    `Graag uw beoordeling (${specialism.toLowerCase()}) van ${patient.initials} ${patient.family}.`,
    `Reden van verwijzing: ${reason}.`,
    'Voorgeschiedenis: geen bijzonderheden. Medicatie: zie het medicatieoverzicht.',
    `Urgentie: ${urgency.toLowerCase()}. Verwijsnummer: ${number}.`,
    `Met collegiale groet, ${referrerName}`,
  ]
}
