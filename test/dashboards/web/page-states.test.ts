import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page as TablePage } from '../../../dashboards/web/page.ts'
import { pages as table } from '../../../dashboards/web/pages.ts'
import { texts } from '../../../dashboards/web/texts.ts'
import { ROLES } from '../../../orchestrator/ledger/roles.ts'
import { putHospital } from '../../../orchestrator/ledger/setup.ts'
import { asOwner } from '../../speed/database-owner.ts'
import { expectAccessible } from './expect-accessible.ts'
import { openPages, type Pages } from './open-pages.ts'
import { addressOf, somebodyFor } from './page-looks.ts'

/** A hospital that was made this minute: everybody has their role there, and nothing is there. */
const EMPTY = 'leeg'

let pages: Pages
const logged: string[] = []

beforeAll(async () => {
  pages = await openPages({ onLog: (line) => void logged.push(line) })
  const { server } = pages
  await putHospital(server.installation.db, { id: EMPTY, name: 'Ziekenhuis Leeg', norms: [] })
  for (const role of ROLES) {
    await server.as(role, 'noord')
    const given = { account: `${role}.noord`, hospital: EMPTY, role, given_by: 'test' }
    await server.doorDb.insertInto('account_role').values(given).execute()
  }
}, 120_000)
afterAll(() => pages[Symbol.asyncDispose]())

/** Those that one comes to from the navigation and that ask for something. */
const rows = table.filter(({ navigation, roles }) => navigation && typeof roles !== 'string')
const named = rows.map((row) => [row.path, row] as const)
const open = (row: TablePage, hospital = 'noord') =>
  pages.openPage({ role: somebodyFor(row) }, addressOf(row, pages.seeded).replace('noord', hospital))

const own = (url: URL): boolean => url.pathname.startsWith('/api/') && url.pathname !== '/api/me'

describe('a page that may be chosen in the navigation', () => {
  const ofHospital = named.filter(([path]) => path.includes('$hospital'))
  test.each(ofHospital)('%s has something to say where nothing is yet', async (_, row) => {
    await using opened = await open(row, EMPTY)
    const { page, watched } = opened
    expect(await page.locator('main').innerText()).toMatch(/\S{3}[^]*\S{3}/)
    expect(await page.getByRole('alert').count()).toBe(0)
    await expectAccessible(page)
    expect(watched).toEqual({ errors: [], foreign: [] })
  })

  test.each(named)(
    '%s says that it is coming, then what went wrong, with a number and a way on',
    async (path, row) => {
      await using opened = await pages.openPage({ role: somebodyFor(row) }, '/account')
      const { page } = opened
      const failing = await failsWhenTold(page)
      await page.goto(`${pages.server.address}${addressOf(row, pages.seeded)}`, { waitUntil: 'commit' })
      await page.getByRole('heading', { level: 1 }).waitFor()
      // The access log asks nothing before somebody does, for each question is written down.
      if (path.endsWith('/access-log')) await page.getByRole('button', { name: 'Zoeken' }).click()
      await page.locator('main').locator('.mantine-Loader-root, .mantine-Skeleton-root').first().waitFor()
      failing.tell()
      const problems = page.getByRole('alert').filter({ hasText: NUMBER })
      await problems.first().waitFor()
      await expectAccessible(page)
      await failing.end()
      // A page that asks two things in a row tells of the second once the first is there.
      const again = problems.first().getByRole('button', { name: 'Opnieuw proberen' })
      const left = async () => {
        if (await again.isVisible()) await again.click({ timeout: 2_000 }).catch(() => undefined)
        return await problems.count()
      }
      await expect.poll(left, { timeout: 20_000, interval: 250 }).toBe(0)
    },
  )

  test.each(named)('%s is not for who has none of its roles', async (_, { path, roles }) => {
    const other = ROLES.find((role) => typeof roles !== 'string' && !roles.includes(role))
    if (!other) return
    await using opened = await pages.openPage({ role: other }, path.replace('$hospital', 'noord'))
    await opened.page.getByRole('heading', { level: 1, name: texts.nl['shared.norights.title'] }).waitFor()
    await expectAccessible(opened.page)
  })
})

const NUMBER = '1234-5678-9012'

/** Keeps every answer back until it is told, and then gives an error; until its end. */
async function failsWhenTold(page: Page) {
  let tell = () => {}
  const told = new Promise<void>((resolve) => (tell = resolve))
  const error = { code: 'unforeseen', sentence: 'Something went wrong.', number: NUMBER }
  await page.route(own, async (route) => {
    await told
    await route.fulfill({ status: 500, json: { error } }).catch(() => undefined)
  })
  return { tell: () => tell(), end: () => page.unroute(own) }
}

test('settings are shown once the form of the robot is there that tells what they are called', async () => {
  await using opened = await pages.openPage({}, '/account')
  const { page } = opened
  let bring = () => {}
  const brought = new Promise<void>((resolve) => (bring = resolve))
  await page.route(/\/bots\/[^/]+\/forms$/, async (route) => {
    await brought
    await route.continue()
  })
  const asked = page.waitForRequest(/\/forms$/)
  await page.goto(`${pages.server.address}/hospitals/noord/deployments/${pages.seeded.deployment}`)
  await asked
  await page.getByRole('heading', { level: 3, name: texts.nl['administer.plan.settings'] }).waitFor()
  expect(await page.locator('main').innerText()).not.toContain('workingDays')
  bring()
  await page.getByText('Werkdagen vooruit').waitFor()
})

test('an error that nobody foresaw shows the number under which the log has it, and nothing of its cause', async () => {
  const owner = asOwner(pages.server.installation.databaseUrl)
  try {
    await owner.schema.alterTable('closing_day').renameTo('closing_day_gone').execute()
    await using opened = await pages.openPage({}, '/hospitals/noord/calendar')
    const number = await opened.page.locator('main code').innerText()
    const line = logged.find((written) => written.includes(number)) ?? ''
    expect(JSON.parse(line)).toMatchObject({ level: 50, code: '42P01', number })
    expect(await opened.page.locator('body').innerText()).not.toContain('closing_day')
  } finally {
    await owner.schema.alterTable('closing_day_gone').renameTo('closing_day').execute()
    await owner.destroy()
  }
})
