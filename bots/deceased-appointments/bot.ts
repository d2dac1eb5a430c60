import { z } from 'zod'
import { defineBot } from '../bot.ts'
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
    patientNumberAuthority: z.string().min(1).max(100).meta({
      title: 'Uitgever van het patiëntnummer (HL7)',
      description: 'Wat in PID-3.4 staat bij het eigen patiëntnummer van het ziekenhuis, bijvoorbeeld ZIS.',
    }),
    patientNumberSystem: z.string().min(1).max(200).meta({
      title: 'Identificatiesysteem van het patiëntnummer (FHIR)',
      description: 'Waaronder hetzelfde patiëntnummer in FHIR bij de patiënt staat.',
    }),
    markerSystem: z.string().min(1).max(200).default('urn:ontregel:marker').meta({
      title: 'Identificatiesysteem van het kenmerk',
      description: 'Waaronder de robot zijn eigen kenmerk achterlaat, om zijn werk terug te vinden.',
    }),
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
  item: z.strictObject({
    hospitalNumber: z
      .string()
      .regex(/^[A-Za-z0-9.]{1,20}$/, 'must be a patient number of at most 20 letters and digits')
      .meta({ title: 'Patiëntnummer', description: 'Het eigen nummer van het ziekenhuis.' }),
    died: z.iso.date().meta({ title: 'Overleden op' }).exactOptional(),
    birthDate: z.iso.date().meta({ title: 'Geboortedatum' }).exactOptional(),
    familyName: z.string().min(1).max(200).meta({ title: 'Achternaam' }).exactOptional(),
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
