import { Failure } from '../../connectors/failure.ts'
import type { Registration } from './epd-referral-wizard.ts'
import type { Referral } from './referral.ts'
import type { Mapping, Settings } from './settings.ts'

/**
 * The referral in the words of the EPD. Fails (business) with `specialty-unknown` or `urgency-unknown` when the settings
 * do not have it, and with `reason-too-long`.
 */
export function translateReferral(
  { number, reason, referrerAgb, date, ...asked }: Referral,
  marker: string,
  { specialties, urgencies, maxReasonLength }: Settings,
): Registration {
  const specialty = translate(specialties, asked.specialty, 'specialty-unknown', 'specialism')
  const urgency = translate(urgencies, asked.urgency, 'urgency-unknown', 'urgency')
  if (reason.length <= maxReasonLength)
    return { referralNumber: number, marker, specialty, urgency, referrerAgb, date, reason }
  const sentence =
    'The reason of the referral is longer than the EPD takes: register it by hand with a shorter one.'
  throw new Failure('business', 'reason-too-long', sentence)
}

function translate(mapping: Mapping, asked: string, code: string, what: string): string {
  const found = mapping.find(({ portal }) => portal.toLowerCase() === asked.toLowerCase())
  if (found) return found.epd
  const sentence = `The ${what} that is asked for is not in the settings of this robot: add it there, or refer the patient on.`
  throw new Failure('business', code, sentence)
}
