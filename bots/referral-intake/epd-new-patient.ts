import { readyToPress } from '../../connectors/browser/press.ts'
import type { Locator } from 'playwright'
import type { WebSystem } from '../../connectors/browser/session.ts'
import { toDutchDate } from '../../connectors/dutch-date.ts'
import { open } from '../../connectors/browser/page-answers.ts'
import type { ReferredPatient } from './referral.ts'
import { fillForm, part } from '../../connectors/browser/screen-parts.ts'

/** Registering a new patient in the EPD: one page, whose button is the press. */
const FORM = {
  name: 'enrol',
  labels: {
    given: 'Voornaam',
    initials: 'Voorletters',
    prefix: 'Tussenvoegsel',
    family: 'Achternaam',
    partner: 'Partnernaam',
    gender: 'Geslacht',
    birthDate: 'Geboortedatum',
    bsn: 'BSN',
    street: 'Straat',
    houseNumber: 'Huisnummer',
    postalCode: 'Postcode',
    city: 'Woonplaats',
    insurer: 'UZOVI-code',
    policyNumber: 'Polisnummer',
    marker: 'Extern kenmerk',
  },
} as const

/** Opens and fills the page, reads it back, and gives the button that registers the patient, ready to be pressed. */
export async function fillNewPatient(
  epd: WebSystem,
  patient: ReferredPatient,
  marker: string,
): Promise<Locator> {
  const page = await epd.page()
  const heading = part(epd, page, 'enrol.heading', { role: 'heading', name: 'Patiënt inschrijven' })
  await open(epd, '/patienten/nieuw', { heading }, 'the heading "Patiënt inschrijven"')
  await fillForm(epd, page, FORM, { ...patient, birthDate: toDutchDate(patient.birthDate), marker })
  const button = part(epd, page, 'enrol.button', { role: 'button', name: 'Inschrijven' })
  await readyToPress(button, 'the button "Inschrijven"')
  return button
}

/** What the page shows after the press. */
export async function newPatientAnswers(epd: WebSystem): Promise<Record<'done' | 'refused', Locator>> {
  const page = await epd.page()
  return {
    done: part(epd, page, 'enrol.done', { role: 'heading', name: 'Patiënt ingeschreven' }),
    refused: page.getByRole('alert'),
  }
}
