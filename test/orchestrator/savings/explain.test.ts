import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hiddenSmall, withheldOf, type ExplainedCount } from '../../../orchestrator/savings/explain-counts.ts'
import {
  explain,
  MEASURES,
  type Explanation,
  type ExplainQuestion,
} from '../../../orchestrator/savings/explain.ts'
import { recompute } from '../../../orchestrator/savings/explain-steps.ts'
import { readSavings, type HospitalSavings } from '../../../orchestrator/savings/report.ts'
import { APART } from './golden-apart.ts'
import { putGoldenCase, type GoldenCase } from './golden-case.ts'
import { CHAINS } from './golden-chains.ts'
import { INTERVALS } from './golden-intervals.ts'
import { MINUTES } from './golden-minutes.ts'
import { SPANS } from './golden-spans.ts'
import { openTestLedger, type TestLedger } from './test-ledger.ts'
import { determined, pinned, type Equation } from './linear-inference.ts'

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

/** What the report says, for each figure that can be explained. */
const reported = (figures: HospitalSavings): Record<Explanation['measure'], number> => ({
  'gross-minutes': figures.grossHours * 60,
  'net-hours': figures.netHours,
  'hours-a-year': figures.hoursPerYear,
  fte: figures.fte,
  'contract-fte': figures.contractFte,
  'one-off-hours': figures.oneOff.netHours,
})

