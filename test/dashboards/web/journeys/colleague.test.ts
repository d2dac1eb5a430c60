import { sql } from 'kysely'
import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedSavings } from '../../server/savings/seed-savings.ts'
import { begunAt } from '../../server/savings/timed-there.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../expect-accessible.ts'
import { openPages, settled, type Pages } from '../open-pages.ts'
import { wordsOf, type Words } from './words.ts'

let pages: Pages
beforeAll(async () => {
  pages = await openPages()
  await seedSavings(pages.server.installation.db)
}, 120_000)
afterAll(() => pages[Symbol.asyncDispose]())

type Hospital = 'noord' | 'zuid'
const HOURS = 3_600_000

const times = async (measurement: string) =>
  await pages.server.installation.db
    .selectFrom('timed_case')
    .select(['number', 'milliseconds', 'account', 'left_out'])
    .where('measurement', '=', measurement)
    .orderBy('number')
    .execute()

const kept = (measurement: string, count: number) =>
  expect.poll(async () => (await times(measurement)).length, { timeout: 15_000 }).toBe(count)

/** As if the case that runs had begun so many seconds earlier by the ledger's clock; the page is then loaded anew. */
async function beganEarlier(page: Page, measurement: string, seconds: number): Promise<void> {
  await sql`UPDATE running_case SET started_at = started_at - ${seconds} * interval '1 second'
    WHERE measurement = ${measurement}`.execute(pages.server.installation.db)
  await page.reload()
  await settled(page)
}

const button = (page: Page, name: string): Locator =>
  page.locator('main').getByRole('button', { name, exact: true })
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent)
/** On a busy machine a second may pass unseen. */
const runs = (page: Page, t: Words) =>
  page.getByText(new RegExp(t('savings.stopwatch.running', { time: '0:(0[1-9]|[1-5][0-9])' }))).waitFor()

/** Tab by Tab, as somebody without a mouse, until that button has the keyboard. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; (await focused(page)) !== name; presses++) {
    if (presses > 40) throw new Error(`The keyboard does not come to "${name}".`)
    await page.keyboard.press('Tab')
  }
}

async function looksWell(page: Page): Promise<void> {
  await settled(page)
  await expectAccessible(page)
  await expectNoSidewaysScrolling(page)
}

/** Starts a case, loads the page anew in the middle of it, finishes it and goes on: with the keyboard alone. */
async function timesByKeyboard(page: Page, t: Words, measurement: string): Promise<void> {
  const [start, stop, next] = [
    t('savings.stopwatch.start'),
    t('savings.stopwatch.stop'),
    t('savings.stopwatch.next'),
  ]
  await tabTo(page, start)
  await page.keyboard.press('Enter')
  await runs(page, t)
  await looksWell(page)
  for (const name of [stop, next, t('savings.stopwatch.drop')])
    expect((await button(page, name).boundingBox())?.height).toBeGreaterThanOrEqual(44)
  await page.reload()
  await settled(page)
  await runs(page, t)
  await tabTo(page, stop)
  await page.keyboard.press('Enter')
  await kept(measurement, 1)
  await button(page, start).waitFor()
  expect(await focused(page)).toBe(start)
  await page.keyboard.press('Enter')
  await runs(page, t)
  await tabTo(page, next)
  await page.keyboard.press('Enter')
  await kept(measurement, 2)
  expect(await focused(page)).toBe(next)
  await page.getByText(t('savings.timing.count_other', { count: 2 })).waitFor()
  await tabTo(page, t('savings.stopwatch.drop'))
  await page.keyboard.press('Enter')
  await button(page, stop).waitFor({ state: 'detached' })
  expect(await focused(page)).toBe(start)
  expect(await times(measurement)).toHaveLength(2)
}

