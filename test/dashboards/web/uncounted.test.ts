import { afterAll, beforeAll, expect, test } from 'vitest'
import { putDeployment, type BaselineSetup } from '../../../orchestrator/ledger/setup.ts'
import { addBaseline } from '../../../orchestrator/savings/baselines.ts'
import { addChain } from '../../../orchestrator/savings/chains.ts'
import { expectAccessible, expectNoSidewaysScrolling } from './expect-accessible.ts'
import { addDays } from './local-days.ts'
import { openPages, settled, type Pages } from './open-pages.ts'

let pages: Pages

const BASELINE: BaselineSetup = {
  ...{ variant: 'plain', minutes: 6, method: 'estimate', measuredBy: 'account-1' },
  ...{ measuredOn: '2020-01-01', validFrom: '2020-01-01', remeasureOn: '2099-01-01' },
}

const count = async (deployment: string, variant: string, items: number) =>
  await pages.server.installation.db
    .insertInto('day_count')
    .values({
      ...{ deployment, variant, day: addDays(-1), outcome: 'done', human_seconds: 0 },
      ...{ items, counting: items, shares: `${items}` },
    })
    .execute()

beforeAll(async () => {
  pages = await openPages()
  const { db } = pages.server.installation
  for (const id of ['noord-first', 'noord-second', 'zuid-first', 'zuid-second'])
    await putDeployment(db, {
      ...{ id, hospital: id.slice(0, id.indexOf('-')), bot: id.slice(id.indexOf('-') + 1), mode: 'live' },
      ...{ activity: 'finance', settings: {}, systems: {}, responsible: 'u-1', outsideSeconds: 0 },
      ...{ parkedShare: 0, triggers: [], baselines: id.endsWith('first') ? [BASELINE] : [] },
    })
  for (const hospital of ['noord', 'zuid'])
    await addChain(
      db,
      { account: 'u-1', today: addDays(0) },
      {
        ...{ hospital, name: `keten ${hospital}`, validFrom: '2020-01-01', baselineVariant: 'plain' },
        baselineDeployment: `${hospital}-first`,
        parts: [
          { deployment: `${hospital}-first`, variant: 'plain', share: 0.5 },
          { deployment: `${hospital}-second`, variant: 'letter', share: 0.5 },
        ],
      },
    )
  await count('noord-first', 'plain', 56)
  await count('noord-second', 'letter', 14)
  await count('zuid-second', 'letter', 14)
}, 120_000)
afterAll(async () => {
  await pages[Symbol.asyncDispose]()
})

test('who ends a baseline reads beforehand what will count nothing, and gets a new one in its place', async () => {
  await using opened = await pages.openPage({}, '/hospitals/noord/baselines')
  const { page } = opened
  await page.getByRole('button', { name: 'Beëindigen: noord-first plain' }).click()
  const dialog = page.getByRole('dialog')
  const note = dialog.getByRole('alert')
  await note.getByText('De laatste 28 dagen telden 56 werkitems (2,0 per dag).').waitFor()
  await note.getByText('noord-second, letter: vanaf').waitFor()
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 900 })
  await settled(page)
  await expectNoSidewaysScrolling(page)
  await dialog.getByLabel('Niet meer geldig vanaf').fill(addDays(30))
  await settled(page)
  await dialog.getByRole('button', { name: 'Door een nieuwe vervangen' }).press('Enter')
  const adding = page.getByRole('dialog', { name: 'Nulmeting toevoegen' })
  expect(await adding.getByLabel('Geldig vanaf').inputValue()).toBe(addDays(30))
  await adding.getByLabel('Minuten').fill('5')
  await adding.getByLabel('Gemeten door').fill('account-1')
  await adding.getByRole('button', { name: 'Vastleggen' }).click()
  await adding.waitFor({ state: 'detached' })
  const rows = pages.server.installation.db
    .selectFrom('baseline')
    .select(['minutes', 'valid_from', 'valid_until'])
    .where('deployment', '=', 'noord-first')
    .orderBy('valid_from')
  expect(await rows.execute()).toEqual([
    { minutes: '6.000', valid_from: '2020-01-01', valid_until: addDays(30) },
    { minutes: '5.000', valid_from: addDays(30), valid_until: null },
  ])
  expect(opened.watched).toEqual({ errors: [], foreign: [] })
})

