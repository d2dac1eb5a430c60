import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readWorkbook } from '../reports/read-workbook.ts'
import { putTestAccount } from '../server/test-account.ts'
import { seedSavings } from '../server/savings/seed-savings.ts'
import { expectAccessible } from './expect-accessible.ts'
import { openPages, settled, type Pages } from './open-pages.ts'

let pages: Pages

beforeAll(async () => {
  pages = await openPages()
  await seedSavings(pages.server.installation.db)
  const account = await putTestAccount(pages.server.doorDb, ['auditor'], 'noord')
  await pages.server.doorDb
    .insertInto('account_role')
    .values({ account, hospital: 'zuid', role: 'auditor', given_by: 'test' })
    .execute()
}, 120_000)
afterAll(async () => {
  await pages[Symbol.asyncDispose]()
})

const MARCH = 'from=2026-03-01&to=2026-03-31'

const choice = (page: Page) => page.getByLabel('Cijfers van')

/** The first cell of each row of a table, by its caption. */
const firstCells = async (page: Page, caption: string) =>
  await page.getByRole('table', { name: caption }).locator('tbody tr td:first-child').allInnerTexts()

async function fetchedHospitals(page: Page): Promise<unknown[]> {
  const fetched = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Excel' }).click()
  const sheets = readWorkbook(await readFile(await (await fetched).path()))
  return (sheets.get('Samenvatting') ?? []).slice(1, -1).map(([name]) => name)
}

test('one hospital is chosen for table, trend and files, and stands in the address', async () => {
  await using opened = await pages.openPage({ role: 'auditor' }, `/programme/savings?${MARCH}`)
  const { page } = opened
  const BOTH = ['Ziekenhuis noord', 'Ziekenhuis zuid']
  expect(await firstCells(page, 'Netto uren en FTE per ziekenhuis')).toEqual(BOTH)
  expect(await fetchedHospitals(page)).toEqual(BOTH)
  const trend = page.waitForRequest(/savings\/trend\?.*hospital=zuid/)
  await choice(page).selectOption('Ziekenhuis zuid')
  await trend
  await settled(page)
  expect(new URL(page.url()).search).toContain('hospital=zuid')
  expect(await firstCells(page, 'Netto uren en FTE per ziekenhuis')).toEqual(['Ziekenhuis zuid'])
  expect(await fetchedHospitals(page)).toEqual(['Ziekenhuis zuid'])
  await page.reload()
  await settled(page)
  expect(await firstCells(page, 'Netto uren en FTE per ziekenhuis')).toEqual(['Ziekenhuis zuid'])
  await expectAccessible(page)
  expect(opened.watched).toEqual({ errors: [], foreign: [] })
})

test('a hospital that is not one’s own is said so, and another can be chosen', async () => {
  await using opened = await pages.openPage({ role: 'auditor' }, `/programme/savings?${MARCH}&hospital=west`)
  const { page } = opened
  await page.getByRole('alert').first().waitFor()
  await choice(page).selectOption('Alle ziekenhuizen')
  await page.getByRole('table', { name: 'Netto uren en FTE per ziekenhuis' }).waitFor()
  expect(new URL(page.url()).search).not.toContain('hospital')
})

test('costs and benefits are those of the chosen hospital', async () => {
  await using opened = await pages.openPage({ role: 'auditor' }, '/programme/value')
  const { page } = opened
  await page.getByRole('heading', { name: 'Ziekenhuis noord' }).waitFor()
  const asked = page.waitForResponse(/programme\/value\?.*hospital=zuid/)
  await choice(page).selectOption('Ziekenhuis zuid')
  expect((await asked).status()).toBe(200)
  await settled(page)
  expect(await page.getByRole('heading', { name: 'Ziekenhuis noord' }).count()).toBe(0)
  await page.getByRole('heading', { name: 'Ziekenhuis zuid' }).waitFor()
})

test('who has one hospital has nothing to choose', async () => {
  await using opened = await pages.openPage({ role: 'programme' }, `/programme/savings?${MARCH}`)
  expect(await choice(opened.page).count()).toBe(0)
})
