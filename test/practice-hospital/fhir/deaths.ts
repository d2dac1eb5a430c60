import { z } from 'zod'
import type { Hospital } from '../hospital.ts'
import { makePatient, type Patient } from '../patients.ts'
import { SPECIALISMS } from '../specialisms.ts'
import { appointmentResource } from './appointment-resource.ts'
import { patientId } from './patient-resource.ts'
import type { Draft, Resources } from './resources.ts'
import { book } from './seed-appointments.ts'
import { amsterdamMoment, workingDaysAfter } from './working-days.ts'

const deathSchema = z.object({
  zis: z.string(),
  kind: z.enum(['plain', 'withdrawn', 'merged', 'in-progress']),
  /** Ids of the booked future appointments of this patient number. */
  appointments: z.array(z.string()),
})
/** A death that the feed reports, and what the robot finds when it looks. */
export type PlannedDeath = z.output<typeof deathSchema>

/** How the n-th death of every eight goes. */
const CYCLE: readonly PlannedDeath['kind'][] = [
  'plain',
  'plain',
  'withdrawn',
  'plain',
  'in-progress',
  'plain',
  'merged',
  'plain',
]

/** Every death that is still to be, or was, reported, in the order of reporting. */
export function plannedDeaths({ store }: Hospital): readonly PlannedDeath[] {
  return store.collection('fhir-planned-deaths', deathSchema).all()
}

/**
 * Adds `count` patients with future appointments whose death the feed will report; gives their zis numbers. They are
 * patients of their own, so that no referral or insurance check meets one who died.
 */
export function planDeaths(hospital: Hospital, resources: Resources, count: number): readonly string[] {
  const from = plannedDeaths(hospital).length
  // Past the days whose insurance is checked, so that the two robots do not meet.
  const days = workingDaysAfter(hospital.firstDay, 70).slice(25)
  const planned = resources.change(undefined, (draft) =>
    Array.from({ length: count }, (_, nth) => planDeath(hospital, draft, from + nth, days)),
  )
  const plan = hospital.store.collection('fhir-planned-deaths', deathSchema)
  planned.forEach((death) => plan.put(death.zis, death))
  return planned.map(({ zis }) => zis)
}

function planDeath(hospital: Hospital, draft: Draft, index: number, days: readonly string[]): PlannedDeath {
  const kind = CYCLE[index % CYCLE.length] ?? 'plain'
  const patient = addPatient(hospital, kind, index)
  const appointments = Array.from({ length: 2 + (index % 2) }, (_, nth) => {
    const day = days[(index * 7 + nth * 13) % days.length] ?? hospital.firstDay
    return book(hospital, draft, { patient, index: 1_000_000 + index * 10 + nth, day, status: 'booked' })
  })
  if (kind === 'in-progress') bookInProgress(hospital, draft, patient.zis, index)
  return { zis: patient.zis, kind, appointments }
}

/** A merged one is an old number of a patient who lives on under another. */
function addPatient(hospital: Hospital, kind: PlannedDeath['kind'], index: number): Patient {
  const { patients, random } = hospital
  const zis = String(6_000_000 + index)
  const taken = new Set(patients.all().map(({ bsn }) => bsn))
  const made = makePatient(random.split(`dying ${index}`), zis, taken)
  if (kind !== 'merged') {
    patients.put(made)
    return made
  }
  const survivor = { ...made, zis: String(6_500_000 + index) }
  const old = { ...made, bsn: '', mergedInto: survivor.zis }
  patients.put(survivor)
  patients.put(old)
  return old
}

function bookInProgress({ random, clock }: Hospital, draft: Draft, zis: string, index: number): void {
  const at = (minutes: number) => amsterdamMoment(new Date(clock().getTime() + minutes * 60_000))
  draft.put(
    'Appointment',
    draft.newId(),
    appointmentResource({
      patient: patientId(random, zis),
      status: 'arrived',
      start: at(-10),
      end: at(30),
      specialism: SPECIALISMS[0],
      number: `AF-9${index}`,
    }),
  )
}
