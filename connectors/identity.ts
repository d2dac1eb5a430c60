/** FHIR system of the BSN; its OID is 2.16.840.1.113883.2.4.6.3. */
export const BSN_SYSTEM = 'http://fhir.nl/fhir/NamingSystem/bsn'

const BSN_WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, -1] as const

/** Nine digits that pass the eleven test, an eight-digit number padded with a zero; undefined when it is no BSN. */
export function readBsn(text: string): string | undefined {
  const digits = text.trim()
  if (!/^\d{8,9}$/.test(digits)) return undefined
  const padded = digits.padStart(9, '0')
  const sum = BSN_WEIGHTS.reduce((total, weight, place) => total + weight * Number(padded[place]), 0)
  return sum % 11 === 0 && padded !== '000000000' ? padded : undefined
}

/** Eight digits of a care provider (VEKTIS), a seven-digit number padded with a zero; undefined when it is none. */
export function readAgb(text: string): string | undefined {
  return padded(text, 7, 8)
}

/** Four digits of a health insurer (VEKTIS), shorter ones padded with zeros; undefined when it is none. */
export function readUzovi(text: string): string | undefined {
  return padded(text, 1, 4)
}

/** Nine digits of a care professional's card, eight padded with a zero; undefined when it is none. */
export function readUzi(text: string): string | undefined {
  return padded(text, 8, 9)
}

function padded(text: string, fewest: number, length: number): string | undefined {
  const digits = text.trim()
  const fits =
    /^\d+$/.test(digits) && digits.length >= fewest && digits.length <= length && Number(digits) > 0
  return fits ? digits.padStart(length, '0') : undefined
}

/** A UUID, in which digits are no number; or nine digits in a row or in groups as people write them, or eight that stand quite alone. */
const BSN_LIKE =
  /(?<![\da-f])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![\da-f])|(?<!\d)\d{9}(?!\d)|(?<![\d.])\d{4}[. ]\d{2}[. ]\d{3}(?![\d.]\d)|(?<![\d.])\d{3}[. ]\d{3}[. ]\d{3}(?![\d.]\d)|(?<![\w-])\d{8}(?![\w-])/gi

/** The text with everything that could be a BSN replaced: the last net under log lines and error texts. */
export function scrubBsn(text: string): string {
  return text.replace(BSN_LIKE, (found) => (readBsn(found.replace(/[. ]/g, '')) ? '[bsn]' : found))
}

/** What a system shows of a patient; each as far as it is shown. Dates as `1948-03-09`. */
export interface PatientAttributes {
  readonly bsn?: string | undefined
  readonly birthDate?: string | undefined
  readonly familyName?: string | undefined
  /** The official first names, not what the person is called; tells twins apart. */
  readonly firstNames?: string | undefined
}

/**
 * Whether two systems mean the same patient: `same` needs two equal attributes and none that differ,
 * `different` any that differs, `uncertain` is all else and never enough to press anything.
 */
export function comparePatients(
  a: PatientAttributes,
  b: PatientAttributes,
): 'same' | 'different' | 'uncertain' {
  const pairs = [
    [a.bsn && (readBsn(a.bsn) ?? a.bsn), b.bsn && (readBsn(b.bsn) ?? b.bsn)],
    [a.birthDate, b.birthDate],
    [a.familyName && plainName(a.familyName), b.familyName && plainName(b.familyName)],
    [a.firstNames && plainName(a.firstNames), b.firstNames && plainName(b.firstNames)],
  ].filter(([left, right]) => left && right)
  if (pairs.some(([left, right]) => left !== right)) return 'different'
  return pairs.filter(([left]) => !isNoBsn(a.bsn, left)).length >= 2 ? 'same' : 'uncertain'
}

/** Two placeholders such as `000000000` are equal but prove nothing. */
function isNoBsn(bsn: string | undefined, compared: string | undefined): boolean {
  return bsn !== undefined && compared === bsn && readBsn(bsn) === undefined
}

/** A name for comparing: without case, diacritics, hyphens or doubled spaces; one kind of apostrophe, `ij` as two letters. */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[‘’ʼ`´]/g, "'")
    .toLowerCase()
    .replace(/[\s-]+/g, ' ')
    .trim()
}
