import type { Locator, Page } from 'playwright'
import { readyToPress } from '../../connectors/browser/press.ts'
import type { WebSystem } from '../../connectors/browser/session.ts'
import { Failure } from '../../connectors/failure.ts'
import { comparePatients } from '../../connectors/identity.ts'
import { follow } from '../../connectors/browser/page-answers.ts'
import { fillForm, part, readProperties } from '../../connectors/browser/screen-parts.ts'
import { fromDutchDate, toDutchDate } from '../../connectors/dutch-date.ts'
import type { InsuredPerson } from './insured-person.ts'

/** What an insurer says of a person on a day. */
export interface Policy {
  /** As shown: four digits where it is a proper UZOVI code. */
  readonly uzovi: string
  readonly insurer: string
  readonly policyNumber: string
  /** `2026-01-01` */
  readonly start: string
}

const FORM = {
  name: 'insurer.form',
  labels: { bsn: 'BSN', birthDate: 'Geboortedatum', date: 'Peildatum' },
} as const
const PERSON = {
  name: 'insurer.person',
  table: 'Verzekerde',
  parts: { bsn: 'BSN', birthDate: 'Geboortedatum', date: 'Peildatum', insured: 'Verzekerd' },
} as const
const POLICY = {
  name: 'insurer.policy',
  table: 'Verzekering',
  parts: {
    uzovi: 'UZOVI-code',
    insurer: 'Verzekeraar',
    policyNumber: 'Polisnummer',
    start: 'Ingangsdatum',
  },
} as const

/**
 * Asks the portal how a person is insured on a day; undefined when they are not. Asking changes nothing there.
 * @throws unexpected when the page is not the one the robot knows, or is about somebody else
 */
export async function checkInsurance(
  portal: WebSystem,
  person: InsuredPerson,
  date: string,
): Promise<Policy | undefined> {
  const page = await portal.page()
  await openForm(portal, page)
  await ask(portal, page, person, date)
  const isInsured = await readPerson(portal, page, person, date)
  return isInsured ? await readPolicy(portal, page) : undefined
}

/** The part of the result that says whom and which day it is about, for evidence. */
export async function shownPerson(portal: WebSystem): Promise<Locator> {
  return part(portal, await portal.page(), PERSON.name, { role: 'table', name: PERSON.table })
}

/** A step that is done again finds the page where the last one left it. */
async function openForm(portal: WebSystem, page: Page): Promise<void> {
  const form = part(portal, page, 'insurer.start', { role: 'heading', name: 'Controle op verzekeringsrecht' })
  if (await form.isVisible()) return
  await follow(portal, () => page.goto(portal.address), { form }, 'the form of the coverage check')
}

async function ask(portal: WebSystem, page: Page, person: InsuredPerson, date: string): Promise<void> {
  await fillForm(portal, page, FORM, {
    bsn: person.bsn,
    birthDate: toDutchDate(person.birthDate),
    date: toDutchDate(date),
  })
  const check = part(portal, page, 'insurer.check', { role: 'button', name: 'Controleren' })
  await readyToPress(check, 'the button of the coverage check')
  const result = part(portal, page, 'insurer.result', { role: 'heading', name: 'Resultaat controle' })
  const refused = page.getByRole('alert')
  const shown = await follow(
    portal,
    () => check.click(),
    { result, refused },
    'the result of the coverage check',
  )
  if (shown === 'refused')
    throw unexpected(portal, 'check-refused', 'The insurer portal did not accept what was asked')
}

/** The portal says itself whom it looked up, and for which day: all of that must be what was asked. */
async function readPerson(
  portal: WebSystem,
  page: Page,
  person: InsuredPerson,
  date: string,
): Promise<boolean> {
  const shown = await readProperties(portal, page, PERSON)
  const found = { bsn: shown.bsn, birthDate: readDate(portal, shown.birthDate) }
  if (comparePatients(person, found) !== 'same')
    throw unexpected(portal, 'another-patient', 'The insurer portal shows another person than was asked for')
  if (readDate(portal, shown.date) !== date)
    throw unexpected(portal, 'another-date', 'The insurer portal checked another day than was asked for')
  const insured = shown.insured
  if (insured === 'Ja' || insured === 'Nee') return insured === 'Ja'
  throw unexpected(
    portal,
    'answer-unknown',
    'The insurer portal says neither "Ja" nor "Nee" to being insured',
  )
}

async function readPolicy(portal: WebSystem, page: Page): Promise<Policy> {
  const shown = await readProperties(portal, page, POLICY)
  const policyNumber = shown.policyNumber
  if (policyNumber === '')
    throw unexpected(portal, 'policy-missing', 'The insurer portal shows no policy number')
  return {
    uzovi: shown.uzovi,
    insurer: shown.insurer,
    policyNumber,
    start: readDate(portal, shown.start),
  }
}

function readDate(portal: WebSystem, text: string): string {
  const date = fromDutchDate(text)
  if (date !== undefined) return date
  throw unexpected(
    portal,
    'date-unreadable',
    'The insurer portal shows something else than a date where one belongs',
  )
}

function unexpected({ id: system }: WebSystem, code: string, what: string): Failure {
  return new Failure('unexpected', code, `${what}: look at the page.`, { system })
}
