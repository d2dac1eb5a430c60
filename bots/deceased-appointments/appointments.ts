import { z } from 'zod'
import type { FhirSystem } from '../../connectors/fhir/client.ts'
import { readResource, versionOf, type Resource } from '../../connectors/fhir/resource.ts'
import { readLocation } from '../../connectors/fhir/addresses.ts'
import { Failure } from '../../connectors/failure.ts'

const Appointment = z.object({
  resourceType: z.literal('Appointment'),
  id: z.string(),
  status: z.string(),
  start: z.string().default(''),
  identifier: z.array(z.object({ system: z.string().optional(), value: z.string().optional() })).optional(),
  participant: z.array(z.object({ actor: z.object({ reference: z.string().optional() }).optional() })),
})

/** What the robot needs to know of an appointment. */
export interface PatientAppointment {
  readonly id: string
  readonly status: string
  /** Undefined when the server keeps no versions. */
  readonly version: string | undefined
  readonly start: string
  readonly hasIdentifiers: boolean
  /** Whether this item left its marker here: an earlier attempt cancelled it. */
  readonly marked: boolean
  /** Ids of the patients that take part. */
  readonly patients: readonly string[]
}

/** The marker of an item and the identifier system that it is kept under. */
export interface Marker {
  readonly system: string
  readonly value: string
}

/** What may be cancelled. */
const OPEN: ReadonlySet<string> = new Set(['proposed', 'pending', 'booked', 'waitlist'])
const IN_PROGRESS = ['arrived', 'checked-in'] as const

/** @throws business, `appointment-in-progress`, when the patient is said to be in the hospital at this moment */
export async function refuseInProgress(fhir: FhirSystem, patient: string): Promise<void> {
  const criteria = { patient: `Patient/${patient}`, status: IN_PROGRESS.join(',') }
  for await (const resource of fhir.search('Appointment', criteria)) {
    if (isInProgress(readResource(Appointment, resource))) throw inProgress()
  }
}

/**
 * The appointments that this item is about: those from a local date on that are still to come, and those that an
 * earlier attempt cancelled, first: an act whose press was interrupted is looked up only when the bot comes past it.
 */
export async function appointmentsToCancel(
  fhir: FhirSystem,
  patient: string,
  from: string,
  marker: Marker,
): Promise<readonly PatientAppointment[]> {
  const found: PatientAppointment[] = []
  const criteria = { patient: `Patient/${patient}`, date: `ge${from}` }
  for await (const resource of fhir.search('Appointment', criteria)) {
    const appointment = readAppointment(resource, marker)
    if (appointment.marked || isOpen(appointment)) found.push(appointment)
  }
  const rank = ({ marked, start, id }: PatientAppointment) => `${marked ? 0 : 1} ${start} ${id}`
  return found.toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1))
}

/** The appointment as it stands now. */
export async function lookAt(fhir: FhirSystem, id: string, marker: Marker): Promise<PatientAppointment> {
  return readAppointment(await fhir.read('Appointment', id), marker)
}

export function isOpen({ status }: { readonly status: string }): boolean {
  return OPEN.has(status)
}

export function isInProgress({ status }: { readonly status: string }): boolean {
  return IN_PROGRESS.some((one) => one === status)
}

/** Why nothing of such a patient is cancelled by a robot. */
export function inProgress(): Failure {
  return new Failure(
    'business',
    'appointment-in-progress',
    'The patient has an appointment at which they are said to have arrived: find out which is right before cancelling anything.',
  )
}

function readAppointment(resource: Resource, marker: Marker): PatientAppointment {
  const { id, status, start, identifier = [], participant } = readResource(Appointment, resource)
  return {
    ...{ id, status, start },
    version: versionOf(resource),
    hasIdentifiers: identifier.length > 0,
    marked: identifier.some(({ system, value }) => system === marker.system && value === marker.value),
    patients: participant.flatMap(({ actor }) => {
      const place = readLocation(actor?.reference)
      return place?.type === 'Patient' ? [place.id] : []
    }),
  }
}
