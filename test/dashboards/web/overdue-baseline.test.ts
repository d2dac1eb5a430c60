import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedSavings } from '../server/savings/seed-savings.ts'
import { openPages, type Pages } from './open-pages.ts'

let pages: Pages

beforeAll(async () => {
  pages = await openPages()
  await seedSavings(pages.server.installation.db)
}, 120_000)
afterAll(async () => {
  await pages[Symbol.asyncDispose]()
})

test('a baseline that should have been measured again stands first, and Today leads to it', async () => {
  const { db } = pages.server.installation
  const late = {
    deployment: 'noord-counted',
    variant: 'zz-late',
    minutes: '3',
    method: 'estimate',
  } as const
  const days = { measured_on: '2020-01-01', valid_from: '2020-01-01', remeasure_on: '2021-01-01' }
  await db
    .insertInto('baseline')
    .values({ ...late, ...days, measured_by: 'u-1' })
    .execute()
  await using opened = await pages.openPage({}, '/hospitals/noord/today')
  const { page } = opened
  const row = page.getByRole('listitem').filter({ hasText: 'nulmeting van noord-counted had opnieuw' })
  await row.getByRole('link', { name: 'Bekijken' }).click()
  await page.getByRole('heading', { level: 1, name: 'Nulmetingen' }).waitFor()
  await page.getByRole('row').nth(1).getByText('te laat').waitFor()
  expect(await page.getByText('te laat').count()).toBe(1)
  expect(opened.watched).toEqual({ errors: [], foreign: [] })
})
