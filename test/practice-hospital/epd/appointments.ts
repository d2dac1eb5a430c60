import { z } from 'zod'
import { patientId } from '../fhir/patient-resource.ts'
import type { Hospital } from '../hospital.ts'

export interface AppointmentLine {
  /** Id of the FHIR resource. */
  readonly id: string
  /** ISO date and `09:15`, in Dutch local time. */
  readonly date: string
  readonly time: string
  readonly description: string
  /** FHIR code: `booked`, `cancelled` … */
  readonly status: string
  /** `Patient/…` */
  readonly patient: string
}

const appointmentSchema = z.object({
  resourceType: z.literal('Appointment'),
  id: z.string(),
  status: z.string(),
  description: z.string().optional(),
  start: z.string().optional(),
  participant: z.array(z.object({ actor: z.object({ reference: z.string().optional() }).optional() })),
})
const commitSchema = z.object({ resources: z.array(z.unknown()) })

/** Every appointment as the FHIR server last wrote it to the store, by start. */
export function allAppointments({ store }: Hospital): AppointmentLine[] {
  const newest = new Map<string, AppointmentLine>()
  for (const { resources } of store.collection('fhir-commits', commitSchema).all())
    for (const resource of resources) {
      const read = appointmentSchema.safeParse(resource)
      if (read.success) newest.set(read.data.id, lineOf(read.data))
    }
  return [...newest.values()].sort((a, b) => `${a.date}${a.time}`.localeCompare(`${b.date}${b.time}`))
}

/** The appointments of one patient. */
export function appointmentsOf(hospital: Hospital, zis: string): AppointmentLine[] {
  const reference = `Patient/${patientId(hospital.random, zis)}`
  return allAppointments(hospital).filter(({ patient }) => patient === reference)
}

function lineOf(appointment: z.output<typeof appointmentSchema>): AppointmentLine {
  const { id, status, description = '', start, participant } = appointment
  const local = start ? new Date(start).toLocaleString('sv-SE', { timeZone: 'Europe/Amsterdam' }) : ''
  const references = participant.map(({ actor }) => actor?.reference ?? '')
  const patient = references.find((reference) => reference.startsWith('Patient/')) ?? ''
  return { id, date: local.slice(0, 10), time: local.slice(11, 16), description, status, patient }
}
