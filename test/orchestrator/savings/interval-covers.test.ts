import { expect, test } from 'vitest'
import { marginMinutes } from '../../../orchestrator/savings/interval.ts'
import type { BaselineUse } from '../../../orchestrator/savings/minutes.ts'

const TRIES = 20_000

/** Numbers between 0 and 1, the same on every machine (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A work of which a case takes normally distributed minutes around `mean`: timed n times, and counted so often. */
interface Work {
  readonly mean: number
  readonly deviation: number
  readonly n: number
  /** How often it counted, for each deployment that shares the baseline. */
  readonly shares: readonly number[]
}

function timed({ mean, deviation, n }: Work, random: () => number) {
  const cases = Array.from({ length: n }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    return mean + deviation * normal
  })
  const average = cases.reduce((sum, each) => sum + each, 0) / n
  const squares = cases.reduce((sum, each) => sum + (each - average) ** 2, 0)
  return { average, spread: Math.sqrt(squares / (n - 1)) }
}

/** How often in 100 the interval covers the minutes that the real means would give, when all is timed anew each time. */
function coverage(works: readonly Work[], seed: number, ids = works.map((_, place) => [place])): number {
  const random = numbersFrom(seed)
  let covered = 0
  for (let turn = 0; turn < TRIES; turn += 1) {
    const samples = works.map((work) => ({ work, ...timed(work, random) }))
    const used = samples.flatMap(({ work, spread }, place) =>
      work.shares.map((shares, part) =>
        useOf({ id: ids[place]?.[part] ?? ids[place]?.[0] ?? 0, n: work.n, spread, shares }),
      ),
    )
    const margin = marginMinutes([{ used, weight: 1 }])
    const off = samples.reduce(
      (sum, { work, average }) => sum + (average - work.mean) * work.shares.reduce((a, b) => a + b, 0),
      0,
    )
    if (typeof margin === 'number' && Math.abs(off) <= margin) covered += 1
  }
  return (covered / TRIES) * 100
}

const useOf = (of: { id: number; n: number; spread: number; shares: number }): BaselineUse => ({
  baseline: {
    ...{ id: of.id, deployment: 'a', variant: 'plain', minutes: '1', method: 'stopwatch', n: of.n },
    ...{
      spreadMinutes: String(of.spread),
      measuredOn: '2025-12-01',
      validFrom: '2026-01-01',
      validUntil: null,
    },
  },
  ...{ share: '1', variant: 'plain', shares: of.shares, items: 1 },
})

/** Four standard errors of what so many tries find of 95 in 100. */
const ERROR = 4 * Math.sqrt((95 * 5) / TRIES)

test.each([2, 3, 5, 30, 60])('of one baseline that is timed %i times: 95 in 100', (n) => {
  const found = coverage([{ mean: 10, deviation: 3, n, shares: [40] }], n)
  expect(Math.abs(found - 95)).toBeLessThan(ERROR)
})

test.each([
  ['of two that are timed twice', [2, 2], [1, 1], [50, 50]],
  ['of one timed often and one seldom, the seldom one wilder', [40, 3], [1, 9], [100, 20]],
  ['of six, timed five times each', [5, 5, 5, 5, 5, 5], [1, 2, 3, 4, 5, 6], [10, 10, 10, 10, 10, 10]],
  ['of one that hardly counts beside another', [4, 30], [2, 2], [1000, 1]],
])('of several, never less: %s', (_, cases, deviations, counts) => {
  const works = cases.map((n, place) => ({
    ...{ mean: 10, n, deviation: deviations[place] ?? 1, shares: [counts[place] ?? 1] },
  }))
  expect(coverage(works, 7)).toBeGreaterThan(95 - ERROR)
})

test('of one that two deployments share, 95 in 100; as if it were timed for each apart, far fewer', () => {
  const works = [{ mean: 10, deviation: 3, n: 10, shares: [70, 30] }]
  expect(Math.abs(coverage(works, 11) - 95)).toBeLessThan(ERROR)
  expect(coverage(works, 11, [[1, 2]])).toBeLessThan(90)
})