/** Every step follows from its terms, and every term that is a step's figure is that step's value. */
function expectSound({ steps, value }: Explanation): void {
  for (const step of steps) expect(recompute(step)).toBeCloseTo(step.value, 9)
  for (const { products } of steps)
    for (const term of products.flatMap(({ factors }) => factors)) {
      const made = steps.find((step) => step.name === term.name && step.deployment === term.deployment)
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
    for (const { id, netHours, minutes, hoursPerYear } of figures.deployments)
      for (const [measure, figure] of [
        ['net-hours', netHours],
        ['gross-minutes', minutes.gross],
      ] as const) {
        const explanation = await ask({ ...question, measure, deployment: id })
        expect(explanation.value).toBe(figure)
        expectSound(explanation)
        expect((await ask({ ...question, deployment: id })).value).toBe(hoursPerYear / 1440)
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
  const { baselines, interval, norm, contractNorm } = await ask(question)
  expect(baselines.map(({ minutes, grade, n }) => [minutes, grade, n])).toEqual([
    ['10.000', 'A', 25],
    ['20.000', 'B', 9],
  ])
  expect(interval).not.toBeNull()
  expect([norm.hoursPerYear, contractNorm.hoursPerYear]).toEqual([1440, 1878])
})

test('an estimate has no interval and says so', async () => {
  const { question } = await put(caseOf(INTERVALS, 3))
  expect(await ask(question)).toMatchObject({ interval: null, noInterval: 'estimate' })
})

test('a deployment of another hospital is refused', async () => {
  const { question } = await put(caseOf(MINUTES, 0))
  await expect(ask({ ...question, deployment: 'elsewhere' })).rejects.toMatchObject({ code: 'not-found' })
})

/** What is shown of counts, and what is told of the others. */
function withholdSmall(counts: readonly ExplainedCount[]) {
  const hidden = hiddenSmall(counts)
  return { shown: counts.filter((count) => !hidden.has(count)), withheld: withheldOf([...hidden]) }
}

describe('groups under five', () => {
  const count = (items: number, outcome = 'done'): ExplainedCount => ({
    ...{
      deployment: 'd',
      day: '2026-03-10',
      variant: 'plain',
      outcome,
      kind: 'regular',
      items,
      shares: String(items),
    },
    ...{ baseline: 1, chainShare: '1', minutes: { gross: items * 6, human: 0, net: items * 6 } },
  })

  test('are taken together, and cannot be found by subtraction', () => {
    expect(withholdSmall([count(2), count(9), count(7)])).toEqual({
      shown: [count(9)],
      withheld: { minutes: { gross: 54, human: 0, net: 54 } },
    })
    expect(withholdSmall([count(3), count(4), count(7), count(9)]).shown).toEqual([count(9)])
    // What is left of 100 is 2: two groups of one, or of nobody.
    expect(withholdSmall([count(1), count(1), count(98)]).shown).toEqual([])
    expect(withholdSmall([count(3)]).shown).toEqual([])
    expect(withholdSmall([count(5), count(6)])).toEqual({ shown: [count(5), count(6)], withheld: null })
  })

  test('of another outcome do not hide a group: the totals by outcome are told beside them', () => {
    const counts = [count(39), count(1), count(2, 'parked'), count(12, 'parked'), count(30, 'nothing')]
    expect(withholdSmall(counts).shown).toEqual([count(30, 'nothing')])
  })

  test('of a backlog are not found by subtracting regular work from what is told of both together', () => {
    const once = (items: number): ExplainedCount => ({ ...count(items, 'parked'), kind: 'one-off' })
    // "Parked" is told over both kinds: 3 + 97 = 100.
    const regular = [count(3, 'parked'), count(30, 'nothing'), count(40)]
    expect(withholdSmall([...regular, once(97)]).shown).toEqual([count(40)])
    expect(withholdSmall([count(9, 'parked'), once(97)]).withheld).toBeNull()
  })

  test('are never shown, never alone under a total that is told, and lose no minutes', () => {
    const cell = fc.record({
      items: fc.nat(12),
      outcome: fc.constantFrom('done', 'parked', 'nothing'),
      variant: fc.constantFrom('plain', 'long'),
    })
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 14 }), (cells) => {
        const counts = cells.map(({ items, outcome, variant }, place) => {
          const minutes = outcome === 'done' ? items * (variant === 'plain' ? 6 : 11.25) : 0
          const own = { ...count(items, outcome), variant, day: `2026-03-${10 + place}` }
          return {
            ...own,
            baseline: variant === 'plain' ? 1 : 2,
            minutes: { gross: minutes, human: 0, net: minutes },
          }
        })
        const { shown, withheld } = withholdSmall(counts)
        for (const { items } of shown) expect(items).toBeGreaterThanOrEqual(5)
        const net = (all: readonly ExplainedCount[]) => all.reduce((sum, { minutes }) => sum + minutes.net, 0)
        expect(net(shown) + (withheld?.minutes.net ?? 0)).toBeCloseTo(net(counts), 9)
        expect(determined(toldOfCounts(counts, shown), smallCounts(counts))).toEqual([])
        expect(foundWhole(counts, shown)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('what a person spent in the worklist on one day is never shown by itself', async () => {
    const { question } = await put(caseOf(MINUTES, 1))
    const { counts, withheld } = await ask({ ...question, seesItems: false })
    expect(counts).toEqual([])
    expect(withheld).not.toBeNull()
    expect((await ask(question)).counts).toHaveLength(3)
  })
})

const nameOf = ({ day }: ExplainedCount) => day
const isShownWhole = (cells: readonly ExplainedCount[]) =>
  cells.reduce((sum, { items }) => sum + items, 0) >= 5

/** Totals by outcome and by baseline are told in the report where they are not small; minutes of all that is withheld here. */
function toldOfCounts(counts: readonly ExplainedCount[], shown: readonly ExplainedCount[]): Equation[] {
  const equation = (cells: readonly ExplainedCount[], times: (cell: ExplainedCount) => number): Equation =>
    Object.fromEntries(cells.map((cell) => [nameOf(cell), times(cell)]))
  const priced = counts.filter(({ minutes }) => minutes.gross > 0)
  const variants = [...Map.groupBy(priced, ({ variant }) => variant).values()]
  // One small total among those that count, and none of them is told.
  const linked = variants.every(isShownWhole)
  const outcomes = [...Map.groupBy(counts, ({ outcome }) => outcome)]
    .filter(([outcome, cells]) => isShownWhole(cells) && (linked || outcome !== 'done'))
    .map(([, cells]) => cells)
  return [
    ...shown.map((cell) => equation([cell], () => 1)),
    ...[...outcomes, ...(linked ? variants : [])].map((cells) => equation(cells, () => 1)),
    ...(variants.length === 1 && !linked
      ? []
      : [equation(priced, ({ minutes, items }) => minutes.gross / items)]),
  ]
}

/**
 * The small counts that follow from totals of counts when all are whole. Where a total is of small ones alone nothing
 * could join them, and minutes of several baselines are told of a whole hospital, whatever they give away.
 */
function foundWhole(counts: readonly ExplainedCount[], shown: readonly ExplainedCount[]): string[] {
  const real = new Map(counts.filter(({ items }) => items > 0).map((cell) => [nameOf(cell), cell.items]))
  const known = toldOfCounts(counts, shown)
    .map((equation) => Object.entries(equation).filter(([name]) => real.has(name)))
    .filter((parts) => parts.some(([name]) => (real.get(name) ?? 0) >= 5))
    .filter((parts) => new Set(parts.map(([, times]) => times)).size === 1)
    .map((parts): Equation => Object.fromEntries(parts))
  const small = new Set(smallCounts(counts))
  return pinned(known, real).filter((name) => small.has(name))
}

const smallCounts = (counts: readonly ExplainedCount[]) =>
  counts.filter(({ items }) => items > 0 && items < 5).map(nameOf)
