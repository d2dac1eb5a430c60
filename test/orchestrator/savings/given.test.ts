import { expect, test } from 'vitest'
import { givenElsewhere, givenHere, noteGiven } from '../../../orchestrator/savings/given.ts'
import { putDeployment, putHospital } from '../../../orchestrator/ledger/setup.ts'
import { openBench, PLAIN_DEPLOYMENT, type Bench } from '../work/bench.ts'

const TODAY = '2026-11-21'

/** A hospital where the robot did so many items this month, each worth ten minutes. */
async function didItems(bench: Bench, hospital: string, items: number) {
  await putHospital(bench.db, { id: hospital, name: hospital, norms: [] })
  const baseline = { minutes: 10, method: 'estimate' as const, measuredBy: 'ada', measuredOn: '2026-01-05' }
  const dates = { validFrom: '2026-01-05', remeasureOn: '2027-01-05' }
  const id = `${hospital}-works`
  const baselines = [{ ...baseline, ...dates, variant: 'plain' }]
  await putDeployment(bench.db, { ...PLAIN_DEPLOYMENT, id, hospital, baselines })
  const counts = { deployment: id, day: '2026-11-02', variant: 'plain', outcome: 'done', human_seconds: 0 }
  await bench.db
    .insertInto('day_count')
    .values({ ...counts, items, counting: items, shares: String(items) })
    .execute()
}

test('the catalogue tells what a robot gave, here and elsewhere, and nothing of where it did fewer than five', async () => {
  await using bench = await openBench()
  await didItems(bench, 'noord', 12)
  await didItems(bench, 'zuid', 6)
  await didItems(bench, 'west', 4)
  expect(await noteGiven(bench.db, TODAY)).toBe(true)
  expect(await givenHere(bench.db, 'noord', TODAY, true)).toEqual(
    new Map([['test-bot', { items: 12, netHours: 2 }]]),
  )
  expect(await givenHere(bench.db, 'west', TODAY, true)).toEqual(new Map())
  expect((await givenElsewhere(bench.db, 'noord')).get('test-bot')).toEqual({
    items: 6,
    netHours: 1,
    hospitals: 1,
  })
  expect((await givenElsewhere(bench.db, 'west')).get('test-bot')).toEqual({
    items: 18,
    netHours: 3,
    hospitals: 2,
  })
})

test('who sees counts only is told nothing of a robot of which the report withholds it, here and elsewhere', async () => {
  await using bench = await openBench()
  await didItems(bench, 'noord', 12)
  // Done without a baseline: with the hours told, the catalogue would tell how many.
  const counts = { deployment: 'noord-works', day: '2026-11-03', variant: 'other', outcome: 'done' }
  await bench.db
    .insertInto('day_count')
    .values({ ...counts, human_seconds: 0, items: 3, counting: 3, shares: '3' })
    .execute()
  expect(await givenHere(bench.db, 'noord', TODAY, true)).toEqual(
    new Map([['test-bot', { items: 15, netHours: 2 }]]),
  )
  expect(await givenHere(bench.db, 'noord', TODAY, false)).toEqual(new Map())
  await noteGiven(bench.db, TODAY)
  expect(await givenElsewhere(bench.db, 'west')).toEqual(new Map())
})

test('it is worked out once a day', async () => {
  await using bench = await openBench()
  await didItems(bench, 'zuid', 6)
  expect(await noteGiven(bench.db, TODAY)).toBe(true)
  await didItems(bench, 'noord', 8)
  expect(await noteGiven(bench.db, TODAY)).toBe(false)
  expect((await givenElsewhere(bench.db, 'west')).get('test-bot')?.hospitals).toBe(1)
  expect(await noteGiven(bench.db, '2026-11-22')).toBe(true)
  expect((await givenElsewhere(bench.db, 'west')).get('test-bot')?.hospitals).toBe(2)
})
