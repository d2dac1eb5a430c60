import { expect, test } from 'vitest'
import { holds, judge, type DoneAct, type Effect, type EndedItem } from './invariants.ts'
import { planStrikes } from './killer.ts'

const item = (place: number, change: Partial<EndedItem> = {}): EndedItem => ({
  marker: `OR-${place}A`,
  state: 'done',
  parkedKind: null,
  code: null,
  sentence: null,
  data: { caseNumber: `Z-${place}`, value: 'waarde-1', entries: 1, refused: false },
  ...change,
})
const effect = (place: number, change: Partial<Effect> = {}): Effect => ({
  marker: `OR-${place}A`,
  key: `Z-${place}`,
  ...change,
})
const act = (place: number): DoneAct => ({ marker: `OR-${place}A`, caseNumber: `Z-${place}` })
const parked = (place: number, parkedKind: string) =>
  item(place, { state: 'parked', parkedKind, code: 'why', sentence: 'Because.' })
const twofold = item(1, { data: { ...item(1).data, entries: 2 } })
const second = { marker: 'OR-1A-2', key: 'Z-1-2' }

test('done items with their entries, and parked ones with a reason, are as they must be', () => {
  const judgement = judge(
    [twofold, item(2), parked(3, 'business'), parked(4, 'unsure')],
    [act(1), act(2), { marker: 'OR-1A', caseNumber: 'Z-1-2' }],
    [effect(1), second, effect(2), effect(4)],
  )
  expect(holds(judgement)).toBe(true)
})

const wrong = [
  ['an entry twice', 'duplicates', [item(1)], [], [effect(1), effect(1)], ['OR-1A']],
  [
    'one case under two markers',
    'duplicates',
    [item(1), item(2)],
    [],
    [effect(1), effect(2, { key: 'Z-1' })],
    ['OR-1A', 'OR-2A'],
  ],
  ['a done item without entry', 'missing', [item(1), item(2)], [], [effect(1)], ['OR-2A']],
  ['a done item without its second entry', 'missing', [twofold], [], [effect(1)], ['OR-1A-2']],
  ['a done act without entry', 'missing', [parked(1, 'unsure')], [act(1)], [], ['OR-1A']],
  ['an entry of a parked item that is sure', 'stray', [parked(1, 'business')], [], [effect(1)], ['OR-1A']],
  ['an entry of nobody', 'stray', [item(1)], [], [effect(1), effect(9)], ['OR-9A']],
  ['an item that did not end', 'unended', [item(1, { state: 'queued' })], [], [], ['OR-1A']],
  [
    'a parked item that does not say why',
    'reasonless',
    [{ ...parked(1, 'business'), sentence: null }],
    [],
    [],
    ['OR-1A'],
  ],
] as const

test.each(wrong)('%s is found', (_what, name, items, acts, effects, markers) => {
  const judgement = judge(items, acts, effects)
  expect(judgement[name]).toEqual(markers)
  expect(holds(judgement)).toBe(false)
})

test('a seed decides the strikes: so many kills and freezes, the same again, others under another seed', () => {
  const plan = (seed: string) =>
    planStrikes({ seed, kills: 40, freezes: 20, longFreezes: 0.5, short: [200, 3000], long: [4000, 8000] })
  const strikes = plan('1')
  expect(strikes.filter(({ what }) => what === 'kill')).toHaveLength(40)
  expect(strikes.filter(({ what }) => what === 'freeze')).toHaveLength(20)
  expect(plan('1')).toEqual(strikes)
  expect(plan('2')).not.toEqual(strikes)
  for (const { long, ms } of strikes)
    expect(long ? ms >= 4000 && ms <= 8000 : ms >= 200 && ms <= 3000).toBe(true)
})
