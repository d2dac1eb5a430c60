import { expect, test } from 'vitest'
import { previewBulk, type BulkPlan } from '../../../orchestrator/ledger/bulk.ts'
import { carryOutBulk } from '../../../orchestrator/ledger/carry-out-bulk.ts'
import { finishItem } from '../../../orchestrator/ledger/finish.ts'
import { queueAgain } from '../../../orchestrator/ledger/items.ts'
import { takeItem } from '../../../orchestrator/ledger/taking.ts'
import type { ItemState } from '../../../orchestrator/ledger/tables.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { openBench, registering, WORKER, type Bench } from '../work/bench.ts'
import { startTarget } from '../work/target.ts'
import { armedAct, parkedItem } from './parked-item.ts'
import { AROUND_NOW } from '../../around-now.ts'

const BY = { hospital: 'oost', account: 'ada' }
const plan = (handling: BulkPlan['handling'], ...items: string[]): BulkPlan => ({
  ...BY,
  handling,
  items,
  reason: 'The portal was away.',
})

async function inState(bench: Bench, state: ItemState): Promise<string> {
  if (state === 'parked') return await parkedItem(bench, 'R-1')
  const item = await bench.addItem('R-1')
  if (state === 'done') {
    const { fence } = await bench.claim(item)
    const ended = { variant: 'plain', outcome: 'done', share: 1, lastAct: undefined, followUps: [] } as const
    await finishItem(bench.db, { item, fence, worker: WORKER }, ended, [])
    return item
  }
  await bench.db.updateTable('item').set({ state }).where('id', '=', item).execute()
  return item
}

test.each([
  ['retry', 'queued', null],
  ['retry', 'parked', null],
  ['retry', 'claimed', 'being-done'],
  ['retry', 'armed', 'unsure'],
  ['retry', 'unsure', 'unsure'],
  ['retry', 'done', 'finished'],
  ['retry', 'cancelled', 'cancelled'],
  ['park', 'queued', null],
  ['park', 'parked', 'parked-already'],
  ['park', 'armed', 'unsure'],
  ['cancel', 'queued', null],
  ['cancel', 'parked', null],
  ['cancel', 'claimed', 'being-done'],
  ['cancel', 'armed', 'unsure'],
  ['cancel', 'unsure', 'unsure'],
] as const)('%s of an item that is %s: %s', async (handling, state, refused) => {
  await using bench = await openBench()
  const item = await inState(bench, state)
  const { id, items } = await previewBulk(bench.db, plan(handling, item))
  expect(items).toMatchObject([{ item, state, refused }])
  const done = await carryOutBulk(bench.db, { ...BY, id })
  expect(done.changed).toEqual(refused === null ? [item] : [])
  if (refused !== null) expect(await bench.row(item)).toMatchObject({ state })
  expect(await recount(bench.db, AROUND_NOW)).toEqual([])
})

test.each(['retry', 'cancel'] as const)(
  '%s never touches what may have been pressed, also when it is parked for that',
  async (handling) => {
    await using bench = await openBench()
    const asUnsure = await parkedItem(bench, 'R-1', 'unsure')
    const asTechnical = await parkedItem(bench, 'R-2', 'technical')
    await armedAct(bench.db, asTechnical)
    const { id, items } = await previewBulk(bench.db, plan(handling, asUnsure, asTechnical))
    expect(items.map(({ refused }) => refused)).toEqual(['unsure', 'unsure'])
    expect(await carryOutBulk(bench.db, { ...BY, id })).toMatchObject({ changed: [], left: [] })
  },
)

test.each([
  ['with the fence of the preview, it is left to the worker’s history', true, []],
  ['without it, the bulk overtakes an attempt that nobody saw in the preview', false, ['R-1']],
])('an item that was done once more between preview and carrying out: %s', async (_, guarded, changed) => {
  await using bench = await openBench()
  const item = await bench.addItem('R-1')
  const { id } = await previewBulk(bench.db, plan('cancel', item))
  const { fence } = await bench.claim(item)
  const why = { delaySeconds: 60, code: 'away', sentence: 'The portal is away.' }
  await queueAgain(bench.db, { item, fence, worker: WORKER }, why, [])
  if (!guarded) await bench.db.updateTable('bulk_item').set({ fence }).execute()
  const result = await carryOutBulk(bench.db, { ...BY, id })
  expect(result.changed).toHaveLength(changed.length)
  expect(result.left).toHaveLength(1 - changed.length)
  expect(await bench.row(item)).toMatchObject({ state: guarded ? 'queued' : 'cancelled' })
})

test('a press that became unsure after the preview is left, even where its fence is the same', async () => {
  await using bench = await openBench()
  const item = await parkedItem(bench, 'R-1')
  const { id } = await previewBulk(bench.db, plan('retry', item))
  await armedAct(bench.db, item)
  expect(await carryOutBulk(bench.db, { ...BY, id })).toMatchObject({ changed: [], left: [item] })
})

test('what a colleague took meanwhile is left', async () => {
  await using bench = await openBench()
  const [free, taken] = [await parkedItem(bench, 'R-1'), await parkedItem(bench, 'R-2')]
  const { id } = await previewBulk(bench.db, plan('retry', free, taken))
  await takeItem(bench.db, { item: taken, account: 'bob' })
  expect(await carryOutBulk(bench.db, { ...BY, id })).toMatchObject({ changed: [free], left: [taken] })
})

test('it is carried out once, by who made it, and another hospital’s items are not in it', async () => {
  await using bench = await openBench()
  const item = await parkedItem(bench, 'R-1')
  const elsewhere = await previewBulk(bench.db, { ...plan('retry', item), hospital: 'west' }).catch(() => ({
    items: [],
  }))
  expect(elsewhere.items).toEqual([])
  const { id } = await previewBulk(bench.db, plan('retry', item))
  await expect(carryOutBulk(bench.db, { ...BY, account: 'bob', id })).rejects.toThrow('make it anew')
  await carryOutBulk(bench.db, { ...BY, id })
  await expect(carryOutBulk(bench.db, { ...BY, id })).rejects.toThrow('make it anew')
})

test('what was retried is done by the robot, once', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await parkedItem(bench, 'R-1')
  const { id } = await previewBulk(bench.db, plan('retry', item))
  await carryOutBulk(bench.db, { ...BY, id })
  expect(await bench.go(registering(target), item)).toBe('done')
  expect(target.entries).toHaveLength(1)
})

test('the same version only: an item that another version did is refused', async () => {
  await using bench = await openBench()
  const item = await parkedItem(bench, 'R-1')
  await bench.db.updateTable('item').set({ bot_version: '1.0+aaa' }).execute()
  const same = (version: string) =>
    previewBulk(bench.db, { ...plan('retry', item), onlyVersions: new Map([['test-bot', version]]) })
  expect((await same('1.0+bbb')).items).toMatchObject([{ refused: 'other-version' }])
  expect((await same('1.0+aaa')).items).toMatchObject([{ refused: null }])
})
