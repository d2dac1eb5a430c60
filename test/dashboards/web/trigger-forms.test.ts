import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FoundDraft } from '../../../dashboards/server/administer/draft-schemas.ts'
import { DeploymentPlan } from '../../../orchestrator/ledger/deployment-plan.ts'
import type { TestClient } from '../server/test-client.ts'
import { expectAccessible } from './expect-accessible.ts'
import { openPages, type Pages } from './open-pages.ts'

let pages: Pages
let administrator: TestClient

beforeAll(async () => {
  pages = await openPages()
  administrator = await pages.server.as('administrator', 'noord')
}, 120_000)
afterAll(() => pages[Symbol.asyncDispose]())

const DRAFTS = '/api/hospitals/noord/drafts'

async function begin(id: string, triggers: object[]) {
  const plan = DeploymentPlan.parse({ bot: 'deceased-appointments', systems: { fhir: 'fhir' }, triggers })
  const kept = await administrator.fetch(`${DRAFTS}/${id}`, { method: 'PUT', body: { plan } })
  expect(kept.status).toBe(200)
}

const triggersOf = async (id: string) =>
  (await administrator.ask(FoundDraft, `${DRAFTS}/${id}`))?.plan.triggers

async function openTriggers(id: string, width: number) {
  const opened = await pages.openPage({ width }, `/hospitals/noord/put-to-work/${id}`)
  await opened.page.getByRole('button', { name: /Aanleidingen$/ }).click()
  await opened.page.getByRole('heading', { level: 2, name: 'Aanleidingen' }).waitFor()
  return opened
}

const keep = async (page: Page) => await page.getByRole('button', { name: 'Bewaren en verder' }).click()
const reading = (page: Page) => page.getByRole('status').filter({ hasText: 'Dit start de robot' })

test.each([1280, 390])(
  'which messages start a robot is filled in and read back in words, %i wide',
  async (width) => {
    const id = `messages-${width}`
    await begin(id, [])
    await using opened = await openTriggers(id, width)
    const { page } = opened
    await page.getByRole('button', { name: 'HL7-berichten toevoegen' }).click()
    await page.getByLabel('Soorten berichten').fill('ADT^A08\nADT^A31')
    await page.getByRole('button', { name: 'Voorwaarde toevoegen' }).click()
    const first = page.getByRole('group', { name: 'Voorwaarde 1' })
    await first.getByLabel('Veld van het bericht').fill('PID30')
    await first.getByLabel('Waarde', { exact: true }).fill('Y')
    await keep(page)
    await page.getByRole('alert', { name: 'Dat ging niet goed' }).waitFor()
    expect(await first.getByLabel('Veld van het bericht').getAttribute('aria-invalid')).toBe('true')
    await first.getByLabel('Veld van het bericht').fill('PID-30')
    await page.getByRole('button', { name: 'Voorwaarde toevoegen' }).click()
    const second = page.getByRole('group', { name: 'Voorwaarde 2' })
    await second.getByLabel('Veld van het bericht').fill('PV1-2')
    await second.getByLabel('Vergelijking').selectOption('is een van')
    await second.getByLabel('Waarden').fill('I\nO')
    await page.getByRole('button', { name: 'Voorwaarde toevoegen' }).click()
    const third = page.getByRole('group', { name: 'Voorwaarde 3' })
    await third.getByLabel('Veld van het bericht').fill('PV1-45')
    await third.getByLabel('Vergelijking').selectOption('is leeg')
    expect(await reading(page).innerText()).toContain(
      'Elk HL7-bericht ADT^A08 (gegevens gewijzigd) of ADT^A31 (persoonsgegevens gewijzigd) waarin PID-30 (overleden) gelijk is aan “Y”, PV1-2 (soort contact) een is van “I” of “O” en PV1-45 (ontslagdatum) leeg is.',
    )
    await expectAccessible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    await keep(page)
    await page.getByRole('heading', { level: 2, name: 'Nulmeting' }).waitFor()
    const [kept] = (await triggersOf(id)) ?? []
    expect(kept).toMatchObject({
      messageTypes: ['ADT^A08', 'ADT^A31'],
      conditions: [
        { field: 'PID-30', is: 'equals', value: 'Y' },
        { field: 'PV1-2', is: 'one-of', values: ['I', 'O'] },
        { field: 'PV1-45', is: 'absent' },
      ],
    })
    expect(opened.watched.errors.filter((line) => !line.includes('400'))).toEqual([])
  },
)

