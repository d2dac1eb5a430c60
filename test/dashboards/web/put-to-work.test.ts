import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { texts } from '../../../dashboards/web/administer/texts.ts'
import { putSystem } from '../../../orchestrator/ledger/setup.ts'
import { certify } from '../../connectors/fhir/certificates.ts'
import { plannedDeaths } from '../../practice-hospital/fhir/deaths.ts'
import { openServerPractice, type ServerPractice } from '../server/administer/open-practice.ts'
import { expectAccessible } from './expect-accessible.ts'
import { openPages, settled, type OpenedPage, type Pages } from './open-pages.ts'

const PAGES = '/hospitals/noord'
const ID = 'noord-deceased-appointments-2'
const BOT = 'Afspraken na overlijden afzeggen'

let pages: Pages
let practice: ServerPractice

beforeAll(async () => {
  pages = await openPages()
  practice = await openServerPractice(pages.server)
}, 120_000)
afterAll(async () => {
  await practice[Symbol.asyncDispose]()
  await pages[Symbol.asyncDispose]()
})

const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click()

/** Keeps what was filled in and goes on to the step of this name. */
async function next(page: Page, step: string) {
  await press(page, 'Bewaren en verder')
  await page.getByRole('heading', { level: 2, name: step }).waitFor()
  await settled(page)
}

async function modeOf(id: string) {
  const { mode } = await pages.server.installation.db
    .selectFrom('deployment')
    .select('mode')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return mode
}

