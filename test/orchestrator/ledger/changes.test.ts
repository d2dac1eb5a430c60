import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { findChange, readChanges, recordChange, sameJson } from '../../../orchestrator/ledger/changes.ts'
import { asOwner } from '../../owner.ts'
import { openBench } from '../work/bench.ts'

const by = { hospital: 'oost', account: 'ada' }

test('a change is written down with who, when, and what it was and became; the newest comes first', async () => {
  await using bench = await openBench()
  const { db } = bench
  await recordChange(db, { ...by, what: 'colour', subject: 'door', before: null, after: 'red' })
  await recordChange(db, { ...by, what: 'colour', subject: 'door', before: 'red', after: ['blue'] })
  await recordChange(db, { ...by, what: 'size', subject: 'window', before: 1, after: 2 })
  const all = await readChanges(db, { hospital: 'oost', limit: 10 })
  expect(all.map(({ before, after }) => [before, after])).toEqual([
    [1, 2],
    ['red', ['blue']],
    [null, 'red'],
  ])
  expect(all[0]).toMatchObject({ account: 'ada', what: 'size', subject: 'window', undoes: null })
  const page = { hospital: 'oost', subject: 'door', what: ['colour'], limit: 1 }
  const [newest] = await readChanges(db, page)
  expect(newest?.after).toEqual(['blue'])
  const [older] = await readChanges(db, { ...page, olderThan: newest?.id ?? 0 })
  expect(older?.after).toBe('red')
  expect(await findChange(db, 'west', older?.id ?? 0)).toBeUndefined()
})

test('what stays the same is no change', async () => {
  await using bench = await openBench()
  const same = { before: { a: 1, b: [{ c: 1, d: 2 }] }, after: { b: [{ d: 2, c: 1 }], a: 1 } }
  await recordChange(bench.db, { ...by, what: 'nothing', subject: 'x', ...same })
  expect(await readChanges(bench.db, { hospital: 'oost', limit: 10 })).toEqual([])
  expect(sameJson([1, 2], [2, 1])).toBe(false)
})

test('no change can be changed, removed or thrown away with the others', async () => {
  await using bench = await openBench()
  await recordChange(bench.db, { ...by, what: 'colour', subject: 'door', before: null, after: 'red' })
  for (const statement of [
    sql`UPDATE change SET account = 'eve'`,
    sql`DELETE FROM change`,
    sql`TRUNCATE change`,
  ])
    await expect(asOwner(bench.url, statement)).rejects.toThrow(/stays written down/)
  await expect(sql`DELETE FROM change`.execute(bench.db)).rejects.toThrow('permission denied')
  expect((await readChanges(bench.db, { hospital: 'oost', limit: 10 }))[0]?.account).toBe('ada')
})
