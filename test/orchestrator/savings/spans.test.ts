import fc from 'fast-check'
import { expect, test } from 'vitest'
import { daysIn, dayAfter } from '../../../orchestrator/savings/period.ts'
import { steadyParts } from '../../../orchestrator/savings/prices.ts'
import { coverWithSpans } from '../../../orchestrator/savings/spans.ts'

test.each([
  ['2026-01-01', '2026-12-31', ['year 2026-01-01 2026-12-31']],
  ['2025-01-01', '2026-12-31', ['year 2025-01-01 2026-12-31']],
  ['2026-03-01', '2026-05-31', ['month 2026-03-01 2026-05-31']],
  ['2026-03-02', '2026-03-30', ['day 2026-03-02 2026-03-30']],
  ['2026-03-02', '2026-04-29', ['day 2026-03-02 2026-04-29']],
  ['2028-02-01', '2028-02-29', ['month 2028-02-01 2028-02-29']],
  ['2028-02-01', '2028-02-28', ['day 2028-02-01 2028-02-28']],
  [
    '2025-11-30',
    '2027-02-02',
    [
      ...['day 2025-11-30 2025-11-30', 'month 2025-12-01 2025-12-31', 'year 2026-01-01 2026-12-31'],
      ...['month 2027-01-01 2027-01-31', 'day 2027-02-01 2027-02-02'],
    ],
  ],
])('%s up to %s is read from whole years, whole months and the days beside them', (from, to, expected) => {
  const found = coverWithSpans({ from, to }).map((range) => `${range.span} ${range.from} ${range.to}`)
  expect(found).toEqual(expected)
})

const anyDay = fc.integer({ min: 0, max: 1500 }).map((days) => dayAfter('2024-12-15', days))

test('every day of a period is covered once, and a month or year only when all of it is in the period', () => {
  fc.assert(
    fc.property(anyDay, anyDay, (one, other) => {
      const [from = one, to = other] = [one, other].toSorted()
      const ranges = coverWithSpans({ from, to })
      expect(ranges.reduce((sum, range) => sum + daysIn(range.from, range.to), 0)).toBe(daysIn(from, to))
      expect(ranges[0]?.from).toBe(from)
      for (const [index, range] of ranges.entries()) {
        const next = ranges[index + 1]
        expect(dayAfter(range.to)).toBe(next?.from ?? dayAfter(to))
        if (range.span === 'month')
          expect([range.from, dayAfter(range.to)].map((day) => day.slice(8))).toEqual(['01', '01'])
        if (range.span === 'year')
          expect([range.from, dayAfter(range.to)].map((day) => day.slice(5))).toEqual(['01-01', '01-01'])
      }
    }),
    { numRuns: 300 },
  )
})

test('a period is cut where a baseline, a share or a backlog begins or ends, and nowhere else', () => {
  const pricing = {
    deployment: 'd',
    baselines: [
      {
        ...{
          id: 1,
          deployment: 'd',
          variant: 'plain',
          minutes: '6',
          method: 'log' as const,
          n: 5,
          spreadMinutes: null,
        },
        ...{ validFrom: '2026-01-01', validUntil: '2026-03-10', measuredOn: '2026-01-01' },
      },
    ],
    chainParts: [
      {
        ...{
          chain: 1,
          deployment: 'd',
          variant: 'plain',
          share: '0.5',
          baselineDeployment: 'e',
          baselineVariant: 'x',
        },
        ...{ validFrom: '2026-02-05', validUntil: null },
      },
    ],
    oneOff: [{ deployment: 'd', from: '2026-02-20', until: '2026-02-28' }],
  }
  const parts = steadyParts(pricing, { from: '2026-01-01', to: '2026-03-31' })
  expect(parts.map(({ from, to }) => `${from} ${to}`)).toEqual([
    ...['2026-01-01 2026-02-04', '2026-02-05 2026-02-19', '2026-02-20 2026-02-28'],
    ...['2026-03-01 2026-03-09', '2026-03-10 2026-03-31'],
  ])
  expect(steadyParts(pricing, { from: '2026-04-01', to: '2026-04-30' })).toHaveLength(1)
})
