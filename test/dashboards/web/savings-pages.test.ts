import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addRun } from '../../../orchestrator/ledger/runs.ts'
import { dayAfter } from '../../../orchestrator/savings/period.ts'
import { localDate } from '../../../orchestrator/triggers/calendar.ts'
import { readWorkbook } from '../reports/read-workbook.ts'
import { seedSavings } from '../server/savings/seed-savings.ts'
import { expectAccessible } from './expect-accessible.ts'
import { openPages, settled, type Pages } from './open-pages.ts'

let pages: Pages

beforeAll(async () => {
  pages = await openPages()
  await seedSavings(pages.server.installation.db)
}, 120_000)
afterAll(async () => {
  await pages[Symbol.asyncDispose]()
})

const MARCH = 'from=2026-03-01&to=2026-03-31'
const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })

describe('a figure', () => {
  test('stands in the file that is fetched as it stands on the screen', async () => {
    await using opened = await pages.openPage({ role: 'auditor' }, `/programme/savings?${MARCH}`)
    const { page } = opened
    await rowOf(page, 'noord-counted').getByText('2,97').waitFor()
    const fetched = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Excel' }).click()
    const file = await fetched
    expect(file.suggestedFilename()).toBe('ontregel-savings-2026-03-01-2026-03-31.xlsx')
    const rows = readWorkbook(await readFile(await file.path())).get('Inzetten') ?? []
    const place = rows[0]?.indexOf('Netto uren') ?? -1
    const hours = rows.find(([, deployment]) => deployment === 'noord-counted')?.[place]
    // 40 × 6 − 2 minutes, / 60, less an hour
    expect(Number(hours)).toBeCloseTo(238 / 60 - 1, 10)
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  })
})

describe('a stopwatch', () => {
  test('makes a baseline of cases that were clicked through', async () => {
    await using opened = await pages.openPage({}, '/hospitals/noord/baselines')
    const { page } = opened
    await page.getByRole('link', { name: 'Stopwatch' }).click()
    await page.getByRole('heading', { level: 1, name: 'Stopwatch' }).waitFor()
    // A variant that is counted nowhere yet, so that its baseline can begin today.
    await page.getByRole('button', { name: 'Meting beginnen' }).click()
    await page.getByRole('button', { name: 'Geval starten' }).waitFor()
    for (let number = 1; number <= 6; number++) {
      await page.getByRole('button', { name: 'Geval starten' }).click()
      await page.getByText(/Tijd van dit geval: 0:(0[1-9]|[1-5][0-9])/).waitFor()
      await page.getByRole('button', { name: 'Geval klaar' }).click()
      await rowOf(page, '0:0')
        .nth(number - 1)
        .waitFor()
    }
    await page.getByRole('button', { name: 'Weglaten: 6' }).click()
    await page.getByText('5 gevallen, gemiddeld 0,0').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Nulmeting maken' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Nulmeting maken' }).click()
    await page.getByRole('heading', { name: /Eerdere metingen/ }).waitFor()
    const { db } = pages.server.installation
    const [measured] = await db
      .selectFrom('measurement')
      .selectAll()
      .where('closed_at', 'is not', null)
      .execute()
    expect(measured).toMatchObject({ n: 5, begun_by: 'administrator.noord' })
    await page.goto(`${pages.server.address}/hospitals/noord/baselines`)
    await rowOf(page, '5 gevallen').first().waitFor()
  })
})

