import { expect, test } from 'vitest'
import { BulkPreview } from '../../../../dashboards/server/items/bulk-schemas.ts'
import { ItemData, ItemPage, ItemStory } from '../../../../dashboards/server/items/item-schemas.ts'
import { openTestServer } from '../open-server.ts'
import type { TestClient } from '../test-client.ts'
import { accesses, addEvidence, addItem, addParked, putItems, SECRET_SPECIALTY } from './practice-items.ts'

const ITEMS = '/api/hospitals/noord/items'
const find = (client: TestClient, body: object) =>
  client.ask(ItemPage, `${ITEMS}/search`, { method: 'POST', body })

test('items are found, with the end of their reference and nothing of their data; a search by reference is logged', async () => {
  await using server = await openTestServer()
  await putItems(server)
  const { db } = server.installation
  const parked = await addParked(db, 'ZD-2026-000118')
  await addItem(db, 'ZD-2026-000119')
  const administrator = await server.as('administrator', 'noord')
  const first = await find(administrator, { limit: 1 })
  expect(first.rows).toMatchObject([{ reference: '…0119', state: 'queued' }])
  const second = await find(administrator, { limit: 1, cursor: first.next })
  expect(second).toMatchObject({
    rows: [{ id: parked, reference: '…0118', sentence: expect.stringContaining('letter') }],
    next: null,
  })
  expect(await accesses(server, 'search')).toEqual([])
  expect((await find(administrator, { reference: 'ZD-2026-000118' })).rows).toHaveLength(1)
  expect(await accesses(server, 'search')).toEqual([parked])
  const search = { reference: 'ZD-2026-000118' }
  const bulk = { handling: 'retry', search, reason: 'tested' }
  await administrator.ask(BulkPreview, `${ITEMS}/bulk`, { method: 'POST', body: bulk })
  expect(await accesses(server, 'search')).toEqual([parked, parked])
  expect(JSON.stringify(await find(administrator, {}))).not.toContain(SECRET_SPECIALTY)
})

test('an item’s story has no data until it is revealed, which is logged and then stands in the story', async () => {
  await using server = await openTestServer()
  await putItems(server)
  const item = await addParked(server.installation.db, 'ZD-2026-000118')
  const administrator = await server.as('administrator', 'noord')
  const told = await administrator.ask(ItemStory, `${ITEMS}/${item}`)
  expect(told).toMatchObject({
    reference: 'ZD-2026-000118',
    botVersion: '0.1.0+made-up',
    fields: [
      { title: { nl: 'Verwijsnummer', en: 'Referral number' } },
      { title: { nl: 'Specialisme', en: 'Specialism' } },
    ],
  })
  expect(JSON.stringify(told)).not.toContain(SECRET_SPECIALTY)
  expect(await accesses(server, 'reveal')).toEqual([])
  const data = await administrator.ask(ItemData, `${ITEMS}/${item}/reveal`, { method: 'POST' })
  expect(data.fields).toContainEqual({
    name: 'specialty',
    title: { nl: 'Specialisme', en: 'Specialism' },
    value: SECRET_SPECIALTY,
  })
  expect(await accesses(server, 'reveal')).toEqual([item])
  const { looks } = await administrator.ask(ItemStory, `${ITEMS}/${item}`)
  expect(looks.map(({ kind, action }) => [kind, action])).toEqual([
    ['person', 'reveal'],
    ['person', 'read'],
    ['robot', 'read'],
  ])
})

test('evidence is sealed at rest, and shown to who asks for it by a call that is logged', async () => {
  await using server = await openTestServer()
  await putItems(server)
  const item = await addParked(server.installation.db, 'ZD-1')
  const other = await addParked(server.installation.db, 'ZD-2')
  const evidence = await addEvidence(server, item, 'a picture of a patient')
  const stored = await server.installation.db
    .selectFrom('evidence')
    .select('sealed')
    .executeTakeFirstOrThrow()
  expect(stored.sealed.toString('latin1')).not.toContain('patient')
  const administrator = await server.as('administrator', 'noord')
  const shown = await administrator.fetch(`${ITEMS}/${item}/evidence/${evidence}`, { method: 'POST' })
  expect(await shown.text()).toBe('a picture of a patient')
  expect(await accesses(server, 'reveal')).toEqual([String(evidence)])
  const elsewhere = await administrator.fetch(`${ITEMS}/${other}/evidence/${evidence}`, { method: 'POST' })
  expect(elsewhere.status).toBe(404)
})

test('an auditor sees that items are there, never whose they are', async () => {
  await using server = await openTestServer()
  await putItems(server)
  const item = await addParked(server.installation.db, 'ZD-2026-000118')
  const auditor = await server.as('auditor', 'noord')
  expect(await auditor.ask(ItemStory, `${ITEMS}/${item}`)).toMatchObject({ reference: null, state: 'parked' })
  for (const path of [
    `${ITEMS}/${item}/reveal`,
    `${ITEMS}/${item}/evidence/1`,
    `${ITEMS}/export`,
    `${ITEMS}/bulk`,
  ])
    expect((await auditor.fetch(path, { method: 'POST', body: {} })).status).toBe(403)
})

test('another hospital’s item is not there', async () => {
  await using server = await openTestServer()
  await putItems(server)
  const item = await addParked(server.installation.db, 'ZD-1')
  const zuid = await server.as('administrator', 'zuid')
  for (const [path, method] of [
    [`/api/hospitals/zuid/items/${item}`, 'GET'],
    [`/api/hospitals/zuid/items/${item}/reveal`, 'POST'],
    [`/api/hospitals/zuid/worklist/${item}/open`, 'POST'],
    [`/api/hospitals/zuid/worklist/${item}/take`, 'POST'],
  ] as const)
    expect((await zuid.fetch(path, { method })).ok, path).toBe(false)
  expect((await zuid.fetch(`${ITEMS}/${item}`)).status).toBe(403)
  expect(await server.installation.db.selectFrom('item_taken').selectAll().execute()).toEqual([])
})
