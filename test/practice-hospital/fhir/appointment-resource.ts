import type { JsonObject } from './json.ts'

export interface NewAppointment {
  /** Id of the Patient resource. */
  readonly patient: string
  readonly status: string
  /** FHIR instants with an offset. */
  readonly start: string
  readonly end: string
  readonly specialism: string
  /** The hospital's own number, such as `AF-20001`. */
  readonly number: string
}

/** Identifier system of the hospital's own appointment numbers. */
export const APPOINTMENT_NUMBER_SYSTEM = 'urn:practice:appointment-number'

/** An Appointment at an outpatient clinic. */
export function appointmentResource(appointment: NewAppointment): JsonObject {
  const { patient, status, start, end, specialism, number } = appointment
  return {
    resourceType: 'Appointment',
    identifier: [{ system: APPOINTMENT_NUMBER_SYSTEM, value: number }],
    status,
    specialty: [{ text: specialism }],
    description: `Polikliniek ${specialism}`,
    start,
    end,
    minutesDuration: Math.round((Date.parse(end) - Date.parse(start)) / 60_000),
    participant: [
      { actor: { reference: `Patient/${patient}` }, status: 'accepted' },
      { actor: { display: `Polikliniek ${specialism}` }, status: 'accepted' },
    ],
  }
}
