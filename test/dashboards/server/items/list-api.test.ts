import { expect, test } from 'vitest'
import { ListAccepted, ListCheck, ListColumns } from '../../../../dashboards/server/items/list-schemas.ts'
import { openTestServer, type TestServer } from '../open-server.ts'
import type { TestClient } from '../test-client.ts'
import { accesses, addItem, DEPLOYMENT, putItems } from './practice-items.ts'

const LISTS = `/api/hospitals/noord/lists/${DEPLOYMENT}`

function check(client: TestClient, text: string) {
  const form = new FormData()
  form.set('file', new Blob([text]), 'lijst.csv')
  return client.ask(ListCheck, LISTS, { method: 'POST', form })
}

const countItems = async ({ installation: { db } }: TestServer) =>
  (await db.selectFrom('item').select('id').execute()).length

test('a list is checked, accepted whole as a run of its own, once, and the bells ring', async () => {
  await using server = await openTestServer()
  await putItems(server)
  const client = await server.as('administrator', 'noord')
  expect((await client.ask(ListColumns, LISTS)).columns[0]).toMatchObject({
    title: { nl: 'Verwijsnummer', en: 'Referral number' },
    needed: true,
  })
  const checked = await check(client, 'Verwijsnummer;Specialisme\nZD-1;Cardiologie\nZD-2;\n')
  expect(checked).toMatchObject({ rows: 2, errors: [] })
  expect(await countItems(server)).toBe(0)
  const kept = await server.installation.db.selectFrom('item_list').select('sealed').executeTakeFirstOrThrow()
  expect(kept.sealed?.toString('latin1')).not.toContain('Cardiologie')
  const other = await server.as(['administrator', 'it'], 'noord')
  expect((await other.fetch(`${LISTS}/${checked.id}`, { method: 'POST' })).status).toBe(400)
  const { run, items } = await client.ask(ListAccepted, `${LISTS}/${checked.id}`, { method: 'POST' })
  expect(items).toBe(2)
  const { db, doorbell } = server.installation
  expect(await db.selectFrom('run').select(['id', 'kind', 'state', 'found', 'added']).execute()).toEqual([
    { id: run, kind: 'list', state: 'collected', found: 2, added: 2 },
  ])
  expect(await doorbell.counts()).toMatchObject({ waiting: 2 })
  expect((await client.fetch(`${LISTS}/${checked.id}`, { method: 'POST' })).status).toBe(400)
  expect(await countItems(server)).toBe(2)
})

test('with one row that is not right nothing can be accepted; a case that is there already is such a row', async () => {
  await using server = await openTestServer()
  await putItems(server)
  const there = await addItem(server.installation.db, 'ZD-2')
  const client = await server.as('administrator', 'noord')
  const { id, errors } = await check(client, 'Verwijsnummer\nZD-1\nZD-2\nnee nee\n')
  expect(id).toBeNull()
  expect(errors.map(({ row, code, column }) => [row, code, column?.nl])).toEqual([
    [3, 'row-known', undefined],
    [4, 'field-invalid', 'Verwijsnummer'],
  ])
  expect(await server.installation.db.selectFrom('item_list').selectAll().execute()).toEqual([])
  // Whoever offers a row learns that its patient is here.
  expect(await accesses(server, 'search')).toEqual([there])
})

test('a case that came in between checking and accepting leaves nothing half done', async () => {
  await using server = await openTestServer()
  await putItems(server)
  const client = await server.as('administrator', 'noord')
  const { id } = await check(client, 'Verwijsnummer\nZD-1\nZD-2\n')
  await addItem(server.installation.db, 'ZD-2')
  const refused = await client.fetch(`${LISTS}/${id}`, { method: 'POST' })
  expect(await refused.json()).toMatchObject({ error: { code: 'list-changed' } })
  expect(await countItems(server)).toBe(1)
  expect(await server.installation.db.selectFrom('run').selectAll().execute()).toEqual([])
})

test('no list without a file, for a deployment that is off, or at another hospital', async () => {
  await using server = await openTestServer()
  await putItems(server)
  const client = await server.as('administrator', 'noord')
  expect((await client.fetch(LISTS, { method: 'POST', form: new FormData() })).status).toBe(400)
  const zuid = await server.as('administrator', 'zuid')
  expect((await zuid.fetch(`/api/hospitals/zuid/lists/${DEPLOYMENT}`)).status).toBe(404)
  await server.installation.db.updateTable('deployment').set({ mode: 'off' }).execute()
  await expect(check(client, 'Verwijsnummer\nZD-1')).rejects.toThrow('deployment-off')
})
