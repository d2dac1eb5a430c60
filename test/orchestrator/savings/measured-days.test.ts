import { afterAll, beforeAll, expect, test } from 'vitest'
import { addOneOff } from '../../../orchestrator/savings/one-off.ts'
import { dayAfter } from '../../../orchestrator/savings/period.ts'
import { newFigureMemory } from '../../../orchestrator/savings/read-figures.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { BY, putGoldenCase, type GoldenDeployment } from './golden-case.ts'
import { openTestLedger, type TestLedger } from './test-ledger.ts'

/** Four working weeks, Monday 2 to Friday 27 February 2026, and the day after. */
const WEEKS = { from: '2026-02-02', to: '2026-02-28', today: BY.today }
const DAYS = Array.from({ length: 27 }, (_, place) => dayAfter(WEEKS.from, place))
const isWeekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
let ledger: TestLedger

beforeAll(async () => {
  ledger = await openTestLedger()
})

afterAll(() => ledger[Symbol.asyncDispose]())

async function put(hospital: string): Promise<void> {
  const counts = DAYS.filter((day) => !isWeekend(day)).map((day): GoldenDeployment['counts'][number] => [
    day,
    'plain',
    'done',
    10,
    '10',
    0,
  ])
  await putGoldenCase(ledger.db, hospital, {
    ...{ name: hospital, period: [WEEKS.from, WEEKS.to], deployments: [{ counts }] },
    expected: { gross: 0, human: 0, netHours: 0, fte: 0, contractFte: 0, grade: null },
  })
}

const reportOf = async (hospital: string, memory = newFigureMemory()) => {
  const { hospitals } = await readSavings(ledger.db, { ...WEEKS, hospital }, memory)
  const [found] = hospitals
  const [deployment] = found?.deployments ?? []
  return { fte: found?.fte, deployment }
}

test('marking days on which nothing counted as a backlog leaves the FTE as it is', async () => {
  await put('weekends')
  const before = await reportOf('weekends')
  expect(before.fte).toBeCloseTo((20 * 365) / 27 / 1440, 10) // 200 × 6 min = 20 h over 27 days
  for (const day of DAYS.filter(isWeekend))
    await addOneOff(ledger.db, BY, { deployment: 'weekends-0', from: day, until: day, reason: 'weekend' })
  const after = await reportOf('weekends')
  expect(after.fte).toBe(before.fte)
  expect(after.deployment).toMatchObject({ measuredDays: 27, backlogDays: 0, firstDay: '2026-02-02' })
})

test('days whose items a backlog took are told, in a memory too', async () => {
  await put('cleared')
  const memory = newFigureMemory()
  expect((await reportOf('cleared', memory)).deployment).toMatchObject({ measuredDays: 27, backlogDays: 0 })
  const days = { from: '2026-02-05', until: '2026-02-09', reason: 'old work' } // Thursday to Monday
  await addOneOff(ledger.db, BY, { deployment: 'cleared-0', ...days })
  const { fte, deployment } = await reportOf('cleared', memory)
  expect(deployment).toMatchObject({ measuredDays: 24, backlogDays: 3, oneOff: { items: 30 } })
  expect(fte).toBeCloseTo((17 * 365) / 24 / 1440, 10)
})

test('a backlog does not end more than a year ahead: all work until then would leave the figures', async () => {
  await put('ahead')
  const mark = (until: string) =>
    addOneOff(ledger.db, BY, { deployment: 'ahead-0', from: '2026-11-01', until, reason: 'old work' })
  await expect(mark('2027-11-24')).rejects.toMatchObject({ code: 'day-to-come' })
  await expect(mark('9999-12-31')).rejects.toThrow('Field until')
  await expect(mark('2027-11-23')).resolves.toEqual(expect.any(Number))
})

test('upkeep on a marked day goes to the backlog as soon as an item counts there, in a memory too', async () => {
  await put('booked')
  const memory = newFigureMemory()
  const day = '2026-02-07' // a Saturday
  const deployment = 'booked-0'
  await ledger.db.insertInto('upkeep').values({ deployment, day, hours: '3', booked_by: 'u-1' }).execute()
  await addOneOff(ledger.db, BY, { deployment, from: day, until: day, reason: 'old work' })
  const upkeep = async () => {
    const found = await reportOf('booked', memory)
    const { upkeepHours, oneOff, measuredDays } = found.deployment ?? {}
    return [upkeepHours, oneOff?.upkeepHours, measuredDays]
  }
  expect(await upkeep()).toEqual([3, 0, 27])
  const count = {
    day,
    variant: 'plain',
    outcome: 'done',
    items: 1,
    counting: 1,
    shares: '1',
    human_seconds: 0,
  }
  await ledger.db
    .insertInto('day_count')
    .values({ deployment, ...count })
    .execute()
  expect(await upkeep()).toEqual([0, 3, 26])
})
