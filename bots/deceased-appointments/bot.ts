import { z } from 'zod'
import { defineBot } from '../bot.ts'
import { words } from '../words.ts'
import { appointmentsToCancel, refuseInProgress } from './appointments.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { findDeceased } from './deceased-patient.ts'
import { readDeath } from './reported-death.ts'

export default defineBot({
  name: 'deceased-appointments',
  title: { nl: 'Afspraken na overlijden afzeggen', en: 'Cancel appointments of the deceased' },
  purpose: {
    nl: 'Zegt de toekomstige afspraken af van een patiënt van wie het overlijden is gemeld, zodat de nabestaanden geen oproep meer krijgen.',
    en: 'Cancels the future appointments of a patient whose death was reported, so that the family gets no more invitations.',
  },
  activity: 'planning',
  variants: { cancelled: { nl: 'Afspraken afgezegd', en: 'Appointments cancelled' } },
  settings: z.object({
    patientNumberAuthority: z
      .string()
      .min(1)
      .max(100)
      .meta(
        words(
          { nl: 'Uitgever van het patiëntnummer (HL7)', en: 'Authority of the patient number (HL7)' },
          {
            nl: 'Wat in PID-3.4 staat bij het eigen patiëntnummer van het ziekenhuis, bijvoorbeeld ZIS.',
            en: 'What stands in PID-3.4 with the hospital’s own patient number, such as ZIS.',
          },
        ),
      ),
    patientNumberSystem: z
      .string()
      .min(1)
      .max(200)
      .meta(
        words(
          {
            nl: 'Identificatiesysteem van het patiëntnummer (FHIR)',
            en: 'Identifier system of the patient number (FHIR)',
          },
          {
            nl: 'Waaronder hetzelfde patiëntnummer in FHIR bij de patiënt staat.',
            en: 'Under which the same patient number stands with the patient in FHIR.',
          },
        ),
      ),
    markerSystem: z
      .string()
      .min(1)
      .max(200)
      .default('urn:ontregel:marker')
      .meta(
        words(
          { nl: 'Identificatiesysteem van het kenmerk', en: 'Identifier system of the marker' },
          {
            nl: 'Waaronder de robot zijn eigen kenmerk achterlaat, om zijn werk terug te vinden.',
            en: 'Under which the robot leaves its own marker, to find its work by.',
          },
        ),
      ),
  }),
  systems: { fhir: 'fhir' },
  systemRoles: {
    fhir: {
      title: { nl: 'FHIR-koppeling van het EPD', en: 'FHIR endpoint of the EHR' },
      rights: {
        nl: 'Patiënten en afspraken lezen; een afspraak wijzigen (PATCH).',
        en: 'Read patients and appointments; change an appointment (PATCH).',
      },
    },
  },
  acts: {
    'cancel appointment': {
      title: { nl: 'De afspraak afzeggen', en: 'Cancel the appointment' },
      verifiable: true,
    },
  },
  steps: {
    'find the patient': { nl: 'De patiënt opzoeken', en: 'Find the patient' },
    'see that no appointment is in progress': {
      nl: 'Nagaan dat er geen afspraak bezig is',
      en: 'See that no appointment is in progress',
    },
    'find future appointments': { nl: 'Toekomstige afspraken opzoeken', en: 'Find future appointments' },
  },
  item: z.strictObject({
    hospitalNumber: z
      .string()
      .regex(/^[A-Za-z0-9.]{1,20}$/, 'must be a patient number of at most 20 letters and digits')
      .meta(
        words(
          { nl: 'Patiëntnummer', en: 'Patient number' },
          { nl: 'Het eigen nummer van het ziekenhuis.', en: 'The hospital’s own number.' },
        ),
      ),
    died: z.iso
      .date()
      .meta(words({ nl: 'Overleden op', en: 'Died on' }))
      .exactOptional(),
    birthDate: z.iso
      .date()
      .meta(words({ nl: 'Geboortedatum', en: 'Date of birth' }))
      .exactOptional(),
    familyName: z
      .string()
      .min(1)
      .max(200)
      .meta(words({ nl: 'Achternaam', en: 'Family name' }))
      .exactOptional(),
  }),
  reference: ({ hospitalNumber, died }) => `${hospitalNumber}-${died ?? 'unknown'}`,

  hl7(message, { patientNumberAuthority }) {
    const death = readDeath(message, patientNumberAuthority)
    return death ? [death] : []
  },

  async process(death, { systems: { fhir }, settings, step, act, about, marker: value, today }) {
    const marker = { system: settings.markerSystem, value }
    await about(death.hospitalNumber)
    const patient = await step('find the patient', () =>
      findDeceased(fhir, death, settings.patientNumberSystem),
    )
    await step('see that no appointment is in progress', () => refuseInProgress(fhir, patient))
    const appointments = await step('find future appointments', () =>
      appointmentsToCancel(fhir, patient, today, marker),
    )
    for (const appointment of appointments) {
      await act('cancel appointment', cancelAppointment(fhir, appointment, patient, marker))
    }
    return { variant: 'cancelled', nothingToDo: appointments.length === 0 }
  },
})
