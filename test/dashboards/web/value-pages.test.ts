import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Value } from '../../../dashboards/server/programme/value-schemas.ts'
import { bots } from '../../../bots/index.ts'
import { Savings } from '../../../dashboards/server/savings/savings-schemas.ts'
import { noteActivities } from '../../../orchestrator/savings/activities.ts'
import { addCost, putHourRate } from '../../../orchestrator/programme/costs.ts'
import { written } from '../reports/written.ts'
import { seedSavings } from '../server/savings/seed-savings.ts'
import { expectAccessible, expectNoSidewaysScrolling } from './expect-accessible.ts'
import { addDays } from './local-days.ts'
import { openPages, settled, type Pages } from './open-pages.ts'

let pages: Pages

beforeAll(async () => {
  pages = await openPages()
  const { db } = pages.server.installation
  await seedSavings(db)
  const by = { hospital: 'noord', account: 'u-1' }
  const rate = {
    deployment: 'noord-counted',
    validFrom: '2026-01-01',
    functionGroup: 'FG 40',
    euros: '41.35',
  }
  await putHourRate(db, { ...by, ...rate }, addDays(0))
  const cost = { ...by, note: '', year: 2026, euros: '1000.00' }
  await addCost(db, { ...cost, bot: 'referral-intake', kind: 'licences' }, addDays(0))
  await addCost(db, { ...cost, bot: null, kind: 'hosting' }, addDays(0))
}, 120_000)
afterAll(async () => {
  await pages[Symbol.asyncDispose]()
})

test.each([
  ['nl', 'Kosten en baten per robot, in euro’s', 'Niet van één robot', 'Samen'],
  ['en', 'Costs and benefits by robot, in euros', 'Not of one robot', 'Together'],
] as const)(
  'costs and benefits stand robot by robot in %s, add up to the whole, and go into a file',
  async (language, caption, shared, together) => {
    await using opened = await pages.openPage({ language }, '/programme/value')
    const { page } = opened
    const table = page.getByRole('table', { name: caption })
    const row = (name: string) => table.getByRole('row').filter({ hasText: name })
    await row(shared).waitFor()
    const administrator = await pages.server.as('administrator', 'noord')
    const asked = `from=${Number(addDays(0).slice(0, 4)) - 4}&to=${addDays(0).slice(0, 4)}`
    const { whole, years, robots } = await administrator.ask(Value, `/api/programme/value?${asked}`)
    const shown = (value: string) =>
      new Intl.NumberFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
        style: 'currency',
        currency: 'EUR',
      })
        .format(Number(value))
        .replace('-', '−')
    const cells = async (name: string) => await row(name).getByRole('cell').allInnerTexts()
    expect(await cells(together)).toContain(shown(whole.benefit))
    expect(await cells(together)).toContain(shown(whole.result))
    const common = robots.find(({ bot }) => bot === null)
    expect(await cells(shared)).toContain(shown(common?.whole.costs.hosting ?? ''))
    expect(await table.getByRole('row').count()).toBe(robots.length + 2)
    const year = years.find(({ year: of }) => of === 2026)
    await page.getByRole('combobox', { name: language === 'nl' ? 'Jaar' : 'Year' }).selectOption('2026')
    expect(await cells(together)).toContain(shown(year?.benefit ?? ''))
    await expectAccessible(page)
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'CSV', exact: true }).press('Enter')
    const file = await readFile(await (await downloading).path(), 'utf8')
    expect(file).toContain(`2026,total,,`)
    expect(file).toContain(`,${year?.benefit},${year?.result},${year?.cumulative}\r\n`)
    await page.setViewportSize({ width: 390, height: 900 })
    await settled(page)
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  },
)

test.each(['nl', 'en'] as const)(
  'net hours by year and by activity lead in %s to the report of that year, which says the same',
  async (language) => {
    await noteActivities(pages.server.installation.db, bots.values())
    const year = addDays(0).slice(0, 4)
    const days = { from: `${year}-01-01`, to: `${year}-12-31` }
    const auditor = await pages.server.as('auditor', 'noord')
    const asked = new URLSearchParams(days).toString()
    const { total, activities } = await auditor.ask(Savings, `/api/programme/savings?${asked}`)
    const planned = activities.find(({ activity }) => activity === 'reporting')?.netHours ?? Number.NaN
    expect(planned).not.toBe(0)
    await using opened = await pages.openPage({ role: 'auditor', language }, '/programme/value')
    const { page } = opened
    const [to, net, saved] =
      language === 'nl'
        ? (['Naar het rapport:', 'Netto uren', 'Netto bespaard (uur)'] as const)
        : (['To the report:', 'Net hours', 'Net saved (hours)'] as const)
    const row = page.getByRole('row').filter({ hasText: year })
    await row.getByRole('link', { name: `${to} ${written(language, total.netHours, 1)} ${net}` }).click()
    await page
      .locator('.headline')
      .getByText(written(language, total.netHours, 2))
      .first()
      .waitFor()
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual(days)
    await page.goto(`${pages.server.address}/programme/time-use`)
    await page.getByRole('link', { name: `${to} ${written(language, planned, 1)} ${saved}` }).click()
    const region = page.getByRole('region', { name: language === 'nl' ? 'Per activiteit' : 'By activity' })
    await region.getByText(written(language, planned, 2)).waitFor()
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ ...days, hospital: 'noord' })
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  },
)