test('who takes a baseline away reads beforehand what will count nothing', async () => {
  await using opened = await pages.openPage({}, '/hospitals/noord/baselines')
  const { page } = opened
  const { db } = pages.server.installation
  await addBaseline(
    db,
    { account: 'u-1', today: addDays(0) },
    {
      ...{ deployment: 'noord-second', variant: 'brief', minutes: 6, method: 'estimate', measuredBy: 'u-7' },
      ...{ measuredOn: addDays(-9), validFrom: addDays(-9), remeasureOn: addDays(300) },
    },
  )
  await page.reload()
  await page.getByRole('button', { name: 'Weghalen: noord-second brief' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('alert').getByText('noord-second, brief: vanaf').waitFor()
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 900 })
  await settled(page)
  await expectNoSidewaysScrolling(page)
  await dialog.getByRole('button', { name: 'Weghalen' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await settled(page)
  expect(await page.getByRole('row').filter({ hasText: 'u-7' }).count()).toBe(0)
  expect(opened.watched).toEqual({ errors: [], foreign: [] })
})

test('who closes a chain gives the part without a baseline one first, and hears of no more', async () => {
  await using opened = await pages.openPage({ hospital: 'zuid', language: 'en' }, '/hospitals/zuid/chains')
  const { page } = opened
  await page.getByRole('button', { name: 'End: keten zuid' }).click()
  const ending = page.getByRole('dialog', { name: /keten zuid/ })
  await ending.getByLabel('No chain from').fill(addDays(1))
  await ending.getByText('In the last 28 days 14 items counted (0.5 a day).').waitFor()
  await expectAccessible(page)
  await ending.getByRole('button', { name: 'Add a baseline: zuid-second letter' }).click()
  const adding = page.getByRole('dialog', { name: 'Add a baseline' })
  await adding.getByLabel('Minutes').fill('4')
  await adding.getByLabel('Measured by').fill('account-1')
  await adding.getByRole('button', { name: 'Write down' }).click()
  await ending.getByLabel('No chain from').fill(addDays(1))
  await settled(page)
  expect(await ending.getByRole('alert').count()).toBe(0)
  await ending.getByRole('button', { name: 'End', exact: true }).click()
  await ending.waitFor({ state: 'detached' })
  expect(opened.watched).toEqual({ errors: [], foreign: [] })
})

test('Today leads from items that count nothing to the baseline that is missing, filled in as far as it is known', async () => {
  await count('noord-first', 'nieuw', 3)
  await using opened = await pages.openPage({}, '/hospitals/noord/today')
  const { page } = opened
  const row = page.getByRole('listitem').filter({ hasText: 'geen nulmeting van noord-first (nieuw)' })
  await row.getByText('3 werkitems tellen niet mee').waitFor()
  await row.getByRole('link', { name: 'Bekijken' }).click()
  const adding = page.getByRole('dialog', { name: 'Nulmeting toevoegen' })
  await adding.waitFor()
  expect(await adding.getByRole('textbox', { name: /^Variant/ }).inputValue()).toBe('nieuw')
  expect(await adding.getByLabel('Geldig vanaf').inputValue()).toBe(addDays(-1))
  await adding.getByLabel('Minuten').fill('5')
  await adding.getByLabel('Gemeten door').fill('account-1')
  await adding.getByRole('button', { name: 'Vastleggen' }).click()
  await adding.getByText('kies dat ook die werkitems ermee tellen').waitFor()
  await expectAccessible(page)
  await adding.getByLabel('Ook werkitems ermee tellen van vóór het meten').press('Space')
  await adding.getByRole('button', { name: 'Vastleggen' }).click()
  await adding.waitFor({ state: 'detached' })
  expect(new URL(page.url()).search).toBe('')
  const marked = page.getByRole('row').filter({ hasText: 'telt ook werkitems van vóór het meten' })
  await marked.getByText('nieuw').waitFor()
  expect(await marked.count()).toBe(1)
  await page.goto(`${pages.server.address}/hospitals/noord/today`)
  await settled(page)
  expect(await row.count()).toBe(0)
  expect(opened.watched.errors.filter((line) => !line.includes('400'))).toEqual([])
})
