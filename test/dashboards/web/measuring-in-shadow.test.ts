import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Measurements, UntimedItems } from '../../../dashboards/server/savings/measure-schemas.ts'
import { CaseStarted, CaseStopped } from '../../../dashboards/server/savings/timing-schemas.ts'
import bot from '../../../bots/referral-intake/bot.ts'
import { finishItem } from '../../../orchestrator/ledger/finish.ts'
import { addItems, claimItem } from '../../../orchestrator/ledger/items.ts'
import { putDeployment } from '../../../orchestrator/ledger/setup.ts'
import { expectAccessible, expectNoSidewaysScrolling } from './expect-accessible.ts'
import { wordsOf, type Words } from './journeys/words.ts'
import { addDays } from './local-days.ts'
import { openPages, settled, type OpenedPage, type Pages } from './open-pages.ts'

let pages: Pages
beforeAll(async () => {
  pages = await openPages()
  for (const hospital of ['noord', 'zuid'] as const)
    await putDeployment(pages.server.installation.db, {
      ...{ id: deploymentAt(hospital), hospital, bot: bot.name, mode: 'shadow', settings: {}, systems: {} },
      ...{ responsible: 'u-1', outsideSeconds: 0, parkedShare: 0, triggers: [], baselines: [] },
    })
}, 120_000)
afterAll(() => pages[Symbol.asyncDispose]())

/** Of a robot that was put to work in shadow, and has done nothing yet. */
const deploymentAt = (hospital: string) => `${hospital}-beside-people`
const VARIANT = 'new-patient'
const ACT = 'register the referral'

/** What the robot does of an item in shadow: nothing is pressed. Gives its id. */
async function doneInShadow(hospital: 'noord' | 'zuid', reference: string): Promise<string> {
  const { db } = pages.server.installation
  const deployment = deploymentAt(hospital)
  const item = { reference, caseReference: reference, data: { referralNumber: reference } }
  const { queued } = await addItems(db, { hospital, deployment, run: null }, [item])
  const row = await claimItem(db, queued[0] ?? '', randomUUID(), 60)
  if (!row) throw new Error('The item could not be claimed.')
  const plan = { name: ACT, key: '', payloadHash: randomBytes(32), verifiable: true, repeatable: false }
  const lastAct = { plan, how: 'shadow' as const, reference: 'shadow', shadowPayload: { patient: 'P-1' } }
  const finish = { variant: VARIANT, outcome: 'shadow' as const, share: 0, lastAct, followUps: [] }
  await finishItem(db, { item: row.id, fence: row.fence, worker: row.worker }, finish, [])
  return row.id
}

/** Nothing but keys, as somebody without a mouse. */
async function begin({ page }: OpenedPage, t: Words, language: 'nl' | 'en', hospital: string) {
  await page.getByRole('combobox', { name: t('savings.deployment') }).selectOption(deploymentAt(hospital))
  const variant = page.getByRole('combobox', { name: t('savings.variant') })
  await variant.selectOption({ label: bot.variants[VARIANT]?.[language] ?? '' })
  await page.getByRole('radio', { name: t('savings.stopwatch.method.stopwatch') }).press('ArrowDown')
  expect(await page.getByRole('radio', { name: t('savings.stopwatch.method.shadow') }).isChecked()).toBe(true)
  await page.getByText(t('savings.stopwatch.method.shadow.hint')).waitFor()
  await page.getByRole('button', { name: t('savings.stopwatch.begin') }).press('Enter')
  await page.getByText(t('savings.shadow.empty.hint')).waitFor()
  expect(await page.getByRole('link', { name: t('savings.shadow.empty.go') }).getAttribute('href')).toBe(
    `/hospitals/${hospital}/deployments/${deploymentAt(hospital)}`,
  )
  await expectAccessible(page)
}

/** Starts the clock of an item and stops it, both with the same key on the same button. */
async function timeItem({ page }: OpenedPage, t: Words, shown: string): Promise<void> {
  const start = page.getByRole('button', { name: `${t('savings.stopwatch.start')}: ${shown}` })
  await start.press('Enter')
  // On a busy machine the first second may never be seen.
  const ran = new RegExp(t('savings.stopwatch.running', { time: '0:(0[1-9]|[1-5][0-9])' }))
  await page.getByText(ran).waitFor()
  await page.keyboard.press('Enter')
  // Its button may offer to start once more for a moment: only what is kept takes the row along.
  await page.getByRole('row').filter({ hasText: shown }).waitFor({ state: 'detached' })
  // The keyboard goes on in the list.
  await page.waitForFunction(() => document.activeElement !== document.body)
}

