import { z } from 'zod'
import { defineBot } from '../bot.ts'
import { words } from '../words.ts'
import { bookedDate, bookedVisits } from './appointments.ts'
import { approve } from './approve.ts'
import { coveragesOnFile, storeCoverage } from './coverage.ts'
import { readInsuredPerson } from './insured-person.ts'
import { checkInsurance, shownPerson } from './insurer-portal.ts'
import { workingDayAfter } from './working-days.ts'

const identifierSystem = z.string().min(1).max(200)
const resourceId = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/, 'must be the id of a FHIR resource')

export default defineBot({
  name: 'insurance-check',
  title: { nl: 'Verzekering controleren', en: 'Insurance check' },
  purpose: {
    nl: 'Controleert vóór een afspraak bij de verzekeraar of de patiënt verzekerd is, en legt de polis vast bij de patiënt.',
    en: 'Checks with the insurer before an appointment whether the patient is insured, and records the policy with the patient.',
  },
  activity: 'finance',
  variants: {
    'first-check': {
      nl: 'Eerste controle: er stond nog geen polis',
      en: 'First check: no policy was on file',
    },
    renewed: { nl: 'Polis was bekend en is bevestigd', en: 'Policy was on file and is confirmed' },
  },
  settings: z.object({
    workingDays: z
      .int()
      .min(1)
      .max(60)
      .default(10)
      .meta(
        words(
          { nl: 'Werkdagen vooruit', en: 'Working days ahead' },
          {
            nl: 'Tot en met hoeveel werkdagen na vandaag afspraken worden gecontroleerd.',
            en: 'Up to how many working days after today appointments are checked.',
          },
        ),
      ),
    insurers: z
      .array(z.string().regex(/^\d{4}$/, 'must be a UZOVI code of four digits'))
      .min(1)
      .meta(
        words(
          { nl: 'Bekende verzekeraars', en: 'Known insurers' },
          {
            nl: 'UZOVI-codes van de verzekeraars in de tabel van het ziekenhuis; bij een andere code beslist een medewerker.',
            en: 'UZOVI codes of the insurers in the table of the hospital; with another code a person decides.',
          },
        ),
      ),
    appointmentSystem: identifierSystem.meta(
      words(
        { nl: 'Identificatiesysteem van de afspraak', en: 'Identifier system of the appointment' },
        {
          nl: 'Waaronder bij de polis (Coverage) staat voor welke afspraak er is gecontroleerd.',
          en: 'Under which the coverage says for which appointment it was checked.',
        },
      ),
    ),
    markerSystem: identifierSystem.default('urn:ontregel:marker').meta(
      words(
        { nl: 'Identificatiesysteem van het kenmerk', en: 'Identifier system of the marker' },
        {
          nl: 'Waaronder de robot zijn eigen kenmerk achterlaat, om zijn werk terug te vinden.',
          en: 'Under which the robot leaves its own marker, to find its work by.',
        },
      ),
    ),
  }),
  systems: { fhir: 'fhir', portal: 'web' },
  systemRoles: {
    fhir: {
      title: { nl: 'FHIR-koppeling van het EPD', en: 'FHIR endpoint of the EHR' },
      rights: {
        nl: 'Afspraken, patiënten en polissen (Coverage) lezen; een polis aanmaken.',
        en: 'Read appointments, patients and coverages; create a coverage.',
      },
    },
    portal: {
      title: { nl: 'Portaal van de verzekeraars', en: 'Portal of the insurers' },
      rights: {
        nl: 'De controle op verzekeringsrecht raadplegen.',
        en: 'Consult the check of insurance.',
      },
    },
  },
  acts: {
    'store the coverage': {
      title: { nl: 'De bevestigde polis bij de patiënt vastleggen', en: 'Store the confirmed coverage' },
      verifiable: true,
    },
  },
  steps: {
    'read the appointment': { nl: 'De afspraak lezen', en: 'Read the appointment' },
    'read the patient': { nl: 'De patiënt lezen', en: 'Read the patient' },
    'read the coverage on file': { nl: 'De bekende polis lezen', en: 'Read the coverage on file' },
    'check at the insurer': { nl: 'Controleren bij de verzekeraar', en: 'Check at the insurer' },
    'keep evidence': { nl: 'Bewijs bewaren', en: 'Keep evidence' },
  },
  item: z.strictObject({
    appointment: resourceId.meta(
      words(
        { nl: 'Afspraak', en: 'Appointment' },
        { nl: 'De id van de afspraak in FHIR.', en: 'The id of the appointment in FHIR.' },
      ),
    ),
    patient: resourceId.meta(
      words(
        { nl: 'Patiënt', en: 'Patient' },
        { nl: 'De id van de patiënt in FHIR.', en: 'The id of the patient in FHIR.' },
      ),
    ),
    date: z.iso.date().meta(words({ nl: 'Datum van de afspraak', en: 'Date of the appointment' })),
  }),
  reference: ({ appointment, patient }) => `${appointment}-${patient}`,

  async *collect({ systems, settings, today }) {
    // Today too: what was booked since yesterday's round would otherwise never be checked.
    yield* bookedVisits(systems.fhir, today, workingDayAfter(today, settings.workingDays))
  },

  async process(item, { systems: { fhir, portal }, settings, step, act, about, marker }) {
    const date = await step('read the appointment', () => bookedDate(fhir, item))
    if (date === undefined) return { variant: 'first-check', nothingToDo: true }
    const person = await step('read the patient', () => readInsuredPerson(fhir, item.patient))
    await about(person.bsn)
    const own = { markerSystem: settings.markerSystem, marker }
    const onFile = await step('read the coverage on file', () =>
      coveragesOnFile(fhir, item.patient, date, own),
    )
    const policy = await step('check at the insurer', () => checkInsurance(portal, person, date))
    const approved = approve(policy, onFile, settings.insurers)
    await step('keep evidence', async () =>
      portal.evidence('check at the insurer', await shownPerson(portal)),
    )
    await act('store the coverage', storeCoverage(fhir, { ...item, ...approved }, settings, marker))
    return { variant: onFile.length > 0 ? 'renewed' : 'first-check' }
  },
})
