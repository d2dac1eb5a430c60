import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hiddenSmall, withheldOf, type ExplainedCount } from '../../../orchestrator/savings/explain-counts.ts'
import { determined, pinned, type Equation } from './linear-inference.ts'

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
      counting: items,
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

  test('of a month are not found by subtracting what is shown from its hours, which stand beside it', () => {
    const inApril = (items: number): ExplainedCount => ({ ...count(items), day: '2026-04-01' })
    const counts = [count(3), count(40), count(11), inApril(7), inApril(50)]
    // April's 7 are the next smallest, but with them alone March less the others would be 3.
    expect(withholdSmall(counts).shown).toEqual([count(40), inApril(7), inApril(50)])
    expect(withholdSmall([count(3), count(40), inApril(7)]).shown).toEqual([inApril(7)])
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