test.each([
  ['nl', 'noord'],
  ['en', 'zuid'],
] as const)(
  'two items are timed beside the robot in shadow mode, and the baseline follows from the sample (%s)',
  { timeout: 120_000 },
  async (language, hospital) => {
    const t = wordsOf(language)
    await using opened = await pages.openPage({ language, hospital }, `/hospitals/${hospital}/stopwatch`)
    const { page } = opened
    await begin(opened, t, language, hospital)
    const references = ['VW-2026-1001', 'VW-2026-1002', 'VW-2026-1003', 'VW-2026-1004', 'VW-2026-1005']
    const items: string[] = []
    for (const reference of references) items.push(await doneInShadow(hospital, reference))
    await page.reload()
    await settled(page)
    const row = page.getByRole('row').filter({ hasText: '…1001' })
    await row.getByText(t('savings.shadow.would', { act: bot.acts?.[ACT]?.title[language] ?? '' })).waitFor()
    expect(
      await row
        .getByRole('link', { name: t('savings.shadow.open', { reference: '…1001' }) })
        .getAttribute('href'),
    ).toBe(`/hospitals/${hospital}/items/${items[0] ?? ''}`)
    expect(await page.content()).not.toContain('VW-2026')
    await timeItem(opened, t, '…1001')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('tr')?.textContent)).toContain('…1005')
    await timeItem(opened, t, '…1002')
    await sampled(opened, t, 2)
    await looksWell(opened)

    const measurement = await theRest(hospital, items.slice(2))
    await page.reload()
    await sampled(opened, t, 5)
    await page.getByText(t('savings.shadow.empty')).waitFor()
    await page.getByRole('button', { name: t('savings.stopwatch.close') }).press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(t('savings.baselines.validfrom')).fill(addDays(1))
    await dialog.getByRole('button', { name: t('savings.stopwatch.close') }).press('Enter')
    await page.getByRole('heading', { name: new RegExp(t('savings.stopwatch.history')) }).waitFor()
    await followed(measurement, items)
    await page.goto(`${pages.server.address}/hospitals/${hospital}/baselines`)
    await page
      .getByRole('row')
      .filter({ hasText: t('savings.method.shadow') })
      .waitFor()
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  },
)

/** The number of cases that count, where the mean and the spread stand. */
async function sampled({ page }: OpenedPage, t: Words, count: number): Promise<void> {
  const [before = ''] = t('savings.stopwatch.sofar_other', { count, mean: '|', spread: '' }).split('|')
  await page.getByText(before).waitFor()
}

async function looksWell({ page }: OpenedPage): Promise<void> {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 })
    await settled(page)
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
  }
  await page.setViewportSize({ width: 1280, height: 900 })
}

/** A colleague times the others, through the API. */
async function theRest(hospital: 'noord' | 'zuid', items: readonly string[]) {
  const client = await pages.server.as('administrator', hospital)
  const [measured] = await client.ask(Measurements, `/api/hospitals/${hospital}/measurements`)
  const measurement = measured?.id ?? ''
  const path = `/api/hospitals/${hospital}/measurements/${measurement}`
  const untimed = await client.ask(UntimedItems, `${path}/items`)
  expect(untimed.map(({ id }) => id).toSorted()).toEqual(items.toSorted())
  for (const item of items) {
    const { id } = await client.ask(CaseStarted, `${path}/start`, { method: 'POST', body: { item } })
    await sql`UPDATE running_case SET started_at = started_at - interval '4 minutes' WHERE id = ${id}`.execute(
      pages.server.installation.db,
    )
    const stop = `/api/hospitals/${hospital}/timing/${id}/stop`
    expect(await client.ask(CaseStopped, stop, { method: 'POST', body: {} })).toMatchObject({
      number: expect.any(Number),
    })
  }
  return measurement
}

/** Every time belongs to its item, and the baseline is what their mean is. */
async function followed(measurement: string, items: readonly string[]): Promise<void> {
  const { db } = pages.server.installation
  const cases = await db
    .selectFrom('timed_case')
    .select(['item', 'milliseconds'])
    .where('measurement', '=', measurement)
    .orderBy('number')
    .execute()
  expect(cases.map(({ item }) => item)).toEqual(items)
  const mean = cases.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / cases.length / 60_000
  const baseline = await db
    .selectFrom('baseline')
    .selectAll()
    .where('measurement', '=', measurement)
    .executeTakeFirstOrThrow()
  expect(baseline).toMatchObject({ method: 'shadow', n: 5, variant: VARIANT })
  expect(Number(baseline.minutes)).toBeCloseTo(mean, 3)
}