test('conditions are changed and taken away by keyboard alone', async () => {
  const id = 'by-keyboard'
  const conditions = [
    { field: 'PID-30', is: 'equals', value: 'Y' },
    { field: 'PV1-2', is: 'present' },
  ]
  await begin(id, [{ kind: 'hl7', id: 'adt', messageTypes: ['ADT^A08'], conditions }])
  await using opened = await openTriggers(id, 1280)
  const { page } = opened
  const first = page.getByRole('group', { name: 'Voorwaarde 1' })
  await first.getByLabel('Veld van het bericht').focus()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('PV1-3.1')
  await page.keyboard.press('Tab')
  // "begint met": the third of the list.
  await page.keyboard.press('b')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('CAR')
  await page.getByRole('button', { name: 'Voorwaarde 2 weghalen' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('group', { name: 'Voorwaarde 2' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Bewaren en verder' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 2, name: 'Nulmeting' }).waitFor()
  expect(await triggersOf(id)).toMatchObject([
    { conditions: [{ field: 'PV1-3.1', is: 'starts-with', value: 'CAR' }] },
  ])
  expect(opened.watched).toEqual({ errors: [], foreign: [] })
})

test.each([1280, 390])(
  'which FHIR changes start a robot is filled in and read back in words, %i wide',
  async (width) => {
    const id = `changes-${width}`
    await begin(id, [{ kind: 'fhir', id: `changes-${width}`, role: 'fhir', resourceType: 'Appointment' }])
    await using opened = await openTriggers(id, width)
    const { page } = opened
    await page.getByLabel('Soort gegeven (FHIR)').fill('Task')
    await page.getByRole('button', { name: 'Kenmerk toevoegen' }).click()
    await page.getByRole('group', { name: 'status' }).getByLabel('Codes').fill('met spatie en meer')
    await keep(page)
    await page.getByRole('alert', { name: 'Dat ging niet goed' }).waitFor()
    const codes = page.getByRole('group', { name: 'status' }).getByLabel('Codes')
    expect(await codes.getAttribute('aria-invalid')).toBe('true')
    await codes.fill('requested,ready')
    await page.getByRole('button', { name: 'Kenmerk toevoegen' }).click()
    await page
      .getByRole('group', { name: 'category' })
      .getByLabel('Kenmerk', { exact: true })
      .selectOption('code')
    await page.getByRole('group', { name: 'code' }).getByLabel('Codes').fill('urn:x|letter')
    await page.getByLabel('Vragen om de').fill('30')
    await page.getByLabel('Terugkijken').fill('300')
    await page.getByLabel('Gewijzigd sinds').fill('2026-01-02T03:04')
    await page.getByLabel('Laat de server ook zelf een melding sturen').check()
    await page.getByLabel('De server kan op wijzigingstijd sorteren').uncheck()
    const words = await reading(page).innerText()
    expect(words).toContain(
      'Elke Task die is toegevoegd of gewijzigd, gevraagd om de 30 seconden, met status =',
    )
    expect(words).toContain('code = urn:x|letter, sinds 2 januari 2026')
    await expectAccessible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    await keep(page)
    await page.getByRole('heading', { level: 2, name: 'Nulmeting' }).waitFor()
    const since = await page.evaluate(() => new Date('2026-01-02T03:04').toISOString())
    expect(await triggersOf(id)).toEqual([
      {
        ...{ kind: 'fhir', id: `changes-${width}`, role: 'fhir', resourceType: 'Task', since },
        parameters: { status: 'requested,ready', code: 'urn:x|letter' },
        ...{ everySeconds: 30, overlapSeconds: 300, sorted: false, notified: true },
      },
    ])
  },
)
