import { afterAll, beforeAll, expect, test } from 'vitest'
import { addItems, claimItem } from '../../../../orchestrator/ledger/items.ts'
import { parkItem } from '../../../../orchestrator/ledger/parking.ts'
import { HOSTILE } from '../../server/items/hostile-strings.ts'
import { openPages, type Pages } from '../open-pages.ts'

const WORKER = '00000000-0000-4000-8000-00000000000d'
const ITEMS = '/hospitals/noord/items'

let pages: Pages
beforeAll(async () => {
  pages = await openPages()
  // A system that is held keeps every robot from its items.
  await ledger().updateTable('system').set({ held_reason: null, held_until: null }).execute()
}, 120_000)
afterAll(() => pages[Symbol.asyncDispose]())

const ledger = () => pages.server.installation.db

async function statesOf(ids: readonly string[]): Promise<string[]> {
  const rows = await ledger()
    .selectFrom('item')
    .select(['id', 'state'])
    .where('id', 'in', [...ids])
    .execute()
  return ids.map((id) => rows.find((row) => row.id === id)?.state ?? '')
}

async function idOf(number: number): Promise<string> {
  const { id } = await ledger()
    .selectFrom('item')
    .select('id')
    .where('reference', '=', `afspraak-${number}-patient-${number}`)
    .where('hospital', '=', 'noord')
    .executeTakeFirstOrThrow()
  return id
}

