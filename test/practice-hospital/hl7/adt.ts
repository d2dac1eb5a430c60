import { fullFamilyName, type Patient } from '../patients.ts'

/** When and under which number a message is made. */
export interface Envelope {
  readonly controlId: string
  readonly now: Date
}

/** What PID-29 and PID-30 say: nothing, a death, or that there was none after all. */
export type Death = 'not-mentioned' | 'withdrawn' | { readonly at: Date }

/** An ADT 2.4 message about a patient: A01 admission, A03 discharge, A08 and A31 change of data. */
export function adtMessage(
  event: 'A01' | 'A03' | 'A08' | 'A31',
  patient: Patient,
  death: Death,
  envelope: Envelope,
): string {
  return lines([
    header(event, envelope),
    `EVN|${event}|${timestamp(envelope.now)}`,
    patientSegment(patient, death),
    event === 'A31' ? '' : 'PV1|1|I|INT^101^1^PRAKTIJK||||01123456^Specialist^A.^^^^^^VEKTIS|||INT',
    insuranceSegment(patient),
  ])
}

/** An A40: the number of `from` is merged into that of `to`. */
export function mergeMessage(from: Patient, to: Patient, envelope: Envelope): string {
  return lines([
    header('A40', envelope),
    `EVN|A40|${timestamp(envelope.now)}`,
    patientSegment(to, 'not-mentioned'),
    `MRG|${from.zis}^^^ZIS^PI`,
  ])
}

function header(event: string, { controlId, now }: Envelope): string {
  return `MSH|^~\\&|ZIS|PRAKTIJK|ONTREGEL|PRAKTIJK|${timestamp(now)}||ADT^${event}|${controlId}|P|2.4|||||NLD|8859/1`
}

function patientSegment(patient: Patient, death: Death): string {
  const { birthDate, gender } = patient
  return segment('PID', {
    1: '1',
    3: identifiers(patient),
    5: familyName(patient),
    7: birthDate.replaceAll('-', ''),
    8: gender === 'male' ? 'M' : 'F',
    11: address(patient),
    ...deathFields(death),
  })
}

function insuranceSegment({ insurerUzovi, policyNumber }: Patient): string {
  return segment('IN1', { 1: '1', 2: 'ZVW', 3: `${insurerUzovi}^^^VEKTIS^UZOVI`, 36: policyNumber })
}

function segment(name: string, fields: Readonly<Record<number, string>>): string {
  const last = Math.max(...Object.keys(fields).map(Number))
  return [name, ...Array.from({ length: last }, (_, index) => fields[index + 1] ?? '')].join('|')
}

/** The first repetition stays empty when there is no BSN: receivers must not take the first for granted. */
function identifiers({ bsn, zis }: Patient): string {
  return `${bsn}^^^NLMINBIZA^NNNLD~${zis}^^^ZIS^PI`
}

function familyName(patient: Patient): string {
  const { prefix, family, partner, given, initials } = patient
  const parts = [fullFamilyName(patient), prefix, family, partner?.prefix ?? '', partner?.family ?? '']
  const surname = parts.map(escaped).join('&').replace(/&+$/, '')
  return `${surname}^${escaped(given)}^${escaped(initials)}^^^^L`
}

function address({ street, houseNumber, postalCode, city }: Patient): string {
  const [road, number] = [escaped(street), escaped(houseNumber)]
  return `${road} ${number}&${road}&${number}^^${escaped(city)}^^${postalCode}^NL^M`
}

function deathFields(death: Death): Record<number, string> {
  if (death === 'not-mentioned') return {}
  if (death === 'withdrawn') return { 29: '""', 30: 'N' }
  return { 29: timestamp(death.at), 30: 'Y' }
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': 'E', '|': 'F', '^': 'S', '&': 'T', '~': 'R' }

function escaped(text: string): string {
  return text.replace(/[\\|^&~]/g, (character) => `\\${ESCAPES[character]}\\`)
}

/** `20261122011500`, Amsterdam's clock. */
export function timestamp(moment: Date): string {
  return moment.toLocaleString('sv-SE', { timeZone: 'Europe/Amsterdam' }).replace(/\D/g, '')
}

function lines(segments: readonly string[]): string {
  return segments
    .filter((segment) => segment !== '')
    .map((segment) => `${segment}\r`)
    .join('')
}
