import type { Act, Hit } from '../bot.ts'
import type { FhirSystem } from '../../connectors/fhir/client.ts'
import type { PatchOperation, Written } from '../../connectors/fhir/writes.ts'
import { Failure } from '../../connectors/failure.ts'
import { inProgress, isInProgress, isOpen, lookAt } from './appointments.ts'
import type { Marker, PatientAppointment } from './appointments.ts'

/** Code "Patient: Deceased" of HL7's own list; the element exists since R4. */
const REASON = {
  coding: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason',
      code: 'pat-dec',
      display: 'Patient: Deceased',
    },
  ],
} as const

/**
 * The act that cancels one appointment of this patient, and leaves the item's marker and the reason in it.
 *
 * Somebody may change the appointment between looking and pressing. The server then answers 412 and did nothing, but
 * whoever runs this knows only that a press failed: it looks twice, finds no cancelled appointment, and queues the item
 * again. The next attempt judges the patient and the changed appointment anew; pressing again here, on the version as it
 * is by then, would cancel an appointment that nobody judged. If the change was that somebody else cancelled it, that
 * second look finds it cancelled, and that is all that was wanted.
 */
export function cancelAppointment(
  fhir: FhirSystem,
  { id }: PatientAppointment,
  patient: string,
  marker: Marker,
): Act<Written> {
  let judged: PatientAppointment | undefined
  const look = () => lookAt(fhir, id, marker)
  return {
    key: id,
    payload: { id, status: 'cancelled' },
    find: async () => cancelled(await look()),
    prepare: async () => {
      judged = judge(await look(), patient)
    },
    press: async () => {
      if (!judged) throw notPrepared()
      const condition = judged.version === undefined ? {} : { ifMatch: judged.version }
      return fhir.patch('Appointment', id, changes(judged, marker, fhir.version), condition)
    },
    confirm: async () => {
      const [hit] = cancelled(await look())
      if (!hit) throw notCancelled()
      return hit.reference
    },
    undo: {
      nl: 'Zet de afspraak in het EPD terug op "geboekt", en controleer of de plek nog vrij is.',
      en: 'Set the appointment back to "booked" in the EHR, and check that the slot is still free.',
    },
  }
}

function cancelled({ id, status }: PatientAppointment): readonly Hit[] {
  return status === 'cancelled' ? [{ reference: `Appointment/${id}`, same: true }] : []
}

/** The appointment as it was just read, when it may be cancelled; nothing was pressed yet. */
function judge(appointment: PatientAppointment, patient: string): PatientAppointment {
  if (isInProgress(appointment)) throw inProgress()
  if (!appointment.patients.includes(patient))
    throw new Failure(
      'unexpected',
      'another-patient',
      'The appointment is not of this patient any more: look at the appointment.',
    )
  if (isOpen(appointment)) return appointment
  throw new Failure(
    'transient',
    'appointment-changed',
    'The appointment was changed at this moment: the item is tried again.',
  )
}

/** The `test` holds where a server keeps no versions to compare. */
function changes(
  { status, hasIdentifiers }: PatientAppointment,
  marker: Marker,
  version: FhirSystem['version'],
): readonly PatchOperation[] {
  const left = { system: marker.system, value: marker.value }
  return [
    { op: 'test', path: '/status', value: status },
    { op: 'replace', path: '/status', value: 'cancelled' },
    hasIdentifiers
      ? { op: 'add', path: '/identifier/-', value: left }
      : { op: 'add', path: '/identifier', value: [left] },
    ...(version === 'R4' ? [{ op: 'add', path: '/cancelationReason', value: REASON } as const] : []),
  ]
}

function notPrepared(): Failure {
  const sentence =
    'An appointment was to be cancelled that was not looked at before: tell the maker of the robot.'
  return new Failure('unexpected', 'not-prepared', sentence)
}

function notCancelled(): Failure {
  const sentence =
    'The FHIR server accepted the cancellation, but the appointment is not cancelled: look at it.'
  return new Failure('unsure', 'not-cancelled', sentence)
}
