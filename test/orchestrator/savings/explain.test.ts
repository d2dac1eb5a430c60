import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ExplainedCount } from '../../../orchestrator/savings/explain-counts.ts'
import { explain, type Explanation, type ExplainQuestion } from '../../../orchestrator/savings/explain.ts'
import { MEASURES } from '../../../orchestrator/savings/explain-names.ts'
import { recompute } from '../../../orchestrator/savings/explain-steps.ts'
import { readSavings, type HospitalSavings } from '../../../orchestrator/savings/report.ts'
import { APART } from './golden-apart.ts'
import { putGoldenCase, type GoldenCase } from './golden-case.ts'
import { CHAINS } from './golden-chains.ts'
import { INTERVALS } from './golden-intervals.ts'
import { MINUTES } from './golden-minutes.ts'
import { SPANS } from './golden-spans.ts'
import { openTestLedger, type TestLedger } from './test-ledger.ts'

let ledger: TestLedger
let number = 0

beforeAll(async () => {
  ledger = await openTestLedger()
})

afterAll(() => ledger[Symbol.asyncDispose]())

async function put(golden: GoldenCase) {
  const hospital = `e${++number}`
  await putGoldenCase(ledger.db, hospital, golden)
  const [from, to, today = to] = golden.period
  const { hospitals } = await readSavings(ledger.db, { from, to, today, hospital })
  const [figures] = hospitals
  if (!figures) throw new Error('The hospital is not in its report.')
  const question = { from, to, today, hospital, measure: 'fte' as const, seesItems: true }
  return { figures, question }
}

function caseOf(cases: readonly GoldenCase[], index: number): GoldenCase {
  const golden = cases[index]
  if (!golden) throw new Error(`There is no case ${index}.`)
  return golden
}

const ask = (question: ExplainQuestion) => explain(ledger.db, question)

const total = (
  { deployments }: HospitalSavings,
  of: (row: HospitalSavings['deployments'][number]) => number,
) => deployments.reduce((sum, row) => sum + of(row), 0)

/** What the report says, for each figure that can be explained. */
const reported = (figures: HospitalSavings): Record<Explanation['measure'], number> => ({
  'gross-hours': figures.grossHours,
  'human-hours': figures.humanHours,
  'upkeep-hours': figures.upkeepHours,
  'net-hours': figures.netHours,
  'hours-a-year': figures.hoursPerYear,
  fte: figures.fte,
  'contract-fte': figures.contractFte,
  'one-off-hours': figures.oneOff.netHours,
  'measured-days': total(figures, ({ measuredDays }) => measuredDays),
  done: total(figures, ({ items }) => items.done),
  parked: total(figures, ({ items }) => items.parked),
  'by-hand': total(figures, ({ items }) => items['by-hand']),
  'left-out': figures.leftOut,
  'without-baseline': total(figures, ({ withoutBaseline }) => withoutBaseline),
  'one-off-items': figures.oneOff.items,
})

/** Every step follows from its terms, and every term that is a step's figure is that step's value. */
function expectSound({ steps, value }: Explanation): void {
  for (const step of steps) expect(recompute(step)).toBeCloseTo(step.value, 9)
  for (const { products } of steps)
    for (const term of products.flatMap(({ factors }) => factors)) {
      const whole = term.variant === undefined
      const made = steps.find(
        (step) => whole && step.name === term.name && step.deployment === term.deployment,
      )
      if (made) expect(term.value).toBe(made.value)
    }
  expect(steps.at(-1)?.value).toBe(value)
}

describe('from figure to formula', () => {
  const cases = [...MINUTES, ...INTERVALS, ...APART, ...CHAINS, ...SPANS]
  test.each(cases)('$name: every figure is recomputed from what is shown', async (golden) => {
    const { figures, question } = await put(golden)
    for (const measure of MEASURES) {
      const explanation = await ask({ ...question, measure })
      expect([measure, explanation.value]).toEqual([measure, expect.closeTo(reported(figures)[measure], 9)])
      expectSound(explanation)
    }
    for (const row of figures.deployments) {
      const { id, netHours, minutes, hoursPerYear, measuredDays, items } = row
      for (const [measure, figure] of [
        ['net-hours', netHours],
        ['gross-hours', minutes.gross / 60],
        ['human-hours', minutes.human / 60],
        ['upkeep-hours', row.upkeepHours],
        ['measured-days', measuredDays],
        ['done', items.done],
        ['parked', items.parked],
        ['left-out', row.leftOut],
        ['without-baseline', row.withoutBaseline],
      ] as const) {
        const explanation = await ask({ ...question, measure, deployment: id })
        expect(explanation.value).toBe(figure)
        expectSound(explanation)
        expect((await ask({ ...question, deployment: id })).value).toBe(hoursPerYear / 1440)
      }
    }
  })

  test.each(cases)('$name: the counts by day add up to the minutes', async (golden) => {
    const { figures, question } = await put(golden)
    const total = (counts: readonly ExplainedCount[], of: 'gross' | 'human') =>
      counts.reduce((sum, { minutes }) => sum + minutes[of], 0)
    const { counts } = await ask({ ...question, measure: 'net-hours' })
    expect(total(counts, 'gross')).toBeCloseTo(figures.grossHours * 60, 9)
    expect(total(counts, 'human')).toBeCloseTo(figures.humanHours * 60, 9)
    const once = await ask({ ...question, measure: 'one-off-hours' })
    const minutes = figures.deployments.reduce((sum, { oneOff }) => sum + oneOff.minutes.net, 0)
    expect(total(once.counts, 'gross') - total(once.counts, 'human')).toBeCloseTo(minutes, 9)
  })
})

test('the baselines are those that were used, with their grade and dates', async () => {
  const { question } = await put(caseOf(INTERVALS, 1))
  const { baselines, interval } = await ask(question)
  expect(baselines.map(({ minutes, grade, n }) => [minutes, grade, n])).toEqual([
    ['10.000', 'A', 25],
    ['20.000', 'B', 9],
  ])
  expect(interval).not.toBeNull()
})

test('an estimate has no interval and says so', async () => {
  const { question } = await put(caseOf(INTERVALS, 3))
  expect(await ask(question)).toMatchObject({ interval: null, noInterval: 'estimate' })
})

test('a deployment of another hospital is refused', async () => {
  const { question } = await put(caseOf(MINUTES, 0))
  await expect(ask({ ...question, deployment: 'elsewhere' })).rejects.toMatchObject({ code: 'not-found' })
})

test('what a person spent in the worklist on one day is never shown by itself', async () => {
  const { question } = await put(caseOf(MINUTES, 1))
  const { counts, withheld } = await ask({ ...question, seesItems: false })
  expect(counts).toEqual([])
  expect(withheld).not.toBeNull()
  expect((await ask(question)).counts).toHaveLength(3)
})