describe('what is entered', () => {
  test('a baseline that was entered by mistake is taken away; one that was counted with cannot be', async () => {
    await using opened = await pages.openPage({}, '/hospitals/noord/baselines')
    const { page } = opened
    const counted = rowOf(page, 'vanaf 1 januari 2025')
    await counted.getByRole('button', { name: /Beëindigen/ }).waitFor()
    expect(await counted.getByRole('button', { name: /Weghalen/ }).count()).toBe(0)
    await page.getByRole('button', { name: 'Nulmeting toevoegen' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Minuten' }).fill('70')
    await dialog.getByLabel('Gemeten door').fill('u-99')
    await dialog.getByLabel('Geldig vanaf').fill(dayAfter(localDate(new Date(), 'Europe/Amsterdam')))
    await dialog.getByRole('button', { name: 'Vastleggen' }).click()
    await rowOf(page, 'u-99')
      .getByRole('button', { name: /Weghalen/ })
      .click()
    await dialog.getByText('Er is niets met deze nulmeting geteld').waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Weghalen' }).click()
    await page.getByText('Weggehaald.').waitFor()
    expect(await rowOf(page, 'u-99').count()).toBe(0)
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  })

  test('a baseline that would change what was counted is refused in words, and another day is taken', async () => {
    await using opened = await pages.openPage({}, '/hospitals/noord/baselines')
    const { page } = opened
    await rowOf(page, 'vanaf 1 januari 2025')
      .getByRole('button', { name: /Beëindigen/ })
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Niet meer geldig vanaf').fill('2026-03-11')
    await dialog.getByRole('button', { name: 'Beëindigen' }).click()
    await dialog.getByText('Er is al met deze nulmeting geteld').waitFor()
    await dialog.getByLabel('Niet meer geldig vanaf').fill('2026-03-12')
    await dialog.getByRole('button', { name: 'Beëindigen' }).click()
    await page.getByText('1 januari 2025 tot 12 maart 2026').waitFor()
  })

  test('a norm of their own has a name and hours, and is taken away again', async () => {
    await using opened = await pages.openPage({ role: 'programme' }, '/hospitals/noord/baselines')
    const { page } = opened
    await rowOf(page, 'Planning: 1.872 min 432 uur').getByText('Planning', { exact: true }).first().waitFor()
    await page.getByRole('button', { name: 'Norm toevoegen' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Norm', { exact: true }).selectOption({ label: 'eigen norm' })
    expect(await dialog.getByRole('button', { name: 'Vastleggen' }).isDisabled()).toBe(true)
    await dialog.getByLabel('Naam van de norm').fill('Noordse norm')
    await dialog.getByRole('textbox', { name: 'Uren per jaar' }).fill('1500,5')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Vastleggen' }).click()
    const row = rowOf(page, 'Noordse norm')
    await row.getByText('1.500,5').waitFor()
    await row.getByText('eigen norm').waitFor()
    await row.getByRole('button', { name: /Weghalen/ }).click()
    await dialog.getByText('De norm van daarvoor geldt dan weer').waitFor()
    await dialog.getByRole('button', { name: 'Weghalen' }).click()
    await page.getByText('Weggehaald.').waitFor()
    expect(await row.count()).toBe(0)
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  })

  test('upkeep is booked and withdrawn', async () => {
    await using opened = await pages.openPage({}, '/hospitals/noord/upkeep')
    const { page } = opened
    await page.getByRole('button', { name: 'Uren boeken' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Uren' }).fill('1,25')
    await dialog.getByLabel('Wat er is gedaan').fill('nieuw scherm')
    await dialog.getByRole('button', { name: 'Vastleggen' }).click()
    await rowOf(page, 'nieuw scherm').getByText('1,25').waitFor()
    await page.getByRole('button', { name: 'Intrekken: nieuw scherm' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Intrekken' }).click()
    await rowOf(page, 'nieuw scherm').getByText('ingetrokken').waitFor()
  })

  test('a run of which nothing has counted is marked as a backlog', async () => {
    const { db } = pages.server.installation
    const run = await addRun(db, { hospital: 'noord', deployment: 'noord-counted', kind: 'by-hand' })
    await using opened = await pages.openPage({}, '/hospitals/noord/chains')
    const { page } = opened
    await page.getByRole('button', { name: 'Markeren: noord-counted' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('worden niet omgerekend naar een jaar').waitFor()
    await dialog.getByRole('button', { name: 'Markeren' }).click()
    await rowOf(page, 'met de hand gestart').getByText('telt apart').waitFor()
    const marked = await db.selectFrom('run').select('id').where('one_off', '=', true).execute()
    expect(marked).toEqual([{ id: run?.id }])
    await expectAccessible(page)
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  })

  test('how many items a run had is not shown to who sees counts only', async () => {
    const runs = (page: Page) => page.getByRole('heading', { name: 'Rondes die een achterstand wegwerken' })
    await using auditor = await pages.openPage({ role: 'auditor' }, '/hospitals/noord/chains')
    await runs(auditor.page).waitFor()
    await using opened = await pages.openPage({ role: 'programme' }, '/hospitals/noord/chains')
    await settled(opened.page)
    expect(await runs(opened.page).count()).toBe(0)
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  })

  test('hours are signed up to what there is, and withdrawn with a reason', async () => {
    await using opened = await pages.openPage({ role: 'programme' }, '/hospitals/noord/realised')
    const { page } = opened
    await page.getByRole('button', { name: 'Uren ondertekenen' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Van', { exact: true }).fill('2026-03-01')
    await dialog.getByLabel('Tot en met').fill('2026-03-31')
    await dialog.getByText('er kan nog 2,96 uur worden ondertekend').waitFor()
    await dialog.getByLabel('Afdeling').fill('Poli 1')
    await dialog.getByLabel('Naam van het hoofd').fill('Hoofd Poli 1')
    await dialog.getByRole('textbox', { name: 'Uren' }).fill('3')
    await dialog.getByRole('button', { name: 'Uren ondertekenen' }).click()
    await dialog.getByText('Dit zijn meer uren dan er nog te ondertekenen zijn').waitFor()
    await dialog.getByRole('textbox', { name: 'Uren' }).fill('2,5')
    await dialog.getByRole('button', { name: 'Uren ondertekenen' }).click()
    await rowOf(page, 'Hoofd Poli 1').getByText('2,50').waitFor()
    await page.getByRole('button', { name: 'Intrekken: Poli 1' }).click()
    await page.getByRole('dialog').getByLabel('Reden').fill('verkeerde afdeling')
    await page.getByRole('dialog').getByRole('button', { name: 'Intrekken' }).click()
    await rowOf(page, 'Hoofd Poli 1').getByText('ingetrokken: verkeerde afdeling').waitFor()
    await expectAccessible(page)
  })
})
