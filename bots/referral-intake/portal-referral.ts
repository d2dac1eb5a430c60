import type { Locator, Page } from 'playwright'
import type { WebSystem } from '../../connectors/browser/session.ts'
import { Failure } from '../../connectors/failure.ts'
import { open } from '../../connectors/browser/page-answers.ts'
import { readReferral } from './referral.ts'
import type { Referral } from './referral.ts'
import { changed, part, readProperties } from '../../connectors/browser/screen-parts.ts'

/** A referral in the portal: what it asks for, who the patient is, and by what it was handled. */
const REFERRAL = {
  name: 'referral.details',
  table: 'Verwijzing',
  parts: {
    number: 'Verwijsnummer',
    date: 'Verwijsdatum',
    specialty: 'Specialisme',
    urgency: 'Urgentie',
    reason: 'Reden van verwijzing',
    referrerAgb: 'AGB-code verwijzer',
    status: 'Status',
  },
} as const
const PATIENT = {
  name: 'referral.patient',
  table: 'Patiënt',
  parts: {
    family: 'Achternaam',
    prefix: 'Tussenvoegsel',
    partner: 'Partnernaam',
    given: 'Voornaam',
    initials: 'Voorletters',
    gender: 'Geslacht',
    birthDate: 'Geboortedatum',
    bsn: 'BSN',
    street: 'Straat',
    houseNumber: 'Huisnummer',
    postalCode: 'Postcode',
    city: 'Woonplaats',
    insurer: 'Verzekeraar',
    policyNumber: 'Polisnummer',
  },
} as const
const HANDLING = {
  name: 'referral.handling',
  table: 'Afhandeling',
  parts: { status: 'Status', registration: 'Registratienummer', marker: 'Kenmerk' },
} as const
const HANDLED = 'Afgehandeld'

/** The heading of a referral's page. */
export function referralHeading(portal: WebSystem, page: Page, number: string): Locator {
  return part(portal, page, 'referral.heading', { role: 'heading', name: `Verwijzing ${number}` })
}

/**
 * Opens a referral and reads it. Fails with `referral-withdrawn` when the portal does not have it, and as `readReferral`.
 */
export async function openReferral(portal: WebSystem, number: string): Promise<Referral> {
  const page = await portal.page()
  const shown = {
    referral: referralHeading(portal, page, number),
    gone: part(portal, page, 'referral.gone', { role: 'heading', name: 'Niet gevonden' }),
  }
  const path = `/verwijzingen/${encodeURIComponent(number)}`
  const expected = 'the heading of the referral'
  if ((await open(portal, path, shown, expected)) === 'gone') throw withdrawn(portal)
  return readShownReferral(portal, page, number)
}

/** The referral on the page that is open. */
export async function readShownReferral(portal: WebSystem, page: Page, number: string): Promise<Referral> {
  const { status, ...details } = await readProperties(portal, page, REFERRAL)
  if (details.number !== number) throw changed(portal, 'the referral that was asked for')
  const patient = await readProperties(portal, page, PATIENT)
  const handling =
    status === HANDLED ? await readProperties(portal, page, HANDLING) : { registration: '', marker: '' }
  const raw = {
    ...details,
    patient,
    registration: handling.registration,
    handledBy: handling.marker,
    handled: status === HANDLED,
  }
  return readReferral(raw, { ...REFERRAL.parts, ...PATIENT.parts })
}

function withdrawn({ id: system }: WebSystem): Failure {
  const sentence = 'The portal does not have this referral any more: see whether it was withdrawn.'
  return new Failure('business', 'referral-withdrawn', sentence, { system })
}