/** A case that took longer than is expected: the question comes to the keyboard, also after loading anew. */
async function answersForALongOne(page: Page, t: Words, measurement: string): Promise<void> {
  await button(page, t('savings.stopwatch.start')).press('Enter')
  await button(page, t('savings.stopwatch.stop')).waitFor()
  await beganEarlier(page, measurement, 600)
  await button(page, t('savings.stopwatch.stop')).press('Enter')
  const question = page.getByRole('alert')
  await question.getByText(t('savings.stopwatch.long.hint')).waitFor()
  await looksWell(page)
  expect(await times(measurement)).toHaveLength(2)
  await page.reload()
  await question.getByText(t('savings.stopwatch.long.hint')).waitFor()
  await tabTo(page, t('savings.stopwatch.long.keep'))
  await page.keyboard.press('Enter')
  await kept(measurement, 3)
  await button(page, t('savings.stopwatch.start')).waitFor()
  expect(await focused(page)).toBe(t('savings.stopwatch.start'))
  const [, , long] = await times(measurement)
  expect(Math.floor((long?.milliseconds ?? 0) / 60_000)).toBe(10)
}

/** An idea of one's own, a vote for it and another one instead. */
async function hasAnIdea(page: Page, t: Words, hospital: Hospital): Promise<void> {
  await page
    .locator('main')
    .getByRole('link', { name: t('savings.timing.ideas'), exact: true })
    .click()
  await page.getByRole('heading', { level: 1, name: t('programme.ideas.title') }).waitFor()
  await settled(page)
  await button(page, t('programme.ideas.new')).click()
  const dialog = page.getByRole('dialog')
  const title = `Recepten overtypen ${hospital}`
  await dialog.getByLabel(t('programme.ideas.name')).fill(title)
  await dialog.getByLabel(t('programme.department')).fill('Poli 1')
  await dialog.getByRole('button', { name: t('programme.save') }).click()
  await dialog.waitFor({ state: 'detached' })
  const row = page.getByRole('listitem').filter({ hasText: title })
  for (const [opens, reach] of [
    [t('programme.ideas.vote'), 5],
    [t('programme.ideas.revote'), 2],
  ] as const) {
    await row.getByRole('button', { name: opens, exact: true }).click()
    await dialog
      .getByRole('radiogroup', { name: t('programme.ideas.reach') })
      .getByText(String(reach), { exact: true })
      .click()
    await dialog.getByRole('button', { name: t('programme.ideas.vote'), exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await row.getByText(t('programme.ideas.own', { reach, minutes: 3, feasibility: 3 })).waitFor()
  }
  expect(await page.locator('main').getByText(t('programme.ideas.weight')).count()).toBe(0)
  await looksWell(page)
}

test.each([
  ['nl', 'noord'],
  ['en', 'zuid'],
] as const)(
  'a colleague with a phone times cases, answers for a long one and has an idea (%s)',
  { timeout: 180_000 },
  async (language, hospital) => {
    const t = wordsOf(language)
    const measurement = await begunAt(pages.server, hospital)
    await using opened = await pages.openPage({ role: 'colleague', language, hospital, width: 390 }, '/')
    const { page } = opened
    await page.waitForURL(`**/hospitals/${hospital}/timing`)
    await page.getByText('Van openen tot opslaan.').waitFor()
    await timesByKeyboard(page, t, measurement)
    await answersForALongOne(page, t, measurement)
    await page.getByRole('button', { name: `${t('savings.stopwatch.leaveout')}: 3` }).press('Enter')
    await page.getByRole('button', { name: `${t('savings.stopwatch.putback')}: 3` }).waitFor()
    expect((await times(measurement))[2]?.left_out).toBe(t('savings.stopwatch.interrupted'))
    await hasAnIdea(page, t, hospital)
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  },
)

test('a phone whose clock stands wrong, and that loses its connection, makes no case longer or shorter', async () => {
  const t = wordsOf('nl')
  const measurement = await begunAt(pages.server, 'noord')
  await using opened = await pages.openPage({ role: 'colleague', width: 390 }, '/account')
  const { page, context } = opened
  await page.addInitScript((ahead) => {
    const now = Date.now.bind(Date)
    Date.now = () => now() + ahead
  }, 3 * HOURS)
  await page.goto(`${pages.server.address}/hospitals/noord/timing`)
  await settled(page)
  const card = page.locator('main').getByRole('button', { name: t('savings.stopwatch.start'), exact: true })
  await card.first().press('Enter')
  await runs(page, t)
  await context.setOffline(true)
  await button(page, t('savings.stopwatch.stop')).press('Enter')
  await page.getByText(/Gestopt op 0:\d\d, nog niet bewaard/).waitFor()
  const shown = /Gestopt op 0:(\d\d)/.exec(await page.locator('main').innerText())?.[1]
  expect(await times(measurement)).toEqual([])
  // The ledger's clock goes on meanwhile, as that of the device that nobody can set.
  const later = await page.evaluate(() => performance.now() + 8_000)
  await page.waitForFunction((at) => performance.now() > at, later)
  await context.setOffline(false)
  // A phone that was in a pocket loads the page anew: what was pressed stays pressed.
  await page.reload()
  await page.getByText(`Gestopt op 0:${shown}, nog niet bewaard`).waitFor()
  await button(page, t('savings.stopwatch.again')).press('Enter')
  await kept(measurement, 1)
  const [one] = await times(measurement)
  expect(Math.abs((one?.milliseconds ?? 0) / 1000 - Number(shown))).toBeLessThan(6)
  await expect.poll(() => page.evaluate(() => localStorage.getItem('ontregel-stopped-case'))).toBeNull()
})

test('two colleagues time at once, and who asked for it sees the cases and ends it under their eyes', async () => {
  const t = wordsOf('nl')
  const measurement = await begunAt(pages.server, 'noord')
  await using first = await pages.openPage({ role: 'colleague' }, '/hospitals/noord/timing')
  await using other = await pages.openPage({ role: ['colleague', 'it'] }, '/hospitals/noord/timing')
  const cardOf = (page: Page) =>
    page
      .locator('main')
      .getByRole('button', { name: t('savings.stopwatch.start'), exact: true })
      .first()
  for (const { page } of [first, other]) await cardOf(page).press('Enter')
  for (const { page } of [first, other]) await runs(page, t)
  for (const { page } of [first, other]) await button(page, t('savings.stopwatch.stop')).press('Enter')
  await kept(measurement, 2)
  expect((await times(measurement)).map(({ account }) => account).toSorted()).toEqual([
    'colleague-it.noord',
    'colleague.noord',
  ])
  for (const { page } of [first, other]) {
    await page.reload()
    await settled(page)
    await page.getByText(t('savings.timing.count_other', { count: 2 })).waitFor()
    const own = page.getByRole('table', { name: t('savings.timing.own') }).first()
    expect(await own.getByRole('button', { name: t('savings.stopwatch.leaveout') }).count()).toBe(1)
  }
  await cardOf(first.page).press('Enter')
  await runs(first.page, t)
  await using asked = await pages.openPage({}, '/hospitals/noord/stopwatch')
  await asked.page.getByText(t('savings.stopwatch.now_one', { count: 1 })).waitFor()
  await asked.page.getByText('2 gevallen, gemiddeld').first().waitFor()
  await asked.page
    .getByRole('button', { name: t('savings.stopwatch.end') })
    .first()
    .click()
  const dialog = asked.page.getByRole('dialog')
  await expectAccessible(asked.page)
  await dialog.getByRole('button', { name: t('savings.stopwatch.end') }).click()
  await dialog.waitFor({ state: 'detached' })
  await first.page.reload()
  await first.page.getByText(t('savings.stopwatch.ended.why')).waitFor()
  await looksWell(first.page)
  await button(first.page, t('savings.stopwatch.ended.ok')).click()
  await first.page.getByText(t('savings.stopwatch.ended.why')).waitFor({ state: 'detached' })
  expect(await times(measurement)).toHaveLength(2)
  for (const { watched } of [first, other, asked]) expect(watched).toEqual({ errors: [], foreign: [] })
})
