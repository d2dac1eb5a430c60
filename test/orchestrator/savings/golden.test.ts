import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSavings, type HospitalSavings } from '../../../orchestrator/savings/report.ts'
import { putGoldenCase, type GoldenCase } from './golden-case.ts'
import { APART } from './golden-apart.ts'
import { CHAINS } from './golden-chains.ts'
import { INTERVALS } from './golden-intervals.ts'
import { MINUTES } from './golden-minutes.ts'
import { PERIODS } from './golden-periods.ts'
import { SPANS } from './golden-spans.ts'
import { openTestLedger, type TestLedger } from './test-ledger.ts'

let ledger: TestLedger

beforeAll(async () => {
  ledger = await openTestLedger()
})

afterAll(() => ledger[Symbol.asyncDispose]())

async function reported(golden: GoldenCase, hospital: string): Promise<HospitalSavings> {
  const [from, to, today = to] = golden.period
  await putGoldenCase(ledger.db, hospital, golden)
  const { hospitals } = await readSavings(ledger.db, { from, to, today, hospital })
  const [found] = hospitals
  if (!found || hospitals.length !== 1) throw new Error(`${hospital} is not the only one in its report`)
  return found
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

describe.each([
  ['minutes', MINUTES],
  ['periods', PERIODS],
  ['intervals', INTERVALS],
  ['apart', APART],
  ['chains', CHAINS],
  ['spans', SPANS],
])('worked out by hand: %s', (group, cases) => {
  test.each(cases.map((golden, index) => ({ ...golden, hospital: `${group}-${index}` })))(
    '$name',
    async (golden) => {
      const { expected, hospital } = golden
      const found = await reported(golden, hospital)
      expect(sum(found.deployments.map(({ minutes }) => minutes.gross))).toBe(expected.gross)
      expect(sum(found.deployments.map(({ minutes }) => minutes.human))).toBe(expected.human)
      expect(sum(found.deployments.map(({ withoutBaseline }) => withoutBaseline))).toBe(
        expected.withoutBaseline ?? 0,
      )
      expect(found.leftOut).toBe(expected.leftOut ?? 0)
      const [items, hours] = expected.oneOff ?? [0, 0]
      expect(found.oneOff.items).toBe(items)
      expect(found.oneOff.netHours).toBeCloseTo(hours, 10)
      expect(found.netHours).toBeCloseTo(expected.netHours, 10)
      expect(found.fte).toBeCloseTo(expected.fte, 10)
      expect(found.contractFte).toBeCloseTo(expected.contractFte, 10)
      expect(found.grade).toBe(expected.grade)
      expect(found.interval === null).toBe(expected.margins === undefined)
      if (expected.noInterval) expect(found.noInterval).toBe(expected.noInterval)
      if (!found.interval || !expected.margins) return
      const { netHours, fte, contractFte } = found.interval
      const [margin, ofFte] = expected.margins
      expect(netHours.low).toBeCloseTo(expected.netHours - margin, 6)
      expect(netHours.high).toBeCloseTo(expected.netHours + margin, 6)
      expect(fte.low).toBeCloseTo(expected.fte - ofFte, 6)
      expect(fte.high).toBeCloseTo(expected.fte + ofFte, 6)
      expect(contractFte.high).toBeCloseTo(expected.contractFte + (ofFte * 1440) / 1878, 6)
    },
  )
})

test('a hospital that does not exist is refused', async () => {
  const asking = readSavings(ledger.db, {
    ...{ from: '2026-01-01', to: '2026-01-31', today: '2026-02-01', hospital: 'nowhere' },
  })
  await expect(asking).rejects.toMatchObject({ kind: 'business', code: 'hospital-unknown' })
})

test('without a hospital all of them are reported, and one of them alone says the same', async () => {
  const period = { from: '2026-01-01', to: '2026-12-31', today: '2026-12-31' }
  for (const golden of MINUTES.slice(0, 2))
    await putGoldenCase(ledger.db, `beside-${MINUTES.indexOf(golden)}`, golden)
  const all = await readSavings(ledger.db, period)
  const alone = await readSavings(ledger.db, { ...period, hospital: 'beside-1' })
  expect(all.hospitals.length).toBeGreaterThan(1)
  expect(all.hospitals.filter(({ id }) => id === 'beside-1')).toEqual(alone.hospitals)
})
