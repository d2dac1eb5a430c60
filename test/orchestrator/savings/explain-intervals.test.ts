import { afterAll, beforeAll, expect, test } from 'vitest'
import { explain, type Explanation } from '../../../orchestrator/savings/explain.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { putGoldenCase, type GoldenCase } from './golden-case.ts'
import { CHAINS } from './golden-chains.ts'
import { INTERVALS } from './golden-intervals.ts'
import { openTestLedger, type TestLedger } from './test-ledger.ts'

let ledger: TestLedger
let number = 0

beforeAll(async () => {
  ledger = await openTestLedger()
})

afterAll(() => ledger[Symbol.asyncDispose]())

async function put(golden: GoldenCase) {
  const hospital = `i${++number}`
  await putGoldenCase(ledger.db, hospital, golden)
  const [from, to, today = to] = golden.period
  const { hospitals } = await readSavings(ledger.db, { from, to, today, hospital })
  const [figures] = hospitals
  if (!figures) throw new Error('The hospital is not in its report.')
  return { figures, question: { from, to, today, hospital, seesItems: true } }
}

/** Half of an interval; the reason when there is none. */
const marginOf = ({ interval, noInterval }: Explanation) =>
  interval ? (interval.high - interval.low) / 2 : noInterval

test.each([...INTERVALS, ...CHAINS])(
  '$name: each figure has its interval, or says why it has none',
  async (golden) => {
    const { figures, question } = await put(golden)
    const { margins, noInterval } = golden.expected
    const [hours, fte] = margins ?? []
    const expected = (margin: number | undefined) =>
      margin === undefined ? (noInterval ?? expect.any(String)) : expect.closeTo(margin, 4)
    const of = async (measure: Explanation['measure'], deployment?: string) =>
      marginOf(await explain(ledger.db, { ...question, measure, deployment }))
    expect(await of('net-hours')).toEqual(expected(hours))
    expect(await of('gross-hours')).toEqual(expected(hours))
    for (const measure of ['human-hours', 'upkeep-hours', 'done', 'parked'] as const)
      expect(await of(measure)).toBe('exact')
    expect(await of('fte')).toEqual(expected(fte))
    const perYear = fte === undefined ? undefined : fte * figures.norm.hoursPerYear
    expect(await of('hours-a-year')).toEqual(expected(perYear))
    expect(await of('contract-fte')).toEqual(expected(perYear === undefined ? undefined : perYear / 1878))
    // Of a hospital with one deployment they are the same.
    const [only, ...others] = figures.deployments
    if (only && others.length === 0) expect(await of('fte', only.id)).toEqual(expected(fte))
    for (const { id, marginHours } of figures.deployments)
      expect(await of('net-hours', id)).toEqual(expected(marginHours ?? undefined))
  },
)
