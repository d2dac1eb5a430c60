import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signRealised } from '../../../orchestrator/savings/realised.ts'
import { seedSavings } from '../server/savings/seed-savings.ts'
import { expectAccessible, expectNoSidewaysScrolling } from './expect-accessible.ts'
import { openPages, settled, type Pages } from './open-pages.ts'

let pages: Pages

beforeAll(async () => {
  pages = await openPages()
  const { db } = pages.server.installation
  await seedSavings(db)
  const lead = { deployment: 'noord-counted', day: '2026-03-10', items: 40, within_a_day: 40 }
  await db
    .insertInto('lead_time')
    .values({ ...lead, seconds: '72000' })
    .execute()
}, 120_000)
afterAll(async () => {
  await pages[Symbol.asyncDispose]()
})

const MARCH = 'from=2026-03-01&to=2026-03-31'
const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })

describe('a figure', () => {
  test('is followed from the report to its formula, its counts and its items', async () => {
    await using opened = await pages.openPage({ role: 'auditor' }, `/programme/savings?${MARCH}`)
    const { page } = opened
    const row = rowOf(page, 'noord-counted')
    await row.getByText('2,97').waitFor()
    await row.getByRole('link', { name: 'Uitleg bij 2,97 Netto uren' }).click()
    await page.getByRole('heading', { level: 1, name: 'Uitleg bij dit getal' }).waitFor()
    await settled(page)
    // 40 × 6 − 2 minutes, / 60, less an hour
    await page.getByText('40 werkitems (plain) × 6 minuten per werkitem (plain)').waitFor()
    await page.getByText('= 238', { exact: true }).waitFor()
    await page.getByText('Netto uren 2,97').waitFor()
    await page.getByRole('button', { name: 'Werkitems tonen: 11 maart 2026 gedaan' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('link').first().waitFor()
    expect(await dialog.getByRole('row').count()).toBe(2)
    await expectAccessible(page)
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  })

  test('leads to the bookings of its upkeep, for the programme office without names', async () => {
    const address = `/hospitals/noord/savings/explain?measure=net-hours&${MARCH}`
    await pages.server.installation.db
      .insertInto('upkeep')
      .values({
        ...{ deployment: 'noord-counted', day: '2026-03-13', hours: '4.00', booked_by: 'u-1' },
        ...{ note: 'vergissing', withdrawn_at: new Date(), withdrawn_by: 'u-1' },
      })
      .execute()
    for (const role of ['auditor', 'programme'] as const) {
      await using opened = await pages.openPage({ role }, address)
      const { page } = opened
      await page.getByText('− 1 beheeruren').waitFor()
      await page.getByRole('button', { name: 'Boekingen tonen: noord-counted' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByText('Samen 1 uur: zoveel gaat van de netto uren af.').waitFor()
      await dialog.getByText('Ingetrokken: 4 uur. Dat telt nergens in mee.').waitFor()
      const withdrawn = dialog.getByRole('row').filter({ hasText: '13 maart 2026' })
      await withdrawn.getByText('ingetrokken').waitFor()
      expect(await dialog.getByText('vergissing').count()).toBe(role === 'auditor' ? 1 : 0)
      expect(await dialog.getByText('Wie boekte en waarvoor').count()).toBe(role === 'auditor' ? 0 : 1)
      await expectAccessible(page)
      await page.setViewportSize({ width: 390, height: 900 })
      await expectAccessible(page)
      await expectNoSidewaysScrolling(page)
      expect(opened.watched).toEqual({ errors: [], foreign: [] })
    }
  })

  test('of FTE stands at the norm of the hospital and at 1,878 hours, with source and day', async () => {
    await using opened = await pages.openPage(
      { role: 'programme' },
      `/hospitals/noord/savings/explain?measure=contract-fte&${MARCH}`,
    )
    const { page } = opened
    const own = rowOf(page, 'Norm van het ziekenhuis')
    // (238 / 60 − 1) × 365 / 22
    await own.getByText('49,2196969697 uren per jaar ÷ 1.440 uren per FTE').waitFor()
    await own.getByText('Planning: 1.872 min 432 uur').waitFor()
    await own.getByText('1 januari 2025').waitFor()
    const beside = rowOf(page, 'Staat er altijd naast')
    await beside.getByText('49,2196969697 uren per jaar ÷ 1.878 uren per FTE').waitFor()
    await beside.getByText('Cao Ziekenhuizen, artikel 6.1').waitFor()
    await expectAccessible(page)
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  })

  test('shows the programme office no group under five, and no way to an item', async () => {
    await using opened = await pages.openPage(
      { role: 'programme' },
      `/hospitals/noord/savings/explain?measure=net-hours&deployment=noord-counted&${MARCH}`,
    )
    const { page } = opened
    await page.getByText('groepen zijn samengenomen').waitFor()
    expect(await page.getByRole('button', { name: /Werkitems tonen/ }).count()).toBe(0)
    await page.getByText('Netto uren 2,97').waitFor()
  })

  test('of a robot leads to its deployments, a month of a hospital to that month, for the programme without small counts', async () => {
    for (const role of ['auditor', 'programme'] as const) {
      await using opened = await pages.openPage({ role }, `/programme/savings?${MARCH}`)
      const { page } = opened
      await page.getByRole('button', { name: 'Tonen: Verwijzing verwerken' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByText('De uren en aantallen zijn de som van deze inzetten').waitFor()
      await dialog.getByRole('link', { name: 'Uitleg bij 40 Gedaan' }).waitFor()
      const share = dialog.getByText('Deel uitval: 2 ÷ (40 + 2) = 4,8 %.')
      expect(await share.count()).toBe(role === 'auditor' ? 1 : 0)
      expect(await dialog.getByText('niet getoond', { exact: true }).count()).toBe(role === 'auditor' ? 0 : 1)
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      const robot = 'Verwijzing verwerken'
      await page
        .getByRole('button', { name: `Uitleg bij 0,5 Doorlooptijd (gemiddeld, uren), ${robot}` })
        .click()
      await dialog.getByText('72.000 seconden ÷ 40 werkitems ÷ 3.600 = gemiddeld 0,5 uur').waitFor()
      await dialog
        .getByRole('row')
        .filter({ hasText: 'noord-counted' })
        .getByText('72.000', { exact: true })
        .waitFor()
      await page.keyboard.press('Escape')
      const activity = page.getByRole('region', { name: 'Per activiteit' })
      await activity.getByRole('button', { name: /^Uitleg bij 2,97 Netto uren, / }).click()
      await dialog.getByRole('link', { name: 'Uitleg bij 2,97 Netto uren' }).waitFor()
      await page.keyboard.press('Escape')
      const parked = page.getByRole('button', { name: `Uitleg bij 4,8 % Deel uitval, ${robot}` })
      expect(await parked.count()).toBe(role === 'auditor' ? 1 : 0)
      const trend = page.getByRole('region', { name: 'Per maand' })
      await trend.getByText('Als tabel').click()
      await trend.getByRole('link', { name: 'Uitleg bij 3,0 Netto uren' }).click()
      await page.getByTestId('figure').getByText('Netto uren 2,97').waitFor()
      await page.getByText('1 maart 2026 tot en met 31 maart 2026').waitFor()
      expect(opened.watched).toEqual({ errors: [], foreign: [] })
    }
  })

  test.each([
    ['Robot', 'Verwijzing verwerken, mrt 2026'],
    ['Activiteit', 'Verslaglegging en communicatie, mrt 2026'],
  ])('of a month split by %s leads to the deployments it adds up, each with its own', async (split, of) => {
    await using opened = await pages.openPage({ role: 'programme' }, `/programme/savings?${MARCH}`)
    const { page } = opened
    const trend = page.getByRole('region', { name: 'Per maand' })
    await trend.getByText('Als tabel').click()
    await trend.getByLabel('Uitgesplitst naar').selectOption(split)
    await trend.getByRole('button', { name: 'Uitleg bij 3,0 Netto uren' }).click()
    const dialog = page.getByRole('dialog', { name: `Waaruit dit bestaat: ${of}` })
    await dialog.getByText('Het getal is de som van deze inzetten').waitFor()
    await dialog.getByRole('row').filter({ hasText: 'noord-referral-intake' }).getByText('0,00').waitFor()
    await expectAccessible(page)
    await dialog.getByRole('link', { name: 'Uitleg bij 2,97 Netto uren' }).click()
    await page.getByTestId('figure').getByText('Netto uren 2,97').waitFor()
    await page.getByText('noord-counted van 1 maart 2026 tot en met 31 maart 2026').waitFor()
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  })

  test('that was signed leads to its records, which say what for, by whom and against how many hours', async () => {
    const signed = {
      hospital: 'noord',
      purpose: 'more-care',
      department: 'Poli 1',
      signedName: 'Hoofd Poli 1',
    } as const
    const by = { account: 'u-1', today: '2026-11-22' }
    await signRealised(pages.server.installation.db, by, {
      ...{ ...signed, from: '2026-03-01', to: '2026-03-31', hours: 2.5 },
    })
    await using opened = await pages.openPage({ role: 'programme' }, `/programme/savings?${MARCH}`)
    const { page } = opened
    await page.getByRole('link', { name: 'Uitleg bij 2,50 Gerealiseerd (uren)' }).click()
    await page
      .getByText('Wat helemaal in deze dagen ligt en niet is ingetrokken, is samen 2,50 uur')
      .waitFor()
    const row = rowOf(page, 'Hoofd Poli 1')
    await row.getByText('2,97').first().waitFor()
    await row.getByText('Poli 1', { exact: true }).waitFor()
    await expectAccessible(page)
    // Of fewer days it is no part, although it touches them.
    await page.goto(`${pages.server.address}/hospitals/noord/realised?from=2026-03-01&to=2026-03-15`)
    await page.getByText('niet is ingetrokken, is samen 0,00 uur').waitFor()
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  })
})
