import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tallyMinutes, type Count } from '../../../orchestrator/savings/minutes.ts'
import type { Baseline } from '../../../orchestrator/savings/prices.ts'

const baseline = (change: Partial<Baseline>): Baseline => ({
  ...{ id: 1, deployment: 'd', variant: 'plain', minutes: '6.000', method: 'stopwatch' },
  ...{ n: 1, spreadMinutes: null, validFrom: '2026-01-01', validUntil: null, measuredOn: '2026-01-01' },
  ...change,
})

const count = (change: Partial<Count>): Count => ({
  ...{
    deployment: 'd',
    day: '2026-03-10',
    variant: 'plain',
    kind: 'regular',
    done: 1,
    nothing: 0,
    byHand: 0,
  },
  ...{ parked: 0, shadow: 0, counting: 1, shares: '1', humanSeconds: 0, ...change },
})

const tally = (counts: readonly Count[], baselines: readonly Baseline[]) =>
  tallyMinutes(counts, { deployment: 'd', baselines, chainParts: [], oneOff: [] })

describe('minutes', () => {
  test('a baseline counts from its first day up to the day before its end', () => {
    const baselines = [baseline({ validFrom: '2026-03-10', validUntil: '2026-03-12' })]
    const days = ['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12']
    expect(days.map((day) => tally([count({ day })], baselines).minutes.gross)).toEqual([0, 6, 6, 0])
  })

  test('of two baselines that overlap the later one counts, in whatever order they come', () => {
    const two = [baseline({}), baseline({ id: 2, validFrom: '2026-02-01', minutes: '7' })]
    expect(tally([count({})], two).minutes.gross).toBe(7)
    expect(tally([count({})], two.toReversed()).minutes.gross).toBe(7)
  })

  test('what doubles would lose is kept: a million items of 0.001 minute and one share of 0.0001', () => {
    const counts = [count({ counting: 1e6, shares: '1000000.0000' }), count({ shares: '0.0001' })]
    expect(tally(counts, [baseline({ minutes: '0.001' })]).minutes.gross).toBe(1000.0000001)
  })

  test('a number that is not one is refused, not counted as something else', () => {
    expect(() => tally([count({ shares: '1e3' })], [baseline({})])).toThrow(RangeError)
    expect(() => tally([count({})], [baseline({ minutes: '1.0005' })])).toThrow(RangeError)
  })

  test('neither the order nor the way it is split changes the sum', () => {
    const decimal = (most: number, digits: number) =>
      fc.nat(most).map((whole) => (whole / 10 ** digits).toFixed(digits))
    const anyCount = fc
      .record({
        day: fc.constantFrom('2026-03-10', '2026-03-11'),
        shares: decimal(1e9, 4),
        humanSeconds: fc.nat(1e6),
      })
      .map(count)
    fc.assert(
      fc.property(fc.array(anyCount), fc.nat(), decimal(1e6, 3), (counts, at, minutes) => {
        const baselines = [baseline({ minutes }), baseline({ validFrom: '2026-03-11', minutes: '1.234' })]
        const whole = tally(counts, baselines).minutes
        expect(tally(counts.toReversed(), baselines).minutes).toEqual(whole)
        const cut = at % (counts.length + 1)
        const parts = [counts.slice(0, cut), counts.slice(cut)].map(
          (part) => tally(part, baselines).minutes.net,
        )
        expect((parts[0] ?? 0) + (parts[1] ?? 0)).toBeCloseTo(whole.net, 4)
      }),
      { numRuns: 200 },
    )
  })
})
