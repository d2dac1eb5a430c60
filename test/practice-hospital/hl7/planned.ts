import { openExpected, type Expected } from '../expected.ts'
import { plannedDeaths, type PlannedDeath } from '../fhir/deaths.ts'
import { checkedPatients } from '../fhir/seed-appointments.ts'
import type { Hospital } from '../hospital.ts'
import type { Patient } from '../patients.ts'
import { adtMessage, mergeMessage } from './adt.ts'
import type { DeathEvent, Queueing } from './feed.ts'

const EVENTS: readonly DeathEvent[] = ['A08', 'A31', 'A08', 'A03']

const OUTCOMES: Readonly<Record<PlannedDeath['kind'], Pick<Expected, 'outcome' | 'why'>>> = {
  plain: { outcome: 'done' },
  withdrawn: { outcome: 'parked', why: 'death withdrawn' },
  merged: { outcome: 'parked', why: 'patient merged' },
  'in-progress': { outcome: 'parked', why: 'appointment in progress' },
}

/**
 * Queues the planned deaths, each after an admission of somebody else, with what is expected of them. Their control
 * ids are fixed, so that a restart half-way leaves none out and makes none twice.
 */
export function sendPlanned(
  hospital: Hospital,
  enqueue: Queueing,
  queued: (controlId: string) => boolean,
): readonly string[] {
  const made: string[] = []
  const once: Queueing = (event, patient, make, controlId = '') => {
    if (!queued(controlId)) made.push(enqueue(event, patient, make, controlId))
    return controlId
  }
  const others = checkedPatients(hospital)
  plannedDeaths(hospital).forEach((death, index) => {
    const patient = hospital.patients.get(death.zis)
    const other = others[index % others.length]
    if (!patient || !other) throw new Error('A planned death is of a patient the hospital does not have.')
    once('A01', other, (envelope) => adtMessage('A01', other, 'not-mentioned', envelope), `P${index}1`)
    reportDeath(hospital, once, patient, death, index)
  })
  return made
}

function reportDeath(
  hospital: Hospital,
  once: Queueing,
  patient: Patient,
  { kind, zis }: PlannedDeath,
  index: number,
): void {
  const event = EVENTS[index % EVENTS.length] ?? 'A08'
  const at = new Date(patient.deceasedAt ?? hospital.clock().getTime() - (index + 1) * 3_600_000)
  openExpected(hospital.store).put(`death/${zis}`, { kind: 'death', key: zis, ...OUTCOMES[kind] })
  const survivor = patient.mergedInto === undefined ? undefined : hospital.patients.get(patient.mergedInto)
  if (survivor) once('A40', survivor, (envelope) => mergeMessage(patient, survivor, envelope), `P${index}2`)
  // A death that is withdrawn was corrected at the source before the robot can look: the patient is not marked.
  if (kind !== 'withdrawn' && patient.deceasedAt === undefined)
    hospital.patients.put({ ...patient, deceasedAt: at.toISOString() })
  once(event, patient, (envelope) => adtMessage(event, patient, { at }, envelope), `P${index}3`)
  if (kind === 'withdrawn')
    once('A08', patient, (envelope) => adtMessage('A08', patient, 'withdrawn', envelope), `P${index}4`)
}
