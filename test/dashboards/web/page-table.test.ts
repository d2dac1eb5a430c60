import { afterAll, beforeAll, expect, test } from 'vitest'
import { pages as table } from '../../../dashboards/web/pages.ts'
import { ROLES } from '../../../orchestrator/ledger/roles.ts'
import { texts } from '../../../dashboards/web/texts.ts'
import { ariaSnapshot } from './aria-snapshot.ts'
import { openPages, type Pages } from './open-pages.ts'
import { forAdministrators } from './page-checks.ts'
import { addressOf } from './page-looks.ts'

let pages: Pages

beforeAll(async () => {
  pages = await openPages()
}, 120_000)
afterAll(async () => {
  await pages[Symbol.asyncDispose]()
})

test('the table has each path once, and a title in words', () => {
  const paths = table.map(({ path }) => path)
  expect(new Set(paths).size).toBe(paths.length)
  const words: Readonly<Record<string, string>> = texts.nl
  expect(table.filter(({ title }) => !words[title]).map(({ path }) => path)).toEqual([])
})

test('a page without an example for a part of its path says so', () => {
  const load = () => Promise.reject(new Error('This one is never loaded.'))
  const page = { path: '/x/$thing', title: 'shared.yes', roles: 'anyone', load } as const
  expect(() => addressOf(page, pages.seeded)).toThrow('has no example for $thing')
})

test('somebody without the roles of a page sees that, and nothing else', async () => {
  const rows = forAdministrators(table)
  expect(rows.length).toBeGreaterThan(5)
  for (const row of rows.slice(0, 3)) {
    await using opened = await pages.openPage({ role: 'programme' }, addressOf(row, pages.seeded))
    await opened.page.getByRole('heading', { level: 1, name: 'Geen toegang' }).waitFor()
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  }
})

test.each(ROLES)('the navigation of %s shows its pages and no others', async (role) => {
  await using opened = await pages.openPage({ role }, '/account')
  const shown = await opened.page.getByRole('navigation').getByRole('link').count()
  const expected = table.filter(
    ({ navigation, roles }) =>
      navigation && (roles === 'signed-in' || (typeof roles !== 'string' && roles.includes(role))),
  )
  expect(shown).toBe(expected.length)
  expect(await ariaSnapshot(opened.page.getByRole('navigation'))).toContain('Eigen account')
})

test('of more pages than fit beside it, the page that is open is in sight in the navigation', async () => {
  const inSight = async (path: string) => {
    await using opened = await pages.openPage({}, path)
    const open = opened.page.getByRole('navigation').locator('a[data-active]')
    await open.waitFor()
    const [own, frame] = [await open.boundingBox(), await opened.page.getByRole('navigation').boundingBox()]
    if (!own || !frame) throw new Error('The navigation is not drawn.')
    expect(own.y).toBeGreaterThanOrEqual(frame.y)
    expect(own.y + own.height).toBeLessThanOrEqual(frame.y + frame.height)
    return await opened.page.getByRole('navigation').evaluate(({ scrollTop }) => scrollTop)
  }
  expect(await inSight('/programme/value')).toBeGreaterThan(0)
  // The twin: what is in sight already stays where it is.
  expect(await inSight('/hospitals/noord/today')).toBe(0)
})

test('the keyboard goes past the navigation at once, and a change of page moves the focus to its heading', async () => {
  await using opened = await pages.openPage({}, '/account')
  const { page } = opened
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Naar de inhoud')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')
  await page.getByRole('link', { name: 'Mensen' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Mensen' }).waitFor()
  await page.waitForFunction(() => document.activeElement?.id === 'page-heading')
  expect(await page.title()).toBe('Mensen · Ontregel')
})

test('at 390 the navigation opens with its button and closes by choosing', async () => {
  await using opened = await pages.openPage({ width: 390 }, '/account')
  const { page } = opened
  const people = page.getByRole('link', { name: 'Mensen' })
  await page.getByRole('button', { name: 'Menu' }).click()
  await people.click()
  await page.getByRole('heading', { level: 1, name: 'Mensen' }).waitFor()
  await people.waitFor({ state: 'hidden' })
})

test('who works at two hospitals chooses between them, and stays at the same page', async () => {
  await using opened = await pages.openPage({ role: 'auditor' }, '/hospitals/noord/people')
  const { page } = opened
  expect(await page.getByLabel('Ziekenhuis').count()).toBe(0)
  const role = { account: 'auditor.noord', hospital: 'zuid', role: 'auditor' as const, given_by: 'test' }
  await pages.server.doorDb.insertInto('account_role').values(role).execute()
  await page.reload()
  await page.getByLabel('Ziekenhuis').selectOption('Ziekenhuis Zuid')
  await page.waitForURL('**/hospitals/zuid/people')
  await page.getByText('Wie bij Ziekenhuis Zuid').waitFor()
  await page.goto(`${pages.server.address}/`)
  await page.waitForURL('**/hospitals/zuid/**')
  expect(opened.watched).toEqual({ errors: [], foreign: [] })
})
