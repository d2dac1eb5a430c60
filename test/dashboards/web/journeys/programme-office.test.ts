import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pages as table } from '../../../../dashboards/web/pages.ts'
import type { Language } from '../../../../dashboards/web/texts.ts'
import { bots } from '../../../../bots/index.ts'
import { noteActivities } from '../../../../orchestrator/savings/activities.ts'
import { makeLink } from '../../../../orchestrator/ledger/one-time-links.ts'
import { readWorkbook } from '../../reports/read-workbook.ts'
import { seedSavings } from '../../server/savings/seed-savings.ts'
import { openPages, settled, type OpenedPage, type Pages } from '../open-pages.ts'
import { addressOf } from '../page-looks.ts'
import { SEEDED_PATIENT } from '../seed-messages.ts'
import { wordsOf, type Words } from './words.ts'

let pages: Pages
beforeAll(async () => {
  pages = await openPages()
  await seedSavings(pages.server.installation.db)
  await noteActivities(pages.server.installation.db, bots.values())
}, 120_000)
afterAll(() => pages[Symbol.asyncDispose]())

/** 40 × 6 − 2 minutes, / 60, less an hour of upkeep. */
const NET_HOURS = 238 / 60 - 1
const LANGUAGES = ['nl', 'en'] as const

/** What only belongs to an item or a patient: ids, references and data of everything that was seeded. */
async function secrets(): Promise<string[]> {
  const items = await pages.server.installation.db.selectFrom('item').select(['id', 'reference']).execute()
  const { family, number } = SEEDED_PATIENT
  const words = items.flatMap(({ id, reference }) => [id, reference]).filter((word) => word.length > 5)
  return [...words, pages.seeded.message, 'patient-101', family, number]
}

/** Somebody of the programme office who came in by a link, and everything that the server told their browser. */
async function comeIn(language: Language): Promise<OpenedPage & { told(): Promise<string> }> {
  const { server } = pages
  await server.as('programme', 'noord')
  const account = 'programme.noord'
  await server.doorDb.updateTable('account').set({ language }).where('id', '=', account).execute()
  const { key } = await makeLink(server.doorDb, { account, purpose: 'sign-in', madeBy: 'test' })
  const opened = await pages.openPage({ role: null, language }, `/welcome#${key}`)
  const bodies: Promise<string>[] = []
  opened.page.on('response', (response) => {
    if (response.url().includes('/api/')) bodies.push(response.text().catch(() => ''))
  })
  await opened.page.getByRole('button', { name: wordsOf(language)('door.welcome.go') }).click()
  await opened.page.getByRole('navigation').first().waitFor()
  await settled(opened.page)
  return {
    ...opened,
    told: async () => (await Promise.all(bodies)).join('\n'),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}

test.each(LANGUAGES)(
  'the programme office reads savings over time, adoption and a report, and opens it (%s)',
  { timeout: 240_000 },
  async (language) => {
    const t = wordsOf(language)
    await using opened = await comeIn(language)
    const { page } = opened
    await chosenPeriod(page, t)
    const hours = (digits: number) =>
      NET_HOURS.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })
    await page.getByRole('row').filter({ hasText: 'noord-counted' }).getByText(hours(2)).waitFor()
    await overTime(page, t, language, hours(1))
    await openReports(page, t, hours(1))
    await adoption(page, t)
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
    const told = await opened.told()
    expect(told).toContain('noord-counted')
    expect((await secrets()).filter((word) => told.includes(word))).toEqual([])
  },
)

async function chosenPeriod(page: Page, t: Words): Promise<void> {
  await page.getByRole('heading', { level: 1, name: t('savings.report.title'), exact: true }).waitFor()
  await page.getByLabel(t('savings.from'), { exact: true }).fill('2026-02-01')
  await page.getByLabel(t('savings.to'), { exact: true }).fill('2026-03-31')
  await settled(page)
}

