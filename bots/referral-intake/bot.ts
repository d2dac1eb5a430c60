import { z } from 'zod'
import { Failure } from '../../connectors/failure.ts'
import { defineBot } from '../bot.ts'
import type { Act } from '../bot.ts'
import { words } from '../words.ts'
import type { WebSystem } from '../../connectors/browser/session.ts'
import type { PatientFile } from './epd-patient-file.ts'
import { readPatientFile } from './epd-patient-file.ts'
import { pictureRegistration, searchRegistrations } from './epd-registrations.ts'
import { findFhirPatient } from './fhir-patient.ts'
import { fileLetter } from './file-letter.ts'
import { expectCertain, findPatient } from './find-patient.ts'
import { markHandled } from './mark-handled.ts'
import { readInbox } from './portal-inbox.ts'
import { readLetter } from './portal-letter.ts'
import { openReferral } from './portal-referral.ts'
import type { Referral } from './referral.ts'
import { registerPatient } from './register-patient.ts'
import { registerReferral } from './register-referral.ts'
import { acts, steps, systemRoles, type Step } from './rights.ts'
import { settings } from './settings.ts'
import { translateReferral } from './translate-referral.ts'

const item = z.strictObject({
  referralNumber: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,40}$/, 'must be a referral number of at most 40 letters, digits and hyphens')
    .meta(
      words(
        { nl: 'Verwijsnummer', en: 'Referral number' },
        { nl: 'Zoals het in het verwijsportaal staat.', en: 'As it stands in the referral portal.' },
      ),
    ),
  /** What the inbox said of it: a page that says otherwise is about another referral. */
  referralDate: z.iso
    .date()
    .meta(words({ nl: 'Verwijsdatum', en: 'Date of the referral' }))
    .exactOptional(),
  specialty: z
    .string()
    .min(1)
    .meta(words({ nl: 'Specialisme', en: 'Specialism' }))
    .exactOptional(),
})
type Item = z.output<typeof item>

/** What an act gives for a reference when it was only watched: the patient was then not registered, and has no file to go on with. */
const ONLY_WATCHED = 'shadow'

export default defineBot({
  name: 'referral-intake',
  title: { nl: 'Verwijzing verwerken', en: 'Referral intake' },
  purpose: {
    nl: 'Neemt nieuwe verwijzingen over uit het verwijsportaal: zoekt de patiënt op of schrijft die in, registreert de verwijzing in het EPD, bergt de brief op in het dossier en handelt de verwijzing af in het portaal.',
    en: 'Takes over new referrals from the referral portal: finds or registers the patient, registers the referral in the EPD, files the letter, and marks the referral as handled in the portal.',
  },
  activity: 'reporting',
  variants: {
    'known-patient': { nl: 'Patiënt was al bekend', en: 'The patient was known' },
    'new-patient': { nl: 'Nieuwe patiënt ingeschreven', en: 'A new patient was registered' },
  },
  settings,
  systems: { portal: 'web', epd: 'web', fhir: 'fhir' },
  systemRoles,
  acts,
  steps,
  item,
  reference: ({ referralNumber }) => referralNumber,
  async *collect({ systems, settings, step }) {
    yield* await step('read the inbox', () => readInbox(systems.portal, settings.maxInboxPages))
  },
  async process(item, tools) {
    const { systems, settings, step, act, about, marker } = tools
    const { portal, epd, fhir } = systems
    const referral = await step('read the referral', async () =>
      expectMeant(await openReferral(portal, item.referralNumber), item),
    )
    await about(referral.patient.bsn)
    if (referral.handled && referral.handledBy !== marker) {
      const query = { referralNumber: '', marker }
      const ours = await step('look for a registration of ours', () => searchRegistrations(epd, query))
      return handledByOther(ours.length)
    }
    const registration = translateReferral(referral, marker, settings)
    const letter = await step('read the letter', () => readLetter(portal, settings.maxLetterMegabytes))
    const known = await step('find the patient', () => findPatient(epd, referral.patient))
    const file = known && known.marker !== marker ? known : await newFile(referral, tools)
    if (!file) return { variant: 'new-patient' }
    await about(file.number)

    const number = { system: settings.patientNumberSystem, value: file.number }
    const patient = await step('find the patient in FHIR', () =>
      findFhirPatient(fhir, number, referral.patient),
    )
    const registered = await act(
      'register the referral',
      registerReferral(systems, referral, file, registration),
    )
    if (registered !== ONLY_WATCHED)
      await step('picture the registration', () => pictureRegistration(epd, registered))
    await act('file the letter', fileLetter(fhir, { referral, letter, patient, marker, settings }))
    await act('mark it handled', markHandled(portal, referral, { registration: registered, marker }))
    // What stands in the file and not what this attempt did: a later attempt finds the patient and must count the same.
    return { variant: file.marker === marker ? 'new-patient' : 'known-patient' }
  },
})

interface NewFileTools {
  readonly systems: { readonly epd: WebSystem; readonly portal: WebSystem }
  readonly step: <T>(name: Step, read: () => Promise<T>) => Promise<T>
  readonly act: <Pressed>(name: string, act: Act<Pressed>) => Promise<string>
  readonly marker: string
}

/** The file of a patient whom the EPD did not know; none when registering was only watched. */
async function newFile(
  referral: Referral,
  { systems, step, act, marker }: NewFileTools,
): Promise<PatientFile | undefined> {
  const number = await act('register the patient', registerPatient(systems, referral, marker))
  if (number === ONLY_WATCHED) return undefined
  return step('read the new file', async () => {
    const file = await readPatientFile(systems.epd, number)
    expectCertain(referral.patient, file)
    return file
  })
}

function expectMeant(referral: Referral, { referralDate, specialty }: Item): Referral {
  const same =
    (!referralDate || referralDate === referral.date) && (!specialty || specialty === referral.specialty)
  if (same) return referral
  const sentence =
    'The portal shows another date or specialism with this referral than its inbox did: look at the referral in the portal.'
  throw new Failure('unexpected', 'another-referral', sentence)
}

/** Somebody else handled it: there is no work left, unless we had begun. */
function handledByOther(begun: number): { variant: 'known-patient'; nothingToDo: true } {
  if (begun === 0) return { variant: 'known-patient', nothingToDo: true }
  const sentence =
    'Somebody else marked the referral as handled after the robot had registered it: see whether it is now registered twice, and whether the letter is filed.'
  throw new Failure('business', 'handled-by-other', sentence)
}
