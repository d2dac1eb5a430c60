import { sql } from 'kysely'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimItem } from '../../../../orchestrator/ledger/items.ts'
import { finishItem } from '../../../../orchestrator/ledger/finish.ts'
import { recount } from '../../../../orchestrator/savings/recount.ts'
import { expectAccessible } from '../expect-accessible.ts'
import { openPages, settled, type Pages } from '../open-pages.ts'
import { AROUND_NOW } from '../../../around-now.ts'

const WORKER = '00000000-0000-4000-8000-00000000000d'
const WORKLIST = '/hospitals/noord/worklist'

let pages: Pages
beforeAll(async () => {
  pages = await openPages()
  // A system that is held keeps every robot from its items.
  await ledger().updateTable('system').set({ held_reason: null, held_until: null }).execute()
}, 120_000)
afterAll(() => pages[Symbol.asyncDispose]())

const ledger = () => pages.server.installation.db

/** An item of this number that waits for a person. */
async function parked(number: number): Promise<string> {
  const { id } = await ledger()
    .selectFrom('item')
    .select('id')
    .where('reference', '=', `afspraak-${number}-patient-${number}`)
    .where('hospital', '=', 'noord')
    .executeTakeFirstOrThrow()
  return id
}

const rowOf = (id: string) =>
  ledger().selectFrom('item').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

/** What a worker does with an item that was given back. */
async function robotDoes(id: string): Promise<void> {
  const row = await claimItem(ledger(), id, WORKER, 60)
  const finish = { variant: 'renewed', outcome: 'done' as const, share: 1, lastAct: undefined, followUps: [] }
  await finishItem(ledger(), { item: id, fence: row?.fence ?? -1, worker: WORKER }, finish, [])
}

test('an item is taken, corrected, given back, and its page shows live that the robot did it', async () => {
  const id = await parked(201)
  await using opened = await pages.openPage({}, WORKLIST)
  const { page, watched } = opened
  expect(await page.locator('body').innerText()).not.toContain('patient-201')
  await page.getByRole('link', { name: 'Werkitem …-201 openen' }).click()
  await page.getByRole('button', { name: 'Oppakken en openen' }).click()
  const date = page.getByRole('textbox', { name: 'Datum van de afspraak' })
  await date.fill('2026-12-24')
  await expect
    .poll(async () => (await ledger().selectFrom('item_taken').select('draft').executeTakeFirst())?.draft, {
      timeout: 20_000,
    })
    .toMatchObject({ date: '2026-12-24' })
  await page.reload()
  await page.getByRole('button', { name: 'Oppakken en openen' }).click()
  expect(await page.getByRole('textbox', { name: 'Datum van de afspraak' }).inputValue()).toBe('2026-12-24')
  await page.getByRole('button', { name: 'Teruggeven aan de robot' }).click()
  await page.getByText('Teruggegeven aan de robot; gemeten tijd').waitFor()
  expect(await rowOf(id)).toMatchObject({ state: 'queued', data: { date: '2026-12-24' } })
  await page.goto(`${pages.server.address}/hospitals/noord/items/${id}`)
  await settled(page)
  await page.getByText('in de rij').first().waitFor()
  await robotDoes(id)
  await page.locator('.facts dd', { hasText: 'klaar' }).waitFor({ timeout: 30_000 })
  await page.getByText('Teruggegeven aan de robot').waitFor()
  expect(await recount(ledger(), AROUND_NOW)).toEqual([])
  expect(watched).toEqual({ errors: [], foreign: [] })
})

