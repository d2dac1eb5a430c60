import { expect, test } from 'vitest'
import { openBench, refuseToStop, registering } from './bench.ts'
import { startTarget } from './target.ts'

/** The search before the press is the first request: `none` lets it through. */
test('a press that failed but was applied is found and credited once', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  target.next.push('none', 'applied-but-failed')
  const bot = registering(target)
  expect(await bench.go(bot, item)).toBe('unsure')
  expect(await bench.go(bot, item)).toBe('done')
  expect(target.entries).toHaveLength(1)
  expect(await bench.db.selectFrom('credit').selectAll().execute()).toHaveLength(1)
  const act = await bench.db.selectFrom('act').selectAll().executeTakeFirstOrThrow()
  expect(act).toMatchObject({ state: 'done', how: 'reconciled' })
})

test('a press that was not applied is queued after two looks, and then pressed', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  target.next.push('none', 'not-applied')
  const bot = registering(target)
  expect(await bench.go(bot, item)).toBe('unsure')
  expect(await bench.go(bot, item)).toBe('queued')
  expect(target.entries).toHaveLength(0)
  expect(await bench.go(bot, item)).toBe('done')
  expect(target.entries).toHaveLength(1)
})

test('a press applied between the two looks is found by the second', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const id = await bench.addItem('R-1')
  target.next.push('none', 'later')
  const bot = registering(target)
  await bench.go(bot, id)
  const clock = { wait: () => Promise.resolve(target.applyLate()) }
  expect(await bench.run(bot, await bench.claim(id), { clock })).toBe('done')
  expect(target.entries).toHaveLength(1)
})

test('the quiet period keeps everybody away from an unsure item', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.claim(await bench.addItem('R-1'))
  target.next.push('none', 'later')
  await bench.run(registering(target), item, { timing: { quietSeconds: 120 } })
  await expect(bench.claim(item.id)).rejects.toThrow('could not be claimed')
})

test('an act that cannot be looked up is asked of a person; one that is repeatable is done again', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const blind = registering(target, {}, ['find'])
  const item = await bench.addItem('R-1')
  target.next.push('not-applied')
  await bench.go(blind, item)
  expect(await bench.go(blind, item)).toBe('parked')
  expect(await bench.row(item)).toMatchObject({ parked_kind: 'unsure', code: 'cannot-look' })
  const repeatable = registering(target, { repeatable: true }, ['find'])
  const again = await bench.addItem('R-2')
  target.next.push('not-applied')
  await bench.go(repeatable, again)
  expect(await bench.go(repeatable, again)).toBe('queued')
  expect(await bench.go(repeatable, again)).toBe('done')
})

test('a target that shows it twice parks the item and stops the deployment', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  target.next.push('none', 'applied-but-failed')
  const bot = registering(target)
  await bench.go(bot, item)
  target.entries.push(...target.entries)
  expect(await bench.go(bot, item)).toBe('parked')
  expect(await bench.row(item)).toMatchObject({ parked_kind: 'unsure', code: 'contradicted' })
  const { stopped_at } = await bench.db
    .selectFrom('deployment')
    .select('stopped_at')
    .executeTakeFirstOrThrow()
  expect(stopped_at).not.toBeNull()
})

test('an item that contradicts its target and whose deployment cannot be stopped is looked up again', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  target.next.push('none', 'applied-but-failed')
  const bot = registering(target)
  await bench.go(bot, item)
  target.entries.push(...target.entries)
  const allow = await refuseToStop(bench)
  await expect(bench.go(bot, item)).rejects.toThrow('refused')
  expect((await bench.row(item)).state).toBe('unsure')
  await allow()
  // As it is once the lease of that look is over.
  await bench.db
    .updateTable('item')
    .set({ lease_until: new Date(0) })
    .execute()
  expect(await bench.go(bot, item)).toBe('parked')
  const { stopped_at } = await bench.db
    .selectFrom('deployment')
    .select('stopped_at')
    .executeTakeFirstOrThrow()
  expect(stopped_at).not.toBeNull()
})

test('when the target cannot be searched the item stays unsure and is looked up again', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  target.next.push('none', 'applied-but-failed', 'search-fails')
  const bot = registering(target)
  await bench.go(bot, item)
  expect(await bench.go(bot, item)).toBe('unsure')
  expect(await bench.go(bot, item)).toBe('done')
  expect(target.entries).toHaveLength(1)
})

test('a look that did not find out counts, one that broke off with its worker does not', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  target.next.push('none', 'applied-but-failed', 'search-fails')
  const bot = registering(target)
  await bench.go(bot, item)
  await bench.go(bot, item)
  expect((await bench.row(item)).looks).toBe(1)
  await bench.claim(item)
  await bench.db
    .updateTable('item')
    .set({ lease_until: new Date(0) })
    .execute()
  expect((await bench.claim(item)).looks).toBe(1)
})
