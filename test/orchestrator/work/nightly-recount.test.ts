import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { releaseItem, takeItem } from '../../../orchestrator/ledger/taking.ts'
import { openSession } from '../../../orchestrator/ledger/work-sessions.ts'
import { readLastRecount } from '../../../orchestrator/savings/last-recount.ts'
import { recountNightly } from '../../../orchestrator/savings/nightly.ts'
import { dayAfter } from '../../../orchestrator/savings/period.ts'
import { parkedItem } from '../ledger/parked-item.ts'
import { openBench, registering, type Bench } from './bench.ts'
import { startTarget } from './target.ts'

async function todayOf(bench: Bench): Promise<string> {
  const { rows } = await sql<{
    day: string
  }>`SELECT (now() AT TIME ZONE 'Europe/Amsterdam')::date AS day`.execute(bench.db)
  return rows[0]?.day ?? ''
}

test('the credits are recounted once a day, and a difference raises an alarm', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const items = [await bench.addItem('R-1'), await bench.addItem('R-2')]
  for (const item of items) await bench.go(registering(target), item)
  const today = await todayOf(bench)
  expect(await readLastRecount(bench.db)).toBeNull()
  // And an earlier month in turn, unless the year has just begun.
  const periods = expect.arrayContaining([{ from: dayAfter(today, -31), to: today }])
  await recountNightly(bench.db, today)
  expect(await readLastRecount(bench.db)).toEqual({ day: today, periods, differences: 0 })
  await bench.db.updateTable('day_count').set({ items: 3, shares: '3' }).execute()
  await recountNightly(bench.db, today)
  expect(await bench.db.selectFrom('alarm').selectAll().execute()).toEqual([])
  await bench.db.deleteFrom('nightly_recount').execute()
  await recountNightly(bench.db, today)
  const alarms = await bench.db.selectFrom('alarm').selectAll().orderBy('id').execute()
  // The count is of both items, and neither disagrees by itself: the alarm names and leads to both.
  expect(alarms[0]).toMatchObject({ kind: 'recount-differs', deployment: 'oost-test', item: null })
  expect(alarms[0]?.items.toSorted()).toEqual(items.toSorted())
  for (const item of items) expect(alarms[0]?.sentence).toContain(item)
  const recounts = await bench.db.selectFrom('nightly_recount').select('differences').execute()
  expect(recounts).toEqual([{ differences: alarms.length }])
  // One that is under way, or that broke off, tells nothing yet.
  await bench.db.insertInto('nightly_recount').values({ day: '2999-01-01', differences: null }).execute()
  expect(await readLastRecount(bench.db)).toEqual({ day: today, periods, differences: alarms.length })
})

test('minutes of a person that were written otherwise than they were measured raise an alarm', async () => {
  await using bench = await openBench()
  const item = await parkedItem(bench, 'R-1')
  await takeItem(bench.db, { item, account: 'ada' })
  const { session } = await openSession(bench.db, { item, account: 'ada' })
  await sql`INSERT INTO work_beat (session, hospital, at)
    VALUES (${session}, 'oost', clock_timestamp() - interval '30 seconds')`.execute(bench.db)
  await releaseItem(bench.db, { item, account: 'ada' })
  const today = await todayOf(bench)
  const recountAgain = async () => {
    await bench.db.deleteFrom('nightly_recount').execute()
    await recountNightly(bench.db, today)
    const alarms = bench.db.selectFrom('alarm').select(['kind', 'deployment', 'hospital', 'item', 'sentence'])
    return await alarms.execute()
  }
  expect(await recountAgain()).toEqual([])
  await bench.db.deleteFrom('work_beat').execute()
  expect(await recountAgain()).toEqual([
    {
      ...{ kind: 'recount-differs', deployment: 'oost-test', hospital: 'oost', item },
      sentence: expect.stringMatching(
        `A person worked 0 seconds on item ${item}, and its history says (29|3\\d) seconds`,
      ),
    },
  ])
})

test('a credit that is not what happened raises an alarm that leads to its item', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const items = [await bench.addItem('R-1'), await bench.addItem('R-2')]
  for (const item of items) await bench.go(registering(target), item)
  const [wrong = ''] = items
  await bench.db.updateTable('credit').set({ share: '0.5' }).where('item', '=', wrong).execute()
  await recountNightly(bench.db, await todayOf(bench))
  const alarms = await bench.db.selectFrom('alarm').select(['kind', 'item', 'items']).execute()
  expect(alarms).toEqual([{ kind: 'recount-differs', item: wrong, items: [] }])
})
