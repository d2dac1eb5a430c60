import { z } from 'zod'
import { INSURERS } from './insurers.ts'
import { FAMILY_NAMES, FEMALE_NAMES, MALE_NAMES, PLACES, STREETS } from './names.ts'
import type { Random } from './random.ts'
import type { Store } from './store.ts'

const nameSchema = z.object({ prefix: z.string(), family: z.string() })

export const patientSchema = z.object({
  /** The hospital's own number, seven digits. */
  zis: z.string(),
  /** Nine digits that pass the eleven test; empty when it is not known. */
  bsn: z.string(),
  given: z.string(),
  initials: z.string(),
  /** Particles before the family name, `van der`; empty when there are none. */
  prefix: z.string(),
  family: z.string(),
  partner: nameSchema.optional(),
  gender: z.enum(['male', 'female']),
  /** `1948-03-09` */
  birthDate: z.string(),
  street: z.string(),
  houseNumber: z.string(),
  /** `1234 AB` */
  postalCode: z.string(),
  city: z.string(),
  insurerUzovi: z.string(),
  policyNumber: z.string(),
  /** ISO instant. */
  deceasedAt: z.string().optional(),
  /** The zis of the patient that this one was merged into. */
  mergedInto: z.string().optional(),
  /** What whoever registered the patient left to find them by. */
  externalMarker: z.string().optional(),
})
export type Patient = z.output<typeof patientSchema>

/** Where the unusual ones stand in the seeded list; the rest, from `FIRST_ORDINARY`, are ordinary. */
export const TWINS = [0, 1] as const
export const NAMESAKES = [2, 3] as const
export const DECEASED = 4
/** The first was merged into the second. */
export const MERGED = [5, 6] as const
export const FIRST_ORDINARY = 7

export interface Patients {
  /** Every patient the hospital knows, in a fixed order: the seeded ones first. */
  all(): Patient[]
  get(zis: string): Patient | undefined
  byBsn(bsn: string): Patient | undefined
  /** Adds or changes one; it survives a restart. */
  put(patient: Patient): void
  /** A zis nobody has. */
  newZis(): string
}

/** The hospital's patients: those of the seed, and what was changed or added since. */
export function openPatients(store: Store, seeded: readonly Patient[]): Patients {
  const records = store.collection('patients', patientSchema)
  for (const patient of seeded) records.seed(patient.zis, patient)
  const first = new Set(seeded.map(({ zis }) => zis))
  // Not the order of the records: after a restart what was put comes before what is seeded.
  const all = () =>
    [...first, ...records.keys().filter((zis) => !first.has(zis))].flatMap((zis) => records.get(zis) ?? [])
  return {
    all,
    get: (zis) => records.get(zis),
    byBsn: (bsn) => all().find((patient) => patient.bsn === bsn && !patient.mergedInto),
    put: (patient) => records.put(patient.zis, patient),
    newZis: () => String(5_000_000 + records.size()),
  }
}

/** `count` (at least 20) synthetic patients, the unusual ones first; `firstZis` keeps two lists apart. */
export function makePatients(random: Random, count: number, firstZis = 4_100_000): Patient[] {
  const bsns = new Set<string>()
  const patients = Array.from({ length: count }, (_, index) =>
    makePatient(random.split(`patient ${index}`), String(firstZis + index * 7), bsns),
  )
  return withUnusual(patients)
}

/** The family name as Dutch systems show it, partner's name first: `ten Brink-de Vries`. */
export function fullFamilyName({
  prefix,
  family,
  partner,
}: Pick<Patient, 'prefix' | 'family' | 'partner'>): string {
  const own = [prefix, family].filter(Boolean).join(' ')
  return partner ? `${[partner.prefix, partner.family].filter(Boolean).join(' ')}-${own}` : own
}

/** One ordinary patient whose BSN is not in `taken`, and then is. */
export function makePatient(random: Random, zis: string, taken: Set<string>): Patient {
  const gender = random.pick(['male', 'female'] as const)
  const given = random.pick(gender === 'male' ? MALE_NAMES : FEMALE_NAMES)
  const [prefix, family] = random.pick(FAMILY_NAMES)
  const [city, area] = random.pick(PLACES)
  const letters = `${random.pick([...'ABCDEGHJKL'])}${random.pick([...'BCDEGHJKLM'])}`
  return {
    zis,
    bsn: makeBsn(random, taken),
    given,
    initials: `${given[0] ?? ''}.${random.chance(0.4) ? `${random.pick([...'ACEHJMP'])}.` : ''}`,
    prefix,
    family,
    ...(gender === 'female' && random.chance(0.3) ? { partner: partnerName(random, family) } : {}),
    gender,
    birthDate: makeDate(random),
    street: random.pick(STREETS),
    houseNumber: `${random.integer(1, 240)}${random.chance(0.15) ? random.pick(['A', 'B', ' bis']) : ''}`,
    postalCode: `${area + random.integer(0, 8)} ${letters}`,
    city,
    insurerUzovi: random.pick(INSURERS).uzovi,
    policyNumber: String(random.integer(100_000_000, 999_999_999)),
  }
}

function partnerName(random: Random, own: string): z.output<typeof nameSchema> {
  const [prefix, family] = random.pick(FAMILY_NAMES.filter(([, name]) => name !== own))
  return { prefix, family }
}

function makeDate(random: Random): string {
  const parts = [random.integer(1932, 2019), random.integer(1, 12), random.integer(1, 28)]
  return parts.map((part) => String(part).padStart(2, '0')).join('-')
}

/** In the range from 900000000 on, which is not handed out; passes the eleven test. */
function makeBsn(random: Random, taken: Set<string>): string {
  for (;;) {
    const digits = `9${String(random.integer(0, 9_999_999)).padStart(7, '0')}`
    const check = [...digits].reduce((sum, digit, place) => sum + Number(digit) * (9 - place), 0) % 11
    const bsn = `${digits}${check}`
    if (check === 10 || taken.has(bsn)) continue
    taken.add(bsn)
    return bsn
  }
}

function withUnusual(patients: Patient[]): Patient[] {
  const at = (index: number): Patient => {
    const patient = patients[index]
    if (!patient) throw new Error('A practice hospital has at least 20 patients.')
    return patient
  }
  const alter = (index: number, change: Partial<Patient>) =>
    void (patients[index] = { ...at(index), ...change })
  const { prefix, family, street, houseNumber, postalCode, city } = at(TWINS[0])
  alter(TWINS[0], { given: 'Fenna', initials: 'F.', gender: 'female', birthDate: '2011-05-17' })
  alter(TWINS[1], { prefix, family, street, houseNumber, postalCode, city, birthDate: '2011-05-17' })
  alter(TWINS[1], { given: 'Hidde', initials: 'H.', gender: 'male' })
  const same = { given: 'Johanna', initials: 'J.', prefix: 'de', family: 'Vries', gender: 'female' } as const
  for (const index of NAMESAKES) alter(index, { ...same, birthDate: '1951-11-30' })
  alter(DECEASED, { deceasedAt: '2025-02-03T04:15:00.000Z', birthDate: '1938-08-21' })
  alter(MERGED[0], { ...at(MERGED[1]), zis: at(MERGED[0]).zis, bsn: '', mergedInto: at(MERGED[1]).zis })
  for (const index of [...TWINS, ...NAMESAKES]) delete at(index).partner
  return patients
}
