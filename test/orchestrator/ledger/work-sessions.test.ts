import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { decide } from '../../../orchestrator/ledger/handling.ts'
import { releaseItem, takeItem } from '../../../orchestrator/ledger/taking.ts'
import {
  chooseByHand,
  differingSessions,
  measured,
  openSession,
} from '../../../orchestrator/ledger/work-sessions.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { openBench, type Bench } from '../work/bench.ts'
import { parkedItem } from './parked-item.ts'
import { AROUND_NOW } from '../../around-now.ts'

const ADA = 'ada'
const CORRECTED = { reference: 'R-1', caseReference: 'R-1', data: { reference: 'R-1', value: 'two' } }

/** An item in hand of which a person was seen at work this many seconds ago. */
async function workedOn(bench: Bench, secondsAgo: readonly number[]) {
  const item = await parkedItem(bench, 'R-1')
  await takeItem(bench.db, { item, account: ADA })
  const { session } = await openSession(bench.db, { item, account: ADA })
  await bench.db.deleteFrom('work_beat').execute()
  for (const seconds of secondsAgo)
    await sql`INSERT INTO work_beat (session, hospital, at)
      VALUES (${session}, 'oost', clock_timestamp() - ${seconds} * interval '1 second')`.execute(bench.db)
  return { item, account: ADA }
}

async function humanSeconds(bench: Bench, outcome = 'worklist'): Promise<number> {
  const { rows } = await sql<{ seconds: number }>`
    SELECT coalesce(sum(human_seconds), 0)::int AS seconds FROM day_count WHERE outcome = ${outcome}`.execute(
    bench.db,
  )
  return rows[0]?.seconds ?? -1
}

test.each([
  ['all of it', [300, 280, 250], 50],
  ['a minute at most of a longer wait', [4000, 3970, 370, 340], 120],
  ['nothing of one moment', [10], 0],
])('measures %s', async (_, secondsAgo, seconds) => {
  await using bench = await openBench()
  const work = await workedOn(bench, secondsAgo)
  expect(await measured(bench.db, work)).toMatchObject({ seconds })
})

test('given back: everything counts until then, in the event, in the day and in a recount', async () => {
  await using bench = await openBench()
  const work = await workedOn(bench, [100, 70, 40])
  await decide(bench.db, work, { to: 'give-back', corrected: CORRECTED })
  const counted = await humanSeconds(bench)
  expect(counted).toBeGreaterThanOrEqual(100)
  expect(counted).toBeLessThan(115)
  expect(await recount(bench.db, AROUND_NOW)).toEqual([])
  expect(await differingSessions(bench.db, AROUND_NOW)).toEqual([])
})

test('a session that was written otherwise than it was measured is found', async () => {
  await using bench = await openBench()
  const work = await workedOn(bench, [100, 70])
  await releaseItem(bench.db, work)
  expect(await differingSessions(bench.db, AROUND_NOW)).toEqual([])
  expect(await recount(bench.db, AROUND_NOW)).toEqual([])
  await sql`DELETE FROM work_beat WHERE at < clock_timestamp() - interval '90 seconds'`.execute(bench.db)
  expect(await differingSessions(bench.db, AROUND_NOW)).toMatchObject([
    { item: work.item, told: 30, measured: 0 },
  ])
})

test('by hand: only until the person chooses to', async () => {
  await using bench = await openBench()
  const work = await workedOn(bench, [500, 470])
  await sql`UPDATE work_session SET by_hand_at = clock_timestamp() - interval '440 seconds'`.execute(bench.db)
  await openSession(bench.db, work)
  await decide(bench.db, work, { to: 'done', variant: 'plain', reference: 'E-1' })
  expect(await humanSeconds(bench)).toBe(30)
  expect(await recount(bench.db, AROUND_NOW)).toEqual([])
})

test('who chose to do it by hand and gives it back after all counts again from then on', async () => {
  await using bench = await openBench()
  const work = await workedOn(bench, [500, 470])
  await chooseByHand(bench.db, work, true)
  expect(await measured(bench.db, work)).toMatchObject({ seconds: 90 })
  await chooseByHand(bench.db, work, false)
  expect(await measured(bench.db, work)).toMatchObject({ byHandAt: null })
})

test('what each of two people spent on an item counts', async () => {
  await using bench = await openBench()
  const work = await workedOn(bench, [100, 70])
  await releaseItem(bench.db, work)
  await takeItem(bench.db, { item: work.item, account: 'bob' })
  await openSession(bench.db, { item: work.item, account: 'bob' })
  await decide(bench.db, { item: work.item, account: 'bob' }, { to: 'cancel', reason: 'Sent twice.' })
  expect(await humanSeconds(bench)).toBeGreaterThanOrEqual(30)
  expect(await recount(bench.db, AROUND_NOW)).toEqual([])
  expect(await bench.db.selectFrom('work_session').selectAll().execute()).toHaveLength(2)
})

test('a decision that cannot be carried out leaves all as it was', async () => {
  await using bench = await openBench()
  const work = await workedOn(bench, [100, 70])
  await bench.addItem('R-2')
  const taken = { reference: 'R-2', caseReference: 'R-2', data: { reference: 'R-2', value: 'x' } }
  await expect(decide(bench.db, work, { to: 'give-back', corrected: taken })).rejects.toThrow(
    'Another item is the case',
  )
  expect(await humanSeconds(bench)).toBe(0)
  expect(await measured(bench.db, work)).toMatchObject({ seconds: 30 })
  expect(await bench.row(work.item)).toMatchObject({ state: 'parked' })
})
