import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSheet } from 'read-excel-file/node'
import { ItemData, ItemPage, ItemStory } from '../../../../dashboards/server/items/item-schemas.ts'
import { cellText, csvText } from '../../../../connectors/spreadsheet-text.ts'
import { Worklist } from '../../../../dashboards/server/items/worklist-schemas.ts'
import { addItems, queueAgain } from '../../../../orchestrator/ledger/items.ts'
import { csvRows } from '../../../../orchestrator/triggers/list/csv-rows.ts'
import { openTestServer, type TestServer } from '../open-server.ts'
import type { TestClient } from '../test-client.ts'
import { HOSTILE } from './hostile-strings.ts'
import { addItem, addParked, claimed, DEPLOYMENT, putItems } from './practice-items.ts'

const NOORD = '/api/hospitals/noord'
const WORKER = '00000000-0000-4000-8000-00000000000b'
const FORMULA = /^[\s\u200B]*[=+\-@\uFF1D]/

let server: TestServer
let client: TestClient
beforeAll(async () => {
  server = await openTestServer()
  await putItems(server)
  client = await server.as('administrator', 'noord')
})
afterAll(() => server[Symbol.asyncDispose]())

/** As the ledger can hold it: what is no character is replaced, all else stays as it came. */
const stored = (text: string) => text.toWellFormed().replaceAll('\0', '\uFFFD')

test.each(HOSTILE)('%s in an item’s data, reference and sentence is text everywhere', async (name, text) => {
  const { db } = server.installation
  const reference = `${text.slice(0, 300)}${name}`
  const arrival = { hospital: 'noord', deployment: DEPLOYMENT, run: null }
  const harmless = { reference: `good ${name}`, caseReference: 'c', data: {} }
  const { queued } = await addItems(db, arrival, [
    { reference, caseReference: text, data: { [text]: text } },
    harmless,
  ])
  expect(queued).toHaveLength(2)
  const { id, fence } = await claimed(db, queued[0] ?? '')
  const why = { delaySeconds: 0, code: 'odd', sentence: text }
  await queueAgain(db, { item: id, fence, worker: WORKER }, why, [
    { kind: 'step', name: text, detail: { text } },
  ])
  const story = await client.ask(ItemStory, `${NOORD}/items/${id}`)
  expect(story).toMatchObject({ reference: stored(reference), sentence: stored(text), fields: [] })
  const revealed = await client.ask(ItemData, `${NOORD}/items/${id}/reveal`, { method: 'POST' })
  expect(revealed.fields).toEqual([
    { name: stored(text), title: { nl: stored(text), en: stored(text) }, value: stored(text) },
  ])
  const found = await client.fetch(`${NOORD}/items/search`, {
    method: 'POST',
    body: { reference: stored(reference).slice(0, 500) },
  })
  expect(found.headers.get('content-type')).toContain('application/json')
  expect(found.headers.get('x-content-type-options')).toBe('nosniff')
  expect(ItemPage.parse(await found.json()).rows.length).toBeLessThanOrEqual(1)
})

test('in the worklist, and as what a person writes', async () => {
  for (const [name, text] of HOSTILE) {
    const item = await addParked(server.installation.db, `W-${name.replaceAll(/\W/g, '')}`, {
      sentence: text,
    })
    const { items } = await client.ask(Worklist, `${NOORD}/worklist`)
    expect(items.find(({ id }) => id === item)?.sentence, name).toBe(stored(text))
    await client.fetch(`${NOORD}/worklist/${item}/open`, { method: 'POST' })
    const draft = await client.fetch(`${NOORD}/worklist/${item}/beat`, {
      method: 'POST',
      body: { active: true, draft: { [text]: text } },
    })
    expect(draft.status, name).toBe(200)
    const reason = text.trim().slice(0, 500)
    const body =
      name.length % 2 === 0 ? { reason } : { variant: 'new-patient', reference: reason.slice(0, 200) }
    const path = name.length % 2 === 0 ? 'cancel' : 'done'
    const end = await client.fetch(`${NOORD}/worklist/${item}/${path}`, { method: 'POST', body })
    expect(end.status, `${name}: ${await end.text()}`).toBe(200)
  }
})

test('exports have no cell that a spreadsheet runs, and read back as rows and columns', async () => {
  await addItem(server.installation.db, '=1+1')
  const csv = await client.fetch(`${NOORD}/items/export`, { method: 'POST', body: { as: 'csv' } })
  expect(csv.headers.get('content-disposition')).toContain('attachment')
  const rows = csvRows(Buffer.from(await csv.arrayBuffer()))
  expect(rows.length).toBeGreaterThan(HOSTILE.length)
  for (const { cells } of rows) {
    expect(cells).toHaveLength(14)
    for (const cell of cells) expect(FORMULA.test(cell) ? cell : '').toBe('')
  }
  const xlsx = await client.fetch(`${NOORD}/items/export`, { method: 'POST', body: { as: 'xlsx' } })
  const sheet = await readSheet(Buffer.from(await xlsx.arrayBuffer()), { trim: false })
  expect(sheet.length).toBeGreaterThan(HOSTILE.length)
  for (const cells of sheet.slice(1))
    for (const cell of cells) expect(cell === null || typeof cell === 'string').toBe(true)
})

test.each(HOSTILE)('a cell with %s', (_, text) => {
  const cell = csvRows(Buffer.from(`head\n${csvText(text)}`))[1]?.cells[0] ?? ''
  expect(cell.startsWith("'") || !FORMULA.test(cell)).toBe(true)
  expect(cellText(text)).not.toMatch(/[\0\u202A-\u202E\u2066-\u2069\u200B]/)
})

test('without an apostrophe a formula would be one', () => {
  expect(FORMULA.test(cellText('=1+1'))).toBe(true)
  expect(csvText('=1+1')).toBe("'=1+1")
  expect(csvText('Zomer-tijd = leuk')).toBe('Zomer-tijd = leuk')
})