/** Presses Tab until what has the focus is called so. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    const focused = await page.evaluate(() => {
      const at = document.activeElement
      const labelled =
        at?.id === undefined || at.id === '' ? undefined : document.querySelector(`label[for="${at.id}"]`)
      return at?.getAttribute('aria-label') ?? labelled?.textContent ?? at?.textContent ?? ''
    })
    if (focused.replace(/\s*\*$/, '') === name) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Nothing that Tab reaches is called "${name}".`)
}

test('with the keyboard alone: opened, chosen to do by hand, written down, and the next one cancelled', async () => {
  const [first, second] = [await parked(202), await parked(203)]
  await using opened = await pages.openPage({}, WORKLIST)
  const { page, watched } = opened
  await tabTo(page, 'Werkitem …-202 openen')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Oppakken en openen' }).waitFor()
  await tabTo(page, 'Oppakken en openen')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Zelf doen' }).waitFor()
  await tabTo(page, 'Zelf doen')
  await page.keyboard.press('Space')
  await page.getByRole('textbox', { name: 'Nummer in het systeem' }).waitFor()
  await tabTo(page, 'Nummer in het systeem')
  await page.keyboard.type('POLIS-202')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Uitvallijst' }).waitFor()
  expect(await rowOf(first)).toMatchObject({ state: 'done', outcome: 'by-hand', variant: 'first-check' })

  await tabTo(page, 'Werkitem …-203 openen')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Oppakken en openen' }).waitFor()
  await tabTo(page, 'Oppakken en openen')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Laten vervallen' }).waitFor()
  await tabTo(page, 'Laten vervallen')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Dit werkitem laten vervallen?' })
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await tabTo(page, 'Laten vervallen')
  await page.keyboard.press('Enter')
  await tabTo(page, 'Waarom')
  await page.keyboard.type('Afspraak is verzet.')
  await tabTo(page, 'Laten vervallen')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Uitvallijst' }).waitFor()
  expect(await rowOf(second)).toMatchObject({ state: 'cancelled', sentence: 'Afspraak is verzet.' })
  expect(watched).toEqual({ errors: [], foreign: [] })
})

test('an unsure press: cancelling asks whether it stands there, and leads to done by hand when it does', async () => {
  // Its act was armed, and nobody knows what came of it.
  const id = await parked(205)
  const unsure = { state: 'parked', parked_kind: 'unsure' } as const
  await ledger().updateTable('item').set(unsure).where('id', '=', id).execute()
  await using opened = await pages.openPage({}, `${WORKLIST}/${id}`)
  const { page, watched } = opened
  await page.getByRole('button', { name: 'Oppakken en openen' }).click()
  await page.getByRole('button', { name: 'Laten vervallen' }).click()
  const dialog = page.getByRole('dialog', { name: 'Dit werkitem laten vervallen?' })
  await dialog.getByRole('textbox', { name: 'Waarom' }).fill('Afspraak is verzet.')
  const cancel = dialog.getByRole('button', { name: 'Laten vervallen' })
  expect(await cancel.isDisabled()).toBe(true)
  await dialog.getByRole('radio', { name: 'Ja, het staat er' }).check()
  await dialog.getByText('Het staat er, dus het vervalt niet.').waitFor()
  expect(await cancel.isDisabled()).toBe(true)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Zelf doen' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('textbox', { name: 'Nummer in het systeem' }).first().waitFor()
  await page.getByRole('button', { name: 'Laten vervallen' }).click()
  await dialog.getByRole('textbox', { name: 'Waarom' }).fill('Afspraak is verzet.')
  await dialog.getByRole('radio', { name: 'Nee, het staat er niet' }).check()
  await cancel.click()
  await page.getByRole('heading', { level: 1, name: 'Uitvallijst' }).waitFor()
  expect(await rowOf(id)).toMatchObject({ state: 'cancelled' })
  expect(watched).toEqual({ errors: [], foreign: [] })
})

test('who loses an item to a colleague is told so, and can save nothing more', async () => {
  const id = await parked(204)
  await using mine = await pages.openPage({}, `${WORKLIST}/${id}`)
  await mine.page.getByRole('button', { name: 'Oppakken en openen' }).click()
  const field = mine.page.getByRole('textbox', { name: 'Datum van de afspraak' })
  await field.waitFor()
  await using theirs = await pages.openPage({ role: ['administrator', 'it'] }, WORKLIST)
  expect(await theirs.page.getByRole('link', { name: 'Werkitem …-204 openen' }).count()).toBe(0)
  await theirs.page.getByRole('button', { name: 'Werkitem …-204 toewijzen' }).click()
  await theirs.page.getByLabel('Aan wie').selectOption('administrator-it.noord')
  await theirs.page.getByRole('button', { name: 'Toewijzen', exact: true }).click()
  await theirs.page.getByText('eigen werk').waitFor()
  await field.fill('2026-12-31')
  await mine.page.getByText('Een collega heeft dit werkitem onder handen.').waitFor()
  expect(await mine.page.getByRole('button', { name: 'Teruggeven aan de robot' }).count()).toBe(0)
  const { rows } = await sql<{
    how: string
  }>`SELECT ended_how AS how FROM work_session WHERE item = ${id}`.execute(ledger())
  expect(rows).toEqual([{ how: 'taken-over' }])
})
