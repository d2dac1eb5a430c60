import { expect, test } from 'vitest'
import type { Json } from '../../../bots/bot.ts'
import { differencesBetween } from '../../../orchestrator/ledger/differences.ts'

const lines = (before: Json, after: Json) =>
  differencesBetween(before, after).map(
    (one) => `${one.path}: ${JSON.stringify(one.before)} > ${JSON.stringify(one.after)}`,
  )

test.each<[string, Json, Json, string[]]>([
  ['nothing', { a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 }, []],
  ['a word', 'off', 'live', [': "off" > "live"']],
  ['what came', null, { a: 1, b: { c: true } }, ['a: null > 1', 'b.c: null > true']],
  ['what went', { a: 1 }, null, ['a: 1 > null']],
  ['a place deep inside', { a: { b: { c: 1, d: 2 } } }, { a: { b: { c: 1, d: 3 } } }, ['a.b.d: 2 > 3']],
  [
    'an entry by its id, wherever it stands',
    {
      list: [
        { id: 'x', n: 1 },
        { id: 'y', n: 2 },
      ],
    },
    {
      list: [
        { id: 'y', n: 2 },
        { id: 'x', n: 5 },
      ],
    },
    ['list[x].n: 1 > 5'],
  ],
  [
    'a baseline by its variant and day',
    { b: [{ variant: 'v', validFrom: '2026-01-01', minutes: 4 }] },
    { b: [{ variant: 'v', validFrom: '2026-01-01', minutes: 5 }] },
    ['b[v 2026-01-01].minutes: 4 > 5'],
  ],
  [
    'entries of equal names by their number',
    { l: [{ id: 'x' }, { id: 'x' }] },
    { l: [{ id: 'x' }] },
    ['l[1].id: "x" > null', 'l[x].id: null > "x"', 'l[0].id: "x" > null'],
  ],
  ['a list that was filled', { list: [] }, { list: ['a'] }, ['list[0]: null > "a"']],
  ['a list that was emptied', { list: ['a'] }, { list: [] }, ['list[0]: "a" > null']],
])('%s', (_what, before, after, expected) => {
  expect(lines(before, after).toSorted()).toEqual(expected.toSorted())
})