test('a system is added, its credentials are entered, and it is tried', { timeout: 120_000 }, async () => {
  await using opened = await pages.openPage({}, `${PAGES}/systems`)
  const { page } = opened
  await page.getByRole('link', { name: 'Systeem toevoegen' }).click()
  await page.getByLabel('Korte naam').fill('oefen-fhir')
  await page.getByLabel('Soort').selectOption('fhir')
  await page.getByLabel('Adres').fill(practice.at.fhir)
  const { certificate } = certify('authority')
  await page.getByLabel('Eigen certificaatautoriteiten (PEM)').fill(certificate)
  await press(page, 'Opslaan')
  await heading(page, 'Systeem oefen-fhir')
  expect(await page.getByLabel('Eigen certificaatautoriteiten (PEM)').inputValue()).toBe(certificate)
  await press(page, 'Invullen')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^Token/).fill(practice.fhirToken)
  await dialog.getByRole('button', { name: 'Opslaan' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText(/^Ingevuld op/).waitFor()
  await press(page, 'Verbinding met oefen-fhir testen')
  await page.getByText(texts.nl['administer.finding.reachable']).waitFor({ timeout: 30_000 })
  expect(await page.content()).not.toContain(practice.fhirToken)
  expect(opened.watched).toEqual({ errors: [], foreign: [] })
})

test('a system that takes HL7 messages is added by its form, and tried', { timeout: 120_000 }, async () => {
  await using opened = await pages.openPage({ width: 390 }, `${PAGES}/new-system`)
  const { page } = opened
  await page.getByLabel('Korte naam').fill('oefen-ris')
  await page.getByLabel('Soort').selectOption('hl7')
  await page.getByLabel('Adres').fill(practice.at.hl7)
  await page.getByLabel('Toepassing (MSH-5)').fill('RIS')
  await page.getByLabel('Toepassing (MSH-3)').fill('ONTREGEL')
  await expectAccessible(page)
  await press(page, 'Opslaan')
  await heading(page, 'Systeem oefen-ris')
  await press(page, 'Verbinding met oefen-ris testen')
  await page.getByText(texts.nl['administer.finding.connected']).waitFor({ timeout: 30_000 })
  await expectAccessible(page)
  expect(opened.watched).toEqual({ errors: [], foreign: [] })
})

test(
  'a robot is put to work step by step: tried on one item in shadow, then in shadow, then live, and back',
  { timeout: 240_000 },
  async () => {
    await using opened = await pages.openPage({}, `${PAGES}/bots`)
    const { page } = opened
    await press(page, `${BOT} in gebruik nemen`)
    await heading(page, `${BOT} in gebruik nemen`)
    await page.getByLabel('FHIR-koppeling van het EPD').selectOption('oefen-fhir')
    await next(page, 'Instellingen')
    await page.getByLabel(/Uitgever van het patiëntnummer/).fill('ZIS')
    await page.getByLabel(/Identificatiesysteem van het patiëntnummer/).fill('urn:practice:zis')
    await next(page, 'Aanleidingen')
    await press(page, 'HL7-berichten toevoegen')
    await next(page, 'Nulmeting')
    await page.getByLabel('Verantwoordelijk').selectOption('administrator.noord')
    await addBaseline(page)
    await next(page, 'Proberen')
    await tryOnOne(opened)
    await next(page, 'In gebruik')
    await press(page, 'In schaduw zetten')
    await page.getByRole('dialog').getByRole('button', { name: 'In schaduw zetten' }).click()
    await heading(page, BOT)
    expect(await modeOf(ID)).toBe('shadow')
    await goLive(page)
    await undoTheLast(page)
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  },
)

async function addBaseline(page: Page) {
  await press(page, 'Nulmeting toevoegen')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Minuten per geval').fill('7')
  await dialog.getByLabel('Aantal gemeten gevallen').fill('15')
  // Of 15 cases the mean alone would have no interval.
  expect(await dialog.getByRole('button', { name: 'Nulmeting toevoegen' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Spreiding (minuten)').fill('1.25')
  // Only where it begins before it was measured can items have been counted in between.
  const from = dialog.getByLabel('Geldig vanaf')
  const measuredOn = await from.inputValue()
  const backdated = dialog.getByLabel('Ook werkitems ermee tellen van vóór het meten')
  expect(await backdated.count()).toBe(0)
  await from.fill('2026-01-05')
  await backdated.check()
  await expectAccessible(page)
  await from.fill(measuredOn)
  expect(await backdated.count()).toBe(0)
  await dialog.getByRole('button', { name: 'Nulmeting toevoegen' }).click()
  await page.getByText('stopwatch (n = 15)').waitFor()
  expect(await page.getByText('telt ook werkitems van vóór het meten').count()).toBe(0)
}

async function tryOnOne({ page }: OpenedPage) {
  const death = plannedDeaths(practice.hospital).find(({ kind }) => kind === 'plain')
  const patient = practice.hospital.patients.all().find(({ zis }) => zis === death?.zis)
  if (!patient) throw new Error('The practice hospital has somebody who died.')
  await page.getByLabel('Patiëntnummer').fill(patient.zis)
  await page.getByLabel('Geboortedatum').fill(patient.birthDate)
  await page.getByLabel('Achternaam').fill(patient.family)
  await press(page, 'Proberen op één werkitem')
  await page.getByText('zou zijn gedaan').first().waitFor({ timeout: 30_000 })
  expect(await page.getByText('"status"').count()).toBe(0)
  await press(page, 'Tonen wat er ingevuld zou zijn')
  await page
    .getByText(/"status": "cancelled"/)
    .first()
    .waitFor()
  await expectAccessible(page)
  expect(practice.hospital.witness.list()).toEqual([])
}

async function goLive(page: Page) {
  await press(page, 'Wijzigen')
  await heading(page, `${BOT} in gebruik nemen`)
  await page.getByRole('button', { name: /In gebruik$/ }).click()
  await press(page, 'Live zetten')
  await page.getByRole('dialog').getByRole('button', { name: 'Live zetten' }).click()
  await heading(page, BOT)
  await page.getByText('live', { exact: true }).first().waitFor()
  expect(await modeOf(ID)).toBe('live')
}

async function undoTheLast(page: Page) {
  await page
    .getByRole('button', { name: `Wijziging van ${ID} terugzetten` })
    .first()
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Terugzetten' }).click()
  await page.getByText('teruggezet', { exact: true }).waitFor()
  expect(await modeOf(ID)).toBe('shadow')
}

test('where four eyes are wanted, one account asks and another approves', { timeout: 120_000 }, async () => {
  await using first = await pages.openPage({}, `${PAGES}/deployments`)
  await first.page.getByRole('switch', { name: /Een tweede account keurt goed/ }).press('Space')
  await first.page.getByRole('switch', { checked: true }).waitFor()
  await first.page.goto(`${pages.server.address}${PAGES}/deployments/${ID}`)
  await press(first.page, 'Wijzigen')
  await first.page.getByRole('button', { name: /In gebruik$/ }).click()
  await press(first.page, 'Live zetten')
  await first.page.getByRole('dialog').getByRole('button', { name: 'Live zetten' }).click()
  await first.page.getByText('gevraagd door administrator.noord').waitFor()
  expect(await modeOf(ID)).toBe('shadow')

  await using second = await pages.openPage({ role: ['administrator', 'it'] }, `${PAGES}/put-to-work/${ID}`)
  await second.page.getByRole('button', { name: /In gebruik$/ }).click()
  await press(second.page, 'Goedkeuren en live zetten')
  await second.page.getByRole('dialog').getByRole('button', { name: 'Live zetten' }).click()
  await heading(second.page, BOT)
  expect(await modeOf(ID)).toBe('live')
})

test(
  'a draft is thrown away, and a system that nothing uses is taken away',
  { timeout: 120_000 },
  async () => {
    await using opened = await pages.openPage({}, `${PAGES}/bots`)
    const { page } = opened
    const { db } = pages.server.installation
    await press(page, 'Verwijzing verwerken in gebruik nemen')
    await heading(page, 'Verwijzing verwerken in gebruik nemen')
    await press(page, 'Concept weggooien')
    await page.getByRole('dialog').getByRole('button', { name: 'Concept weggooien' }).click()
    await heading(page, 'Inzetten')
    const drafts = db.selectFrom('draft').select('deployment').where('bot', '=', 'referral-intake')
    expect(await drafts.execute()).toEqual([])
    const old = { id: 'oud', kind: 'web' as const, address: 'https://oud.example', seats: 1, settings: {} }
    await putSystem(db, { hospital: 'noord', ...old })
    await page.goto(`${pages.server.address}${PAGES}/systems/oud`)
    await press(page, 'Weghalen')
    await page.getByRole('dialog').getByRole('button', { name: 'Weghalen' }).click()
    await heading(page, 'Systemen')
    await page.getByRole('link', { name: 'oud', exact: true }).waitFor({ state: 'detached' })
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  },
)

test(
  'a closing day goes into the calendar, and a schedule shows that it leaves it out',
  { timeout: 120_000 },
  async () => {
    await using opened = await pages.openPage({}, `${PAGES}/calendar`)
    const { page } = opened
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
    await page.getByLabel(/^Dag/).fill(day)
    await page.getByLabel(/^Naam/).fill('Verhuisdag')
    await press(page, 'Sluitingsdag toevoegen')
    await page.getByRole('cell', { name: 'Verhuisdag' }).waitFor()
    await page.goto(`${pages.server.address}${PAGES}/put-to-work/noord-insurance-check-2`)
    await page.getByRole('button', { name: /Aanleidingen$/ }).click()
    await page.getByLabel('Wanneer').selectOption('daily')
    await page.getByRole('switch', { name: 'Overslaan op feestdagen en sluitingsdagen' }).press('Space')
    await page.getByText('(overgeslagen: Verhuisdag)').waitFor()
  },
)