/** The chart's own table, split by hospital, robot and activity: the same hours in March each time. */
async function overTime(page: Page, t: Words, language: Language, hours: string): Promise<void> {
  const card = page.locator('section, .mantine-Card-root, .mantine-Paper-root').filter({
    has: page.getByRole('heading', { name: t('savings.trend.title'), exact: true }),
  })
  await card.getByText(t('shared.chart.table')).click()
  const month = new Date('2026-03-01').toLocaleDateString(language === 'nl' ? 'nl-NL' : 'en-GB', {
    month: 'short',
    year: 'numeric',
  })
  const inMarch = card.getByRole('row').filter({ hasText: month })
  for (const [split, column] of [
    ['hospital', 'Ziekenhuis noord'],
    ['bot', language === 'nl' ? 'Verwijzing verwerken' : 'Referral intake'],
    ['activity', t('programme.activity.reporting')],
  ] as const) {
    await card.getByLabel(t('savings.trend.by')).selectOption(split)
    await card.getByRole('columnheader', { name: column }).waitFor()
    expect(await inMarch.innerText()).toContain(hours)
  }
}

async function openReports(page: Page, t: Words, hours: string): Promise<void> {
  const fetched = async (format: 'xlsx' | 'pdf' | 'csv-counts', name = `.${format}`) => {
    const coming = page.waitForEvent('download', { timeout: 60_000 })
    await page.getByRole('button', { name: t(`savings.report.files.${format}`), exact: true }).click()
    const file = await coming
    expect(file.suggestedFilename()).toMatch(/^ontregel-savings(-counts)?-2026-02-01-2026-03-31\.[a-z]+$/)
    expect(file.suggestedFilename()).toContain(name)
    return new Uint8Array(await readFile(await file.path()))
  }
  const sheets = [...readWorkbook(await fetched('xlsx')).values()]
  const cells = sheets.flat().find(([, id]) => id === 'noord-counted') ?? []
  expect(cells.some((cell) => typeof cell === 'number' && Math.abs(cell - NET_HOURS) < 1e-9)).toBe(true)
  const { text } = await extractText(await getDocumentProxy(await fetched('pdf')), { mergePages: true })
  expect(text).toContain(hours)
  const counts = Buffer.from(await fetched('csv-counts', '-counts-')).toString()
  expect(counts).toContain(',noord-counted,withheld,')
}

async function adoption(page: Page, t: Words): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('link', { name: t('programme.adoption.title') })
    .click()
  const matrix = page.getByRole('table', { name: t('programme.adoption.caption') })
  await matrix
    .locator('.state', { hasText: t('programme.phase.live') })
    .first()
    .waitFor()
  expect(await matrix.getByRole('columnheader').count()).toBeGreaterThan(1)
}

/** Not only what the navigation offers: every page of the table is asked for by its address. */
test.each(LANGUAGES)(
  'the programme office is shown no item, message or patient, whatever address it types (%s)',
  { timeout: 240_000 },
  async (language) => {
    const t = wordsOf(language)
    await using opened = await comeIn(language)
    const { page } = opened
    const refused: string[] = []
    for (const row of table.filter(({ roles }) => roles !== 'anyone')) {
      await page.goto(`${pages.server.address}${addressOf(row, pages.seeded)}`)
      await settled(page)
      const heading = await page.locator('h1').innerText()
      if (heading === t('shared.norights.title')) refused.push(row.path)
      const may = row.roles === 'signed-in' || row.roles.includes('programme')
      expect(heading === t('shared.norights.title'), row.path).toBe(!may)
    }
    expect(refused).toContain('/hospitals/$hospital/items/$item')
    expect(refused).toContain('/hospitals/$hospital/messages/$message')
    const told = await opened.told()
    expect((await secrets()).filter((word) => told.includes(word))).toEqual([])
  },
)

/** The same words are told to who may see them: a list that were empty would find nothing in anything. */
test('what is looked for there is told to an administrator', async () => {
  const administrator = await pages.server.as('administrator', 'noord')
  const path = `/api/hospitals/noord/items/${pages.seeded['item-done']}/reveal`
  const told = await (await administrator.fetch(path, { method: 'POST' })).text()
  expect((await secrets()).some((word) => told.includes(word))).toBe(true)
})
