import { Failure } from '../../connectors/failure.ts'
import type { Hl7Segment } from '../../connectors/hl7/fields.ts'
import type { Hl7Message } from '../../connectors/hl7/message.ts'
import { readBsn } from '../../connectors/identity.ts'
import type { PatientKey } from '../ledger/message-sorting.ts'
import type { SecretBox } from '../secrets/secret-box.ts'

/** A number of a patient, and who gave it out: `ZIS`; `BSN` for a BSN, whoever sends it; '' when nobody is named. */
export interface PatientNumber {
  readonly authority: string
  readonly number: string
}

/** Real messages name one patient by a few numbers, a merge a few more. */
const MOST_NUMBERS = 100
const BSN_OID = '2.16.840.1.113883.2.4.6.3'

/**
 * Every number by which a message names a patient: PID-3 of each PID and MRG-1 of each MRG, all repetitions. That makes
 * a message about several patients a barrier for all of them, whatever its trigger event: merges, changes and moves have
 * an MRG (A18, A30, A34 to A36, A39 to A51), swap, link and unlink a second PID (A17, A24, A37); HL7 2.5.1, 3.3.17 to
 * 3.3.51. A list of events would miss the sender that uses another.
 * Numbers without an authority count only where no repetition of their field has one, as in HL7 2.2.
 * @throws {Failure} `business`: it names more patients than a real message does
 */
export function patientNumbers(message: Hl7Message): PatientNumber[] {
  const named = [
    ...message.segments('PID').flatMap((segment) => numbersIn(segment, '3')),
    ...message.segments('MRG').flatMap((segment) => numbersIn(segment, '1')),
  ]
  const distinct = new Map(named.map((one) => [`${one.authority}\n${one.number}`, one]))
  if (distinct.size > MOST_NUMBERS) throw tooMany()
  return [...distinct.values()]
}

/** The numbers as keyed hashes of a hospital; none for a message that names too many, which is set aside when it is routed. */
export function patientKeys(secrets: SecretBox, hospital: string, message: Hl7Message): PatientKey[] {
  try {
    return patientNumbers(message).map(({ authority, number }) => ({
      key: hashed(secrets, `patient|${hospital}`, `${authority}\n${number}`),
      number: numberKey(secrets, hospital, number),
    }))
  } catch (error) {
    if (error instanceof Failure && error.kind === 'business') return []
    throw error
  }
}

/** The keyed hash by which the messages of a number that a person typed in are found, whoever gave it out. */
export function typedNumberKey(secrets: SecretBox, hospital: string, typed: string): Buffer {
  return numberKey(secrets, hospital, readBsn(typed) ?? plain(typed))
}

/** The same for numbers that a robot met; empty ones are left out. */
export function patientNumberKeys(
  secrets: SecretBox,
  hospital: string,
  numbers: readonly string[],
): Buffer[] {
  const met = numbers.filter((number) => number.trim() !== '')
  return met.map((number) => typedNumberKey(secrets, hospital, number))
}

function numberKey(secrets: SecretBox, hospital: string, number: string): Buffer {
  return hashed(secrets, `patient-number|${hospital}`, number)
}

const hashed = (secrets: SecretBox, purpose: string, content: string) =>
  Buffer.from(secrets.fingerprint(purpose, content), 'hex')

/** One repetition is `number^check digit^scheme^authority&OID&ISO^type`. */
function numbersIn(segment: Hl7Segment, field: string): PatientNumber[] {
  const [names, oids, types] = ['4.1', '4.2', '5'].map((part) => segment.all(`${field}.${part}`))
  const found = segment.all(`${field}.1`).map((text, at) => {
    const name = plain(names?.[at] ?? '')
    const oid = plain(oids?.[at] ?? '')
    const isBsn = name === 'NLMINBIZA' || oid === BSN_OID || plain(types?.[at] ?? '') === 'NNNLD'
    return isBsn
      ? { authority: 'BSN', number: readBsn(text) ?? '' }
      : { authority: name || oid, number: plain(text) }
  })
  const real = found.filter(({ number }) => isNumber(number))
  const withAuthority = real.filter(({ authority }) => authority !== '')
  return withAuthority.length > 0 ? withAuthority : real
}

const plain = (text: string): string => text.trim().toUpperCase()

/** What stands in for a number that is not known would make one patient of many: only zeros or nines, or a word. */
function isNumber(text: string): boolean {
  return /[1-9]/.test(text) && text.length <= 100 && !/^9{4,}$/.test(text)
}

function tooMany(): Failure {
  const sentence = `The message names more than ${MOST_NUMBERS} patient numbers: ask its sender what it is, then skip it.`
  return new Failure('business', 'hl7-too-many-patients', sentence)
}
