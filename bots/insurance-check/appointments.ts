import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { readLocation } from '../../connectors/fhir/addresses.ts'
import type { FhirSystem } from '../../connectors/fhir/client.ts'
import { readResource, type Resource } from '../../connectors/fhir/resource.ts'
import { Failure } from '../../connectors/failure.ts'

const Appointment = z.object({
  resourceType: z.literal('Appointment'),
  id: z.string(),
  status: z.string(),
  start: z.iso.datetime({ offset: true }),
  participant: z.array(z.object({ actor: z.object({ reference: z.string().optional() }).optional() })),
})

/** A patient's visit: ids of the resources, and the hospital's local date, `2026-11-21`. */
export interface Visit {
  readonly appointment: string
  readonly patient: string
  readonly date: string
}

/**
 * The booked visits from one local date up to and including another, one for each patient of an appointment. An
 * appointment without a patient, such as a blocked hour, is nobody's visit.
 */
export async function* bookedVisits(fhir: FhirSystem, from: string, until: string): AsyncGenerator<Visit> {
  const period = [`ge${from}`, `le${until}`]
  for await (const resource of fhir.search('Appointment', { status: 'booked', date: period })) {
    const { visits } = readVisits(resource)
    yield* visits
  }
}

/**
 * The date that a visit is booked on now; undefined when it is not booked any more.
 * @throws business, `appointment-unknown` or `patient-changed`, when the appointment is gone or somebody else's by now
 */
export async function bookedDate(
  fhir: FhirSystem,
  { appointment, patient }: Visit,
): Promise<string | undefined> {
  const { status, visits } = readVisits(await fhir.read('Appointment', appointment))
  if (status !== 'booked') return undefined
  const visit = visits.find((one) => one.patient === patient)
  if (visit) return visit.date
  throw new Failure(
    'business',
    'patient-changed',
    'The appointment is not of the patient any more that it was found for: look at the appointment.',
  )
}

function readVisits(resource: Resource): { readonly status: string; readonly visits: readonly Visit[] } {
  const { id, status, start, participant } = readResource(Appointment, resource)
  const date = localDate(start)
  const patients = participant.flatMap(({ actor }) => {
    const place = readLocation(actor?.reference)
    return place?.type === 'Patient' ? [place.id] : []
  })
  return { status, visits: patients.map((patient) => ({ appointment: id, patient, date })) }
}

/** A server may give its instants in any zone; the day of a visit is that of the hospital. */
function localDate(instant: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO('Europe/Amsterdam').toPlainDate().toString()
}