test('several at once: the preview says what will happen to which, and that is what happens', async () => {
  const ids = [await idOf(209), await idOf(201), await idOf(205), await idOf(101), await idOf(210)]
  await using opened = await pages.openPage({}, ITEMS)
  const { page, watched } = opened
  for (const end of ['209', '201', '205', '101', '210'])
    await page.getByRole('checkbox', { name: `Kies werkitem …-${end}` }).check()
  await page.getByRole('button', { name: 'Laten vervallen' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Waarom' }).fill('Dubbel ingestuurd.')
  await dialog.getByRole('button', { name: 'Bekijken wat er gebeurt' }).click()
  await dialog.getByText('Dit gebeurt met 3 werkitems.').waitFor()
  await dialog.getByText('2 werkitems worden overgeslagen.').waitFor()
  await dialog.getByText('onzeker of de handeling is gelukt').waitFor()
  await dialog.getByText('Overgeslagen: is al klaar').waitFor()
  expect(await statesOf(ids)).toEqual(['queued', 'parked', 'unsure', 'done', 'queued'])
  // A worker takes one of them while the preview is on the screen.
  await claimItem(ledger(), ids[4] ?? '', WORKER, 60)
  await dialog.getByRole('button', { name: 'Laten vervallen' }).click()
  await page.getByText('2 werkitems zijn vervallen').waitFor()
  await page.getByText('1 werkitem was intussen veranderd').waitFor()
  expect(await statesOf(ids)).toEqual(['cancelled', 'cancelled', 'unsure', 'done', 'claimed'])
  expect(watched).toEqual({ errors: [], foreign: [] })
})

test('found by reference, without it standing in the address; data and evidence show when somebody asks', async () => {
  await using opened = await pages.openPage({}, ITEMS)
  const { page, watched } = opened
  await page.getByRole('textbox', { name: 'Kenmerk' }).fill('afspraak-102-patient-102')
  await page.getByRole('button', { name: 'Zoeken' }).click()
  await page.getByRole('link', { name: '…-101' }).waitFor({ state: 'detached' })
  expect(page.url()).not.toContain('patient')
  await page.getByRole('link', { name: '…-102' }).click()
  await page.getByRole('heading', { name: 'Handelingen' }).waitFor()
  expect(await page.getByText('patient-102', { exact: true }).count()).toBe(0)
  await page.getByRole('button', { name: 'Gegevens tonen' }).click()
  await page.getByText('patient-102', { exact: true }).waitFor()
  await page.getByRole('button', { name: /^Bewijs tonen/ }).click()
  const picture = page.getByRole('img', { name: 'Bewijs: insurer: Controleren bij de verzekeraar' })
  await picture.waitFor()
  expect(
    await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
  ).toBe(1)
  await page.getByText('gegevens getoond').waitFor()
  expect(watched).toEqual({ errors: [], foreign: [] })
})

test('a list is offered: first its mistakes by row, then it is accepted whole', async () => {
  await using opened = await pages.openPage({}, '/hospitals/noord/lists')
  const { page, watched } = opened
  const offer = async (text: string) => {
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'lijst.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await page.getByRole('button', { name: 'Nakijken' }).click()
  }
  await offer('Afspraak;Patiënt;Datum van de afspraak\nA-1;P-1;1-12-2026\nA-2;P 2;31-12-2026\n')
  await page.getByText('1 regel klopt nog niet').waitFor()
  await page.getByRole('cell', { name: '3', exact: true }).waitFor()
  expect(await page.getByRole('button', { name: /aanmaken/ }).count()).toBe(0)
  await offer('Afspraak;Patiënt;Datum van de afspraak\nA-1;P-1;1-12-2026\nA-2;P-2;31-12-2026\n')
  await page.getByRole('button', { name: '2 werkitems aanmaken' }).click()
  await page.getByText('2 werkitems staan in de rij').waitFor()
  const made = await ledger()
    .selectFrom('item')
    .select('reference')
    .where('reference', 'in', ['A-1-P-1', 'A-2-P-2'])
    .execute()
  expect(made).toHaveLength(2)
  expect(watched).toEqual({ errors: [], foreign: [] })
})

test('Today leads from an alarm to each of the items that cause it', async () => {
  const some = ledger().selectFrom('item').select('id').where('hospital', '=', 'noord').orderBy('id').limit(2)
  const items = (await some.execute()).map(({ id }) => id)
  const alarm = {
    hospital: 'noord',
    deployment: 'noord-insurance-check',
    kind: 'recount-differs',
    items,
  } as const
  const made = await ledger()
    .insertInto('alarm')
    .values({ ...alarm, sentence: 'Counted 3 items; the events give 2 items.' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await using opened = await pages.openPage({}, '/hospitals/noord/today')
  const { page, watched } = opened
  const causes = page.getByRole('list', { name: 'Werkitems waar dit door komt' })
  await causes.getByRole('link').nth(1).waitFor()
  expect(await causes.getByRole('link').count()).toBe(2)
  await causes.getByRole('link', { name: `werkitem ${items[1]?.slice(0, 8)}` }).click()
  await page.waitForURL(`**/hospitals/noord/items/${items[1]}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(watched).toEqual({ errors: [], foreign: [] })
  await ledger().deleteFrom('alarm').where('id', '=', made.id).execute()
})

test('Today leads from an alarm that nothing was recounted to the figures, and says since when', async () => {
  const alarm = { hospital: 'noord', kind: 'recount-overdue', at: new Date('2026-11-20T00:06:00Z') } as const
  const made = await ledger()
    .insertInto('alarm')
    .values({ ...alarm, sentence: 'No recount of the savings came to its end since 2026-11-20 01:06.' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await using opened = await pages.openPage({}, '/hospitals/noord/today')
  const { page, watched } = opened
  const row = page.getByRole('listitem').filter({ hasText: 'al meer dan twee dagen niet nageteld' })
  await row.getByText(/Sinds.*20 nov/i).waitFor()
  await row.getByRole('link', { name: 'Bekijken' }).click()
  await page.waitForURL('**/programme/savings*')
  await page.getByRole('heading', { level: 1, name: 'Besparing' }).waitFor()
  expect(watched).toEqual({ errors: [], foreign: [] })
  await ledger().deleteFrom('alarm').where('id', '=', made.id).execute()
})

test('Today leads to what needs attention, and changes by itself when something is parked', async () => {
  await using opened = await pages.openPage({}, '/hospitals/noord/today')
  const { page, watched } = opened
  await page.getByRole('heading', { name: 'Wat aandacht vraagt' }).waitFor()
  const before = await page.getByText(/werkitems van noord-insurance-check wachten op een mens/).innerText()
  const { id, fence } = (await claimItem(ledger(), await idOf(211), WORKER, 60)) ?? { id: '', fence: 0 }
  const why = { kind: 'business' as const, code: 'odd', sentence: 'Odd.' }
  await parkItem(ledger(), { item: id, fence, worker: WORKER }, why, [])
  const count = Number(/^\d+/.exec(before)?.[0])
  await page.getByText(`${count + 1} werkitems van noord-insurance-check`).waitFor({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Gezien' }).click()
  await page.getByText('De melding is afgehandeld').waitFor()
  await page.getByRole('link', { name: 'Bekijken' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Uitvallijst' }).waitFor()
  expect(watched).toEqual({ errors: [], foreign: [] })
})

/** What sticks out of the window to the side. */
const widest = () =>
  document.documentElement.scrollWidth <= window.innerWidth
    ? []
    : [...document.querySelectorAll('main *')]
        .filter((element) => element.getBoundingClientRect().right > window.innerWidth)
        .map((element) => `${element.tagName} ${element.className}`)

test(
  'hostile strings in data, references, steps and sentences are only text on every page',
  { timeout: 240_000 },
  async () => {
    const arrival = { hospital: 'noord', deployment: 'noord-insurance-check', run: null }
    const ids: string[] = []
    for (const [name, text] of HOSTILE) {
      const item = {
        reference: `${text.slice(0, 200)}${name}`,
        caseReference: text,
        data: { [text]: text, appointment: text },
      }
      const { queued } = await addItems(ledger(), arrival, [item])
      const row = await claimItem(ledger(), queued[0] ?? '', WORKER, 60)
      const hold = { item: row?.id ?? '', fence: row?.fence ?? -1, worker: WORKER }
      await parkItem(ledger(), hold, { kind: 'business', code: 'odd', sentence: text }, [
        { kind: 'step', name: text },
      ])
      ids.push(hold.item)
    }
    await using opened = await pages.openPage({}, ITEMS)
    const { page, watched } = opened
    const untouched = async () => {
      expect(await page.evaluate(() => 'hit' in window)).toBe(false)
      expect(await page.locator('main script, main img[src="x"], main a[href^="javascript"]').count()).toBe(0)
      expect(await page.evaluate(widest)).toEqual([])
    }
    await untouched()
    for (const id of ids) {
      await page.goto(`${pages.server.address}${ITEMS}/${id}`)
      await page.getByRole('button', { name: 'Gegevens tonen' }).click()
      await page.getByRole('button', { name: 'Weer afschermen' }).waitFor()
      await untouched()
    }
    await page.goto(`${pages.server.address}/hospitals/noord/worklist`)
    await page.getByText("'; DROP TABLE item; --").waitFor()
    await untouched()
    await page.goto(`${pages.server.address}/hospitals/noord/worklist/${ids[0]}`)
    await page.getByRole('button', { name: 'Oppakken en openen' }).click()
    await page.getByRole('button', { name: 'Teruggeven aan de robot' }).waitFor()
    await untouched()
    expect(watched).toEqual({ errors: [], foreign: [] })
  },
)
