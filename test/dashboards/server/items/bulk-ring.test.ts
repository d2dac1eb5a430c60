import { expect, test } from 'vitest'
import { BulkDone, BulkPreview } from '../../../../dashboards/server/items/bulk-schemas.ts'
import { openTestServer } from '../open-server.ts'
import { addItem, addParked, putItems } from './practice-items.ts'

const ITEMS = '/api/hospitals/noord/items'

test('what waited behind items that are cancelled together is rung for at once, and nothing else', async () => {
  await using server = await openTestServer()
  const { db, doorbell } = server.installation
  await putItems(server)
  const first = await addParked(db, 'ZD-1')
  const second = await addParked(db, 'ZD-2')
  const behind = await addItem(db, 'ZD-3')
  const held = await addItem(db, 'ZD-4')
  const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  const stands = (key: Buffer, place: number, item: string) => ({ hospital: 'noord', key, place, item })
  const rows = [stands(one, 1, first), stands(one, 2, behind), stands(two, 1, second), stands(two, 2, held)]
  await db.insertInto('item_order').values(rows).execute()
  await db.updateTable('item').set({ ordered: true }).execute()

  const administrator = await server.as('administrator', 'noord')
  const asked = { handling: 'cancel', items: [first], reason: 'Sent twice.' }
  const { id } = await administrator.ask(BulkPreview, `${ITEMS}/bulk`, { method: 'POST', body: asked })
  const before = await doorbell.counts()
  const done = await administrator.ask(BulkDone, `${ITEMS}/bulk/${id}`, { method: 'POST' })
  expect(done).toMatchObject({ changed: [first], left: [] })
  expect((await doorbell.counts()).waiting - before.waiting).toBe(1)
})
