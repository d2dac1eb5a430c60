import { expect, test } from 'vitest'
import { Done } from '../../../../dashboards/server/door/account-schemas.ts'
import { BulkDone, BulkPreview } from '../../../../dashboards/server/items/bulk-schemas.ts'
import {
  Colleagues,
  Handled,
  Measured,
  OpenItem,
  Worklist,
} from '../../../../dashboards/server/items/worklist-schemas.ts'
import { makeApiToken } from '../../../../orchestrator/ledger/api-tokens.ts'
import { armedAct } from '../../../orchestrator/ledger/parked-item.ts'
import { openTestServer } from '../open-server.ts'
import { clientOf, type TestClient } from '../test-client.ts'
import { addArmed, addItem, addParked, putItems } from './practice-items.ts'

const NOORD = '/api/hospitals/noord'
const post = (client: TestClient, path: string, body: unknown = {}) =>
  client.fetch(`${NOORD}/${path}`, { method: 'POST', body })

async function openWorklist() {
  const stack = new AsyncDisposableStack()
  const server = stack.use(await openTestServer())
  await putItems(server)
  const ada = await server.as('administrator', 'noord')
  const bob = await server.as(['administrator', 'it'], 'noord')
  const { db } = server.installation
  return { server, db, ada, bob, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

test('an item is opened, corrected with a draft in between, and given back; the bell rings for it', async () => {
  await using at = await openWorklist()
  const item = await addParked(at.db, 'ZD-1')
  const opened = await at.ada.ask(OpenItem, `${NOORD}/worklist/${item}/open`, { method: 'POST' })
  expect(opened).toMatchObject({ data: { referralNumber: 'ZD-1' }, draft: null, measured: { seconds: 0 } })
  const draft = { referralNumber: 'ZD-1', specialty: 'Cardio' }
  await at.ada.ask(Measured, `${NOORD}/worklist/${item}/beat`, {
    method: 'POST',
    body: { active: true, draft },
  })
  const again = await at.ada.ask(OpenItem, `${NOORD}/worklist/${item}/open`, { method: 'POST' })
  expect(again.draft).toEqual(draft)
  const data = { referralNumber: 'ZD-1', specialty: 'Cardiologie' }
  const end = await at.ada.ask(Handled, `${NOORD}/worklist/${item}/give-back`, {
    method: 'POST',
    body: { data },
  })
  expect(end).toMatchObject({ state: 'queued' })
  expect(await at.db.selectFrom('item').select(['state', 'data']).executeTakeFirst()).toEqual({
    state: 'queued',
    data,
  })
  expect(await at.server.installation.doorbell.counts()).toMatchObject({ waiting: 1 })
})

test('two people: the other is told who has it, may be assigned it, and then the first is told', async () => {
  await using at = await openWorklist()
  const item = await addParked(at.db, 'ZD-1')
  await post(at.ada, `worklist/${item}/open`)
  const refused = await post(at.bob, `worklist/${item}/open`)
  expect(await refused.json()).toMatchObject({
    error: { code: 'in-hand', sentence: expect.stringContaining('administrator.noord') },
  })
  const { account, items } = await at.bob.ask(Worklist, `${NOORD}/worklist`)
  expect(items).toMatchObject([{ id: item, takenBy: 'administrator.noord', reference: '…1' }])
  const colleagues = await at.bob.ask(Colleagues, `${NOORD}/worklist/colleagues`)
  expect(colleagues.map((one) => one.account)).toContain(account)
  await at.bob.ask(Done, `${NOORD}/worklist/${item}/assign`, { method: 'POST', body: { account } })
  const late = await post(at.ada, `worklist/${item}/beat`, { active: true, draft: {} })
  expect(await late.json()).toMatchObject({ error: { code: 'in-hand' } })
  expect((await post(at.bob, `worklist/${item}/open`)).status).toBe(200)
  expect((await post(at.bob, `worklist/${item}/assign`, { account: 'auditor.noord' })).status).toBe(400)
})

test('done by hand needs a variant of the robot and a reference; another case is no correction', async () => {
  await using at = await openWorklist()
  const item = await addParked(at.db, 'ZD-1')
  await post(at.ada, `worklist/${item}/open`)
  const wrong = await post(at.ada, `worklist/${item}/done`, { variant: 'made-up', reference: 'E-1' })
  expect(await wrong.json()).toMatchObject({ error: { field: 'variant' } })
  const other = await post(at.ada, `worklist/${item}/give-back`, { data: { referralNumber: 'ZD-2' } })
  expect(await other.json()).toMatchObject({ error: { code: 'another-case' } })
  const field = await post(at.ada, `worklist/${item}/give-back`, { data: { referralNumber: 'Jan Geheim' } })
  const text = await field.text()
  expect(text).toContain('referralNumber')
  expect(text).not.toContain('Geheim')
  await post(at.ada, `worklist/${item}/by-hand`, { chosen: true })
  const done = await post(at.ada, `worklist/${item}/done`, { variant: 'new-patient', reference: 'E-1' })
  expect(await done.json()).toMatchObject({ state: 'done' })
})

test('an unsure press: the robot gets it back only after somebody looked', async () => {
  await using at = await openWorklist()
  const item = await addParked(at.db, 'ZD-1', { kind: 'unsure' })
  await armedAct(at.db, item)
  await post(at.ada, `worklist/${item}/open`)
  const data = { referralNumber: 'ZD-1' }
  const blind = await post(at.ada, `worklist/${item}/give-back`, { data })
  expect(await blind.json()).toMatchObject({ error: { code: 'look-first' } })
  const looked = { stands: true, reference: 'EPD-9' }
  expect((await post(at.ada, `worklist/${item}/give-back`, { data, looked })).status).toBe(200)
  expect(await at.db.selectFrom('act').select(['state', 'how', 'reference']).executeTakeFirst()).toEqual({
    ...{ state: 'done', how: 'reconciled', reference: 'EPD-9' },
  })
})

test('an unsure press: cancelled only after somebody looked and it does not stand there', async () => {
  await using at = await openWorklist()
  const item = await addParked(at.db, 'ZD-1', { kind: 'unsure' })
  await armedAct(at.db, item)
  await post(at.ada, `worklist/${item}/open`)
  const cancel = (more: object) => post(at.ada, `worklist/${item}/cancel`, { reason: 'Verzet.', ...more })
  expect(await (await cancel({})).json()).toMatchObject({ error: { code: 'look-first' } })
  const there = await cancel({ looked: { stands: true, reference: 'EPD-9' } })
  expect(await there.json()).toMatchObject({ error: { field: 'looked.stands' } })
  const state = () => at.db.selectFrom('item').select('state').where('id', '=', item).executeTakeFirst()
  expect(await state()).toEqual({ state: 'parked' })
  expect((await cancel({ looked: { stands: false } })).status).toBe(200)
  expect(await state()).toEqual({ state: 'cancelled' })
  expect(await at.db.selectFrom('act').select('state').executeTakeFirst()).toEqual({ state: 'void' })
})

test('bulk: what a preview says is what happens, and nothing that may have been pressed is touched', async () => {
  await using at = await openWorklist()
  const [parked, armed] = [await addParked(at.db, 'ZD-1'), await addArmed(at.db, 'ZD-2')]
  await addItem(at.db, 'ZD-3')
  const body = { handling: 'cancel', search: {}, reason: 'Sent twice.' }
  const preview = await at.ada.ask(BulkPreview, `${NOORD}/items/bulk`, { method: 'POST', body })
  expect(preview.items.map(({ state, refused }) => [state, refused])).toEqual([
    ['queued', null],
    ['armed', 'unsure'],
    ['parked', null],
  ])
  expect((await post(at.bob, `items/bulk/${preview.id}`)).status).toBe(400)
  await post(at.bob, `worklist/${parked}/take`)
  const done = await at.ada.ask(BulkDone, `${NOORD}/items/bulk/${preview.id}`, { method: 'POST' })
  expect(done).toMatchObject({ left: [parked] })
  expect(done.changed).toHaveLength(1)
  const row = await at.db.selectFrom('item').select('state').where('id', '=', armed).executeTakeFirst()
  expect(row).toEqual({ state: 'armed' })
  const both = await post(at.ada, 'items/bulk', { ...body, items: [parked] })
  expect(await both.json()).toMatchObject({ error: { field: 'items' } })
})

test('a machine’s token may read the worklist, and works on nothing: nobody’s time would be measured', async () => {
  await using at = await openWorklist()
  const item = await addParked(at.db, 'ZD-1')
  const asked = {
    hospital: 'noord',
    name: 'Rapportage',
    role: 'administrator' as const,
    madeBy: 'test',
    days: 1,
  }
  const { token } = await makeApiToken(at.server.doorDb, asked)
  const machine = clientOf(at.server.address, { authorization: `Bearer ${token}` })
  expect((await machine.fetch(`${NOORD}/worklist`)).status).toBe(200)
  for (const act of ['take', 'open', 'release'])
    expect((await post(machine, `worklist/${item}/${act}`)).status).toBe(403)
  expect((await at.server.nobody.fetch(`${NOORD}/worklist`)).status).toBe(401)
})

test('an item that later ones of its patient wait for says so, and a person may let them pass', async () => {
  await using at = await openWorklist()
  const item = await addParked(at.db, 'ZD-1')
  const later = await addItem(at.db, 'ZD-2')
  await at.db.updateTable('item').set({ ordered: true }).execute()
  const key = Buffer.alloc(32)
  for (const [place, each] of [item, later].entries())
    await at.db.insertInto('item_order').values({ hospital: 'noord', key, place, item: each }).execute()
  const waiting = async () => (await at.ada.ask(Worklist, `${NOORD}/worklist`)).items
  expect(await waiting()).toMatchObject([{ id: item, holds: 1 }])
  await at.ada.ask(Done, `${NOORD}/worklist/${item}/let-pass`, { method: 'POST' })
  expect(await waiting()).toMatchObject([{ id: item, holds: 0 }])
  expect(await at.server.installation.doorbell.counts()).toMatchObject({ waiting: 1 })
})
