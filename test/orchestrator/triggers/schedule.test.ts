import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { putDeployment } from '../../../orchestrator/ledger/setup.ts'
import { localDate, nextFiring } from '../../../orchestrator/triggers/calendar.ts'
import { dueFirings, fireSchedule } from '../../../orchestrator/triggers/schedule.ts'
import { openBench, type Bench, PLAIN_DEPLOYMENT } from '../work/bench.ts'

const ZONE = 'Europe/Amsterdam'
const at = (text: string) => new Date(text)

test.each([
  ['07:00 in winter', '0 7 * * *', '2026-01-10T12:00:00Z', '2026-01-11T06:00:00.000Z'],
  ['07:00 in summer', '0 7 * * *', '2026-07-10T12:00:00Z', '2026-07-11T05:00:00.000Z'],
  ['Friday to Monday', '0 7 * * 1-5', '2026-11-20T12:00:00Z', '2026-11-23T06:00:00.000Z'],
  [
    '02:30 that does not exist fires at 03:30',
    '30 2 * * *',
    '2026-03-28T12:00:00Z',
    '2026-03-29T01:30:00.000Z',
  ],
  ['02:30 that comes twice fires first', '30 2 * * *', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00.000Z'],
])('%s', (_what, cron, after, expected) => {
  expect(nextFiring(cron, ZONE, at(after)).toISOString()).toBe(expected)
})

test('a local day begins at midnight in Amsterdam', () => {
  expect(localDate(at('2026-06-30T21:59:59Z'), ZONE)).toBe('2026-06-30')
  expect(localDate(at('2026-06-30T22:00:00Z'), ZONE)).toBe('2026-07-01')
  expect(localDate(at('2026-12-31T23:00:00Z'), ZONE)).toBe('2027-01-01')
})

test('a schedule that cannot be read is refused with the field and an example', () => {
  expect(() => nextFiring('every morning', ZONE, new Date(0))).toThrow(
    /Field cron: .* such as "0 7 \* \* 1-5"/,
  )
})

const hourly = { cron: '0 * * * *', nextAt: at('2026-11-21T08:00:00Z') }

test.each([
  ['all', '2026-11-21T11:30:00Z', ['08', '09', '10', '11']],
  ['last', '2026-11-21T11:30:00Z', ['11']],
  ['none', '2026-11-21T11:30:00Z', []],
  ['none', '2026-11-21T11:00:20Z', ['11']],
  ['all', '2026-11-21T07:59:59Z', []],
] as const)('missed runs, policy %s at %s', (missed, now, hours) => {
  const { fire, nextAt } = dueFirings({ ...hourly, missed }, ZONE, at(now), 60)
  expect(fire.map((date) => date.toISOString().slice(11, 13))).toEqual(hours)
  expect(nextAt > at(now)).toBe(true)
})

async function withSchedule(bench: Bench) {
  await putDeployment(bench.db, {
    ...PLAIN_DEPLOYMENT,
    id: 'oost-test',
    triggers: [{ id: 'hourly', cron: '0 * * * *', missed: 'last' }],
  })
  await sql`UPDATE trigger SET next_at = date_trunc('hour', clock_timestamp())`.execute(bench.db)
}

test('two processes that fire the same schedule at the same moment make one run', async () => {
  await using bench = await openBench()
  await withSchedule(bench)
  const fired = await Promise.all([1, 2, 3].map(() => fireSchedule(bench.db, 'hourly', 3600)))
  expect(fired.flatMap((result) => result?.runs ?? [])).toHaveLength(1)
  expect(await bench.db.selectFrom('run').selectAll().execute()).toHaveLength(1)
})

test('a planned time fires once, also when the trigger is set back; without the planned time it would not', async () => {
  await using bench = await openBench()
  await withSchedule(bench)
  await fireSchedule(bench.db, 'hourly', 3600)
  await sql`UPDATE trigger SET next_at = date_trunc('hour', clock_timestamp())`.execute(bench.db)
  expect((await fireSchedule(bench.db, 'hourly', 3600))?.runs).toEqual([])
  await sql`UPDATE run SET planned_at = NULL`.execute(bench.db)
  await sql`UPDATE trigger SET next_at = date_trunc('hour', clock_timestamp())`.execute(bench.db)
  expect((await fireSchedule(bench.db, 'hourly', 3600))?.runs).toHaveLength(1)
})
