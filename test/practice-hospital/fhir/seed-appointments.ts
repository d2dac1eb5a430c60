import { coverageTruth, type CoverageTruth } from '../insurer/policies.ts'
import { openExpected } from '../expected.ts'
import type { Hospital } from '../hospital.ts'
import { FIRST_ORDINARY, type Patient } from '../patients.ts'
import { SPECIALISMS } from '../specialisms.ts'
import { appointmentResource } from './appointment-resource.ts'
import { patientId, UZOVI_SYSTEM } from './patient-resource.ts'
import type { Draft } from './resources.ts'
import { amsterdamInstant, workingDaysAfter } from './working-days.ts'

/** Appointments whose insurance is to be checked lie within this many working days. */
const CHECKED_WITHIN = 8
const CHECKED_PATIENTS = 24
const NOT_CHECKED = ['fulfilled', 'noshow', 'cancelled'] as const

const WHY: Readonly<Record<Exclude<CoverageTruth, 'as-known'>, string>> = {
  'not-insured': 'not insured',
  'unknown-insurer': 'insurer unknown',
  'details-differ': 'details differ',
}

/** The patients with appointments in the coming days. */
export function checkedPatients({ patients }: Hospital): readonly Patient[] {
  return patients.all().slice(FIRST_ORDINARY, FIRST_ORDINARY + CHECKED_PATIENTS)
}

/** What the hospital has on file, `count` appointments in the coming days, and some that need no check. */
export function seedAppointments(hospital: Hospital, draft: Draft, count: number): void {
  const patients = checkedPatients(hospital)
  patients.forEach((patient, index) => seedCoverage(hospital, draft, patient, index))
  bookMore(hospital, draft, 0, count)
  const days = workingDaysAfter(hospital.firstDay, 9)
  days.forEach((day, index) => {
    const patient = patients[index]
    const status = NOT_CHECKED[index % NOT_CHECKED.length] ?? 'fulfilled'
    const when = status === 'cancelled' ? day : yearBefore(day)
    if (patient) book(hospital, draft, { patient, index: 2_000_000 + index, day: when, status })
  })
}

/** `count` further appointments in the coming days, `from` being how many there are; gives their ids. */
export function bookMore(hospital: Hospital, draft: Draft, from: number, count: number): readonly string[] {
  const days = workingDaysAfter(hospital.firstDay, CHECKED_WITHIN)
  const patients = checkedPatients(hospital)
  return Array.from({ length: count }, (_, nth) => {
    const patient = patients[(from + nth) % patients.length]
    if (!patient) throw new Error('There is no patient to book an appointment for.')
    return bookChecked(hospital, draft, patient, from + nth, days)
  })
}

function bookChecked(
  hospital: Hospital,
  draft: Draft,
  patient: Patient,
  index: number,
  days: readonly string[],
): string {
  const day = days[index % days.length] ?? hospital.firstDay
  const id = book(hospital, draft, { patient, index, day, status: 'booked' })
  const truth = coverageTruth(hospital, patient)
  openExpected(hospital.store).put(
    `appointment/${id}`,
    truth === 'as-known'
      ? { kind: 'appointment', key: id, outcome: 'done' }
      : { kind: 'appointment', key: id, outcome: 'parked', why: WHY[truth] },
  )
  return id
}

/** Puts an appointment between 8:00 and 16:30 on a local day; the id follows from `index`. */
export function book(
  { random }: Hospital,
  draft: Draft,
  { patient, index, day, status }: { patient: Patient; index: number; day: string; status: string },
): string {
  const stream = random.split(`fhir appointment ${index}`)
  const minutes = 8 * 60 + stream.integer(0, 32) * 15
  const id = `a${Array.from({ length: 12 }, () => stream.integer(0, 15).toString(16)).join('')}`
  draft.put(
    'Appointment',
    id,
    appointmentResource({
      patient: patientId(random, patient.zis),
      status,
      start: amsterdamInstant(day, minutes),
      end: amsterdamInstant(day, minutes + stream.pick([10, 15, 30])),
      specialism: stream.pick(SPECIALISMS),
      number: `AF-${20_001 + index}`,
    }),
  )
  return id
}

/** What the hospital has on file: for most, and always where the insurers say something else. */
function seedCoverage(hospital: Hospital, draft: Draft, patient: Patient, index: number): void {
  if (index % 4 === 2 && coverageTruth(hospital, patient) === 'as-known') return
  const beneficiary = { reference: `Patient/${patientId(hospital.random, patient.zis)}` }
  draft.put('Coverage', draft.newId(), {
    resourceType: 'Coverage',
    identifier: [{ system: 'urn:practice:coverage', value: `CV-${patient.zis}` }],
    status: 'active',
    subscriberId: patient.policyNumber,
    beneficiary,
    period: { start: `${Number(hospital.firstDay.slice(0, 4)) - 1}-01-01` },
    payor: [{ identifier: { system: UZOVI_SYSTEM, value: patient.insurerUzovi } }],
  })
}

function yearBefore(day: string): string {
  return `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`.replace('-02-29', '-02-28')
}
