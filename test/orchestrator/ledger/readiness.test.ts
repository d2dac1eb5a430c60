import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readUnready } from '../../../orchestrator/ledger/readiness.ts'
import { noteSweep } from '../../../orchestrator/ledger/sweeps.ts'
import { openBench, registering, type Bench } from '../work/bench.ts'
import { startTarget } from '../work/target.ts'
import { asOwner } from './as-owner.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
  await noteSweep(bench.db, 'one')
})
afterEach(() => bench[Symbol.asyncDispose]())

const unready = () => readUnready(bench.db, { workSeconds: 600, sweepSeconds: 30 })
const hoursAgo = (hours: number) => sql<Date>`clock_timestamp() - ${hours} * interval '1 hour'`

/** An item that is due for an hour. */
async function addLate(reference: string): Promise<string> {
  const item = await bench.addItem(reference)
  await bench.db
    .updateTable('item')
    .set({ due_at: hoursAgo(1) })
    .where('id', '=', item)
    .execute()
  return item
}

test('an installation with nothing to do is ready', async () => {
  expect(await unready()).toEqual([])
  await bench.addItem('just-now')
  expect(await unready()).toEqual([])
})

test('items are due for long and nothing is finished: not ready, until something is', async () => {
  await using target = await startTarget()
  await addLate('late')
  const other = await bench.addItem('other')
  expect(await unready()).toEqual(['work-stands-still'])
  await bench.go(registering(target), other)
  expect(await unready()).toEqual([])
  await asOwner(bench.url, "UPDATE event SET at = at - interval '1 hour'")
  expect(await unready()).toEqual(['work-stands-still'])
})

test.each([
  ['whose deployment is off', sql`UPDATE deployment SET mode = 'off'`],
  ['whose deployment was stopped', sql`UPDATE deployment SET stopped_at = now()`],
])('items %s may wait', async (_what, statement) => {
  await addLate('late')
  await statement.execute(bench.db)
  expect(await unready()).toEqual([])
})

test('a sweeper that stands still, or fails again and again', async () => {
  await bench.db
    .updateTable('sweep')
    .set({ at: hoursAgo(1) })
    .execute()
  expect(await unready()).toEqual(['sweeper-stands-still'])
  await noteSweep(bench.db, 'two')
  await noteSweep(bench.db, 'one', 'It failed.')
  expect(await unready()).toEqual(['sweeper-fails'])
  await noteSweep(bench.db, 'one')
  expect(await unready()).toEqual([])
  await bench.db.deleteFrom('sweep').execute()
  expect(await unready()).toEqual(['sweeper-stands-still'])
})

test('an access log that nobody chains', async () => {
  await bench.claim(await bench.addItem('one'))
  expect(await unready()).toEqual([])
  await bench.db
    .updateTable('access_unlinked')
    .set({ at: hoursAgo(1) })
    .execute()
  expect(await unready()).toEqual(['access-log-not-chained'])
})
