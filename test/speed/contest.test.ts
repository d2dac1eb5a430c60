import { expect, test } from 'vitest'
import { hold, median, type Contest } from './contest.ts'
import { reportLines } from './report.ts'

/** A contender with the rates of its turns. */
function contender(name: string, rates: readonly number[], turns: string[], remark?: string) {
  const left = [...rates]
  return {
    name,
    measure: async () => {
      turns.push(name)
      return { perSecond: left.shift() ?? 0, ...(remark ? { remark } : {}) }
    },
  }
}

/** The second round was hard on both: the ratio within it is what counts. */
function contest(turns: string[] = []): Contest {
  const target = { of: 'ours', than: 'theirs', whenShort: 'it sleeps' }
  return {
    title: 'Work',
    contenders: [
      contender('ours', [3000, 300, 3200], turns),
      contender('theirs', [1000, 100, 4000], turns, '2 lost'),
    ],
    targets: [
      { ...target, times: 3 },
      { ...target, times: 4 },
    ],
  }
}

test('contenders take turns; a ratio is the middle one of the rounds', async () => {
  const turns: string[] = []
  const { rates, targets } = await hold(contest(turns), 3, () => undefined)
  expect(turns).toEqual(['ours', 'theirs', 'ours', 'theirs', 'ours', 'theirs'])
  expect(rates.map((rate) => rate.median)).toEqual([3000, 1000])
  expect(targets.map(({ ratio, reached }) => [ratio, reached])).toEqual([
    [3, true],
    [3, false],
  ])
})

test('what falls short is said with its likely cause, and what went wrong meanwhile', async () => {
  const text = reportLines(await hold(contest(), 3, () => undefined)).join('\n')
  expect(text).toContain('the target is 3.00 x: reached')
  expect(text).toContain('the target is 4.00 x: FALLS SHORT\n    likely because it sleeps')
  expect(text).toMatch(/theirs +1,000 +\(100 to 4,000\); 2 lost/)
})

test('where less is better, who is above the most is named', async () => {
  const sizes = () => ({ ...contest(), targets: [], unit: 'ms' })
  const within = await hold({ ...sizes(), most: 3500 }, 3, () => undefined)
  expect([within.over, reportLines(within).join()]).toEqual([[], expect.stringContaining('reached')])
  const above = await hold({ ...sizes(), most: 2999 }, 3, () => undefined)
  expect(above.over).toEqual(['ours'])
  expect(reportLines(above).join('\n')).toMatch(/highest is ours with 3,000: FALLS SHORT\n +over it: ours/)
})

test('a median of nothing is no number', () => {
  expect(median([])).toBeNaN()
  expect(median([5, 1, 9])).toBe(5)
})
