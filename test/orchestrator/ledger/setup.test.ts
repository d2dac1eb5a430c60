import { expect, test } from 'vitest'
import { putBaseline } from '../../../orchestrator/ledger/setup.ts'
import { openBench } from '../work/bench.ts'

const baseline = {
  variant: 'plain',
  minutes: 9.5,
  method: 'stopwatch' as const,
  n: 40,
  spreadMinutes: 2.4,
  measuredBy: 'a-1',
  measuredOn: '2026-01-12',
  validFrom: '2026-01-12',
  remeasureOn: '2027-01-12',
}

test('a baseline is ended and replaced; the same one again changes nothing', async () => {
  await using bench = await openBench()
  const put = (change: Partial<typeof baseline>) =>
    putBaseline(bench.db, 'oost-test', { ...baseline, ...change })
  await put({})
  await put({})
  await put({ minutes: 8, validFrom: '2026-07-01' })
  const rows = await bench.db
    .selectFrom('baseline')
    .select(['minutes', 'valid_from', 'valid_until'])
    .orderBy('valid_from')
    .execute()
  expect(rows).toEqual([
    { minutes: '9.500', valid_from: '2026-01-12', valid_until: '2026-07-01' },
    { minutes: '8.000', valid_from: '2026-07-01', valid_until: null },
  ])
})

test.each([
  ['other minutes', { minutes: 10 }],
  ['another sample', { n: 41 }],
  ['another spread', { spreadMinutes: 2 }],
  ['an earlier date', { validFrom: '2026-01-11' }],
])('a baseline is not edited: %s from a date that has one is refused', async (_what, change) => {
  await using bench = await openBench()
  await putBaseline(bench.db, 'oost-test', baseline)
  await expect(putBaseline(bench.db, 'oost-test', { ...baseline, ...change })).rejects.toThrow(
    'Field validFrom',
  )
})
