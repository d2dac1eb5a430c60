import { openExpected, type Expected } from '../expected.ts'
import { daysAfter, type Hospital } from '../hospital.ts'
import { FIRST_ORDINARY, makePatient, NAMESAKES, TWINS, type Patient } from '../patients.ts'
import type { Random } from '../random.ts'
import { SPECIALISMS, UNKNOWN_SPECIALISM, URGENCIES } from '../specialisms.ts'
import { openReferrals, type Referral } from './referrals.ts'

type Case = 'known' | 'twin' | 'new' | 'unreadable' | 'contradiction' | 'namesake' | 'unknown-specialty'

/** Which case the n-th referral of every 24 is: 13 known patients, 6 new, 5 that a person has to see. */
const CYCLE: readonly Case[] = [
  'twin',
  'new',
  'known',
  'unreadable',
  'known',
  'new',
  'known',
  'known',
  'contradiction',
  'known',
  'new',
  'known',
  'known',
  'new',
  'namesake',
  'known',
  'known',
  'unreadable',
  'new',
  'known',
  'unknown-specialty',
  'known',
  'new',
  'known',
]
const REFERRERS = [
  ['01004567', 'Huisartsenpraktijk De Linde'],
  ['01012389', 'Gezondheidscentrum Waterveen'],
  ['01023411', 'Huisartsen aan de Brink'],
] as const
const REASONS = [
  'aanhoudende klachten ondanks behandeling',
  'afwijkend laboratoriumonderzoek',
  'toename van pijn bij inspanning',
  'controle na eerdere behandeling',
  'verdenking op een chronische aandoening',
] as const

/** Adds `count` referrals to the portal, each with what should become of it; gives their numbers. */
export function addReferrals(hospital: Hospital, count: number): string[] {
  const referrals = openReferrals(hospital)
  const expected = openExpected(hospital.store)
  return Array.from({ length: count }, () => {
    const index = referrals.size()
    const which = CYCLE[index % CYCLE.length] ?? 'known'
    const referral = makeReferral(hospital, hospital.random.split(`referral ${index}`), index, which)
    referrals.put(referral.number, referral)
    expected.put(`referral/${referral.number}`, expectationOf(referral.number, which))
    return referral.number
  })
}

function makeReferral(hospital: Hospital, random: Random, index: number, which: Case): Referral {
  const [referrerAgb, referrerName] = random.pick(REFERRERS)
  const { zis: _unknown, ...patient } = patientFor(hospital, random.split('patient'), index, which)
  const readable = random.chance(0.4) ? 'pdf' : 'text'
  return {
    number: `R-${1001 + index}`,
    date: daysAfter(hospital.firstDay, -random.integer(0, 6)),
    specialism: which === 'unknown-specialty' ? UNKNOWN_SPECIALISM : random.pick(SPECIALISMS),
    urgency: random.chance(0.15) ? URGENCIES[1] : URGENCIES[0],
    reason: random.pick(REASONS),
    patient,
    referrerAgb,
    referrerName,
    letter: which === 'unreadable' ? 'empty-pdf' : readable,
  }
}

function patientFor(hospital: Hospital, random: Random, index: number, which: Case): Patient {
  const known = hospital.patients.all().filter(({ zis }) => zis < '5')
  const ordinary = known.slice(FIRST_ORDINARY)
  const at = (list: readonly Patient[], place: number) => {
    const patient = list[place % list.length]
    if (!patient) throw new Error('There is no patient to refer.')
    return patient
  }
  switch (which) {
    case 'new':
      return makePatient(random, '', new Set(known.map(({ bsn }) => bsn)))
    case 'twin':
      return at(known, TWINS[index % 48 === 0 ? 0 : 1])
    case 'namesake':
      return { ...at(known, NAMESAKES[0]), bsn: '' }
    case 'contradiction':
      return { ...at(ordinary, index), birthDate: at(ordinary, index + 1).birthDate }
    default:
      return at(ordinary, index)
  }
}

function expectationOf(key: string, which: Case): Expected {
  const parked = (why: string): Expected => ({ kind: 'referral', key, outcome: 'parked', why })
  if (which === 'unreadable') return parked('unreadable letter')
  if (which === 'contradiction' || which === 'namesake') return parked('patient not certain')
  if (which === 'unknown-specialty') return parked('unknown specialty')
  return {
    kind: 'referral',
    key,
    outcome: 'done',
    variant: which === 'new' ? 'new-patient' : 'known-patient',
  }
}
