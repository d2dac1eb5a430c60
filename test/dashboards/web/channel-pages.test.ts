import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createSender } from '../../../connectors/hl7/sender.ts'
import { silentLog } from '../../../connectors/log.ts'
import { openChannels, type Channels } from '../../../orchestrator/triggers/channels.ts'
import { createAuthority } from '../../connectors/hl7/certificates.ts'
import { expectAccessible } from './expect-accessible.ts'
import { openPages, type Pages } from './open-pages.ts'

const authority = createAuthority('practice authority')
const server = authority.issue('ontregel')
const client = authority.issue('zis')

let pages: Pages
let listening: Channels

beforeAll(async () => {
  pages = await openPages()
  const { db, doorbell, secrets } = pages.server.installation
  await db.updateTable('channel').set({ enabled: false }).execute()
  const host = '127.0.0.1'
  listening = await openChannels({ db, doorbell, secrets, host, log: silentLog, everyMs: 100 })
}, 120_000)
afterAll(async () => {
  await listening.close()
  await pages[Symbol.asyncDispose]()
})

async function send(port: number, controlId: string, own: object) {
  const tls = { ca: authority.cert, ...own }
  const sender = createSender({ id: 'zis', host: '127.0.0.1', port, tls }, silentLog, () => undefined)
  const text = `MSH|^~\\&|ZIS|NOORD|ONTREGEL|NOORD|20261121120000||ADT^A08|${controlId}|P|2.4\rPID|1||4001^^^ZIS^PI`
  try {
    return (await sender.send(Buffer.from(text, 'latin1'))).code
  } finally {
    await sender.close()
  }
}

const save = (page: Page) => page.getByRole('button', { name: 'Opslaan' }).click()

test('IT sets up a channel with mutual TLS on the page, and who listens takes it over', async () => {
  await using opened = await pages.openPage({ role: 'it' }, '/hospitals/noord/channels')
  const { page } = opened
  await page.getByRole('link', { name: 'Kanaal toevoegen' }).click()
  await page.getByLabel('Kanaal', { exact: false }).first().fill('noord-adt')
  await page.getByText('Dit kanaal is er al').waitFor()
  await page.getByLabel('Kanaal', { exact: false }).first().fill('lab')
  await page.getByLabel('Poort').fill('0')
  await page.getByLabel('Afzenders', { exact: true }).fill('ZIS|NOORD\nLAB|NOORD')
  await page.getByLabel('Tekenset').selectOption('UNICODE UTF-8')
  await page.getByLabel('Beveiliging van de verbinding').selectOption('mutual')
  await page.getByLabel('Certificaat van dit kanaal').fill(server.cert)
  await page.getByLabel('Sleutel van het certificaat').fill(client.key)
  await page.getByLabel('Uitgevers van certificaten').fill(authority.cert)
  await page.getByLabel('Verbindingen tegelijk').fill('3')
  await page.getByLabel('Grootste bericht (kB)').fill('60000')
  await expectAccessible(page)
  await save(page)
  await page.getByRole('alert').getByText('Field key: this is not the key').waitFor({ state: 'attached' })
  expect(await page.getByLabel('Sleutel van het certificaat').getAttribute('aria-invalid')).toBe('true')
  await page.getByLabel('Sleutel van het certificaat').fill(server.key)
  await save(page)
  await page.getByRole('heading', { level: 1, name: 'Kanaal lab' }).waitFor()
  const port = await vi.waitFor(() => listening.ports.get('lab') ?? Promise.reject(new Error('Not yet.')), {
    timeout: 20_000,
  })
  expect(await send(port, 'page-1', client)).toBe('AA')
  await expect(send(port, 'page-2', {})).rejects.toThrow()
  await page.locator('.state', { hasText: /aan$/ }).waitFor()
  expect(await page.getByLabel('Sleutel van het certificaat').inputValue()).toBe('')
  expect(await page.getByLabel('Afzenders', { exact: true }).inputValue()).toBe('ZIS|NOORD\nLAB|NOORD')
  expect(await page.content()).not.toContain('PRIVATE KEY')
  const row = await pages.server.installation.db
    .selectFrom('channel')
    .selectAll()
    .where('id', '=', 'lab')
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ charset: 'UNICODE UTF-8', limits: { connections: 3, frameBytes: 60_000_000 } })
  // What was refused stays in the console of every browser.
  expect(opened.watched.errors.filter((line) => !line.includes('400'))).toEqual([])
})

test('a channel is changed by keyboard alone; what is not right is said at its field', async () => {
  await using opened = await pages.openPage({ role: 'it', width: 390 }, '/hospitals/noord/channels/noord-adt')
  const { page } = opened
  const port = page.getByLabel('Poort')
  await port.focus()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('70000')
  await page.keyboard.press('Enter')
  await page.getByText('write 65535 at most').waitFor({ state: 'attached' })
  expect(await port.getAttribute('aria-invalid')).toBe('true')
  await expectAccessible(page)
  await port.focus()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('2599')
  await page.keyboard.press('Enter')
  await page.getByText('Opgeslagen').first().waitFor()
  expect(await port.getAttribute('aria-invalid')).not.toBe('true')
  const rows = await pages.server.installation.db.selectFrom('channel').select(['id', 'port']).execute()
  expect(rows).toContainEqual({ id: 'noord-adt', port: 2599 })
})

test('a channel over which nothing came in is taken away after asking', async () => {
  const { db } = pages.server.installation
  await db
    .insertInto('channel')
    .values({ id: 'leeg', hospital: 'noord', port: 0, senders: [], enabled: false })
    .execute()
  await using opened = await pages.openPage({ role: 'it' }, '/hospitals/noord/channels/leeg')
  const { page } = opened
  await page.getByRole('button', { name: 'Kanaal weghalen' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Kanaal weghalen' }).click()
  await page.getByRole('heading', { level: 1, name: 'HL7-kanalen' }).waitFor()
  expect(await db.selectFrom('channel').select('id').where('id', '=', 'leeg').execute()).toEqual([])
  expect(opened.watched).toEqual({ errors: [], foreign: [] })
})
