import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { Failure } from '../../../connectors/failure.ts'
import { openBench, registerAct, registering, testBot } from './bench.ts'
import { startTarget } from './target.ts'

test('an item is claimed, armed, pressed, confirmed and done, once', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  expect(await bench.go(registering(target), item)).toBe('done')
  expect(target.entries).toHaveLength(1)
  expect(await bench.eventKinds(item)).toEqual(['arrived', 'claimed', 'armed', 'pressed', 'act-done', 'done'])
  expect(await bench.row(item)).toMatchObject({
    state: 'done',
    outcome: 'done',
    variant: 'plain',
    attempt: 1,
  })
})

test('act, item, event, credit and count are written in one transaction', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  await bench.go(registering(target), item)
  const { rows } = await sql<{ xmin: string }>`
    SELECT xmin::text FROM item WHERE id = ${item} UNION ALL SELECT xmin::text FROM act WHERE item = ${item}
    UNION ALL SELECT xmin::text FROM credit WHERE item = ${item} UNION ALL SELECT xmin::text FROM day_count
    UNION ALL SELECT xmin::text FROM event WHERE item = ${item} AND kind IN ('done', 'act-done')`.execute(
    bench.db,
  )
  expect(rows).toHaveLength(6)
  expect(new Set(rows.map((row) => row.xmin)).size).toBe(1)
})

test('what already stands at the target is done without a press', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  const { marker } = await bench.row(item)
  target.entries.push({ marker, value: 'one' })
  expect(await bench.go(registering(target), item)).toBe('done')
  expect(target.entries).toHaveLength(1)
  expect(await bench.eventKinds(item)).not.toContain('armed')
})

test.each([
  ['other content', [{ value: 'two' }]],
  ['more than one', [{ value: 'one' }, { value: 'one' }]],
])('%s at the target parks the item for a person', async (_what, there) => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  const { marker } = await bench.row(item)
  target.entries.push(...there.map(({ value }) => ({ marker, value })))
  expect(await bench.go(registering(target), item)).toBe('parked')
  expect(await bench.row(item)).toMatchObject({ parked_kind: 'business', code: 'found-different' })
  expect(target.entries).toHaveLength(there.length)
})

test('a page that is not the known one parks before the press', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  const bot = registering(target, {
    prepare: () => Promise.reject(new Failure('unexpected', 'page-unexpected', 'Another page.')),
  })
  expect(await bench.go(bot, item)).toBe('parked')
  expect(await bench.row(item)).toMatchObject({ parked_kind: 'technical', sentence: 'Another page.' })
  expect(target.entries).toHaveLength(0)
})

test('the third unexpected page in a row stops the deployment; one that is done in between starts the count anew', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const lost = registering(target, {
    prepare: () => Promise.reject(new Failure('unexpected', 'page-unexpected', 'Another page.')),
  })
  const stopped = async () =>
    (await bench.db.selectFrom('deployment').select('stopped_at').executeTakeFirstOrThrow()).stopped_at
  for (const bot of [lost, lost, registering(target), lost, lost]) {
    expect(await stopped()).toBeNull()
    await bench.go(bot, await bench.addItem(`R-${Math.random()}`))
  }
  await bench.go(lost, await bench.addItem('R-last'))
  expect(await stopped()).not.toBeNull()
  await expect(bench.claim(await bench.addItem('R-after'))).rejects.toThrow('could not be claimed')
  expect(await bench.db.selectFrom('alarm').select('kind').execute()).toEqual([
    { kind: 'deployment-stopped' },
  ])
})

test('nothing is pressed when the lease is about to end; without the margin it is', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const short = await bench.claim(await bench.addItem('R-1'), 9)
  expect(await bench.run(registering(target), short)).toBe('left')
  expect(target.entries).toHaveLength(0)
  const twin = await bench.claim(await bench.addItem('R-2'), 9)
  expect(await bench.run(registering(target), twin, { timing: { armMarginSeconds: 0 } })).toBe('done')
  expect(target.entries).toHaveLength(1)
})

test.each(['monotonic', 'wall'] as const)(
  'a worker frozen between arming and pressing presses nothing (%s clock)',
  async (which) => {
    await using bench = await openBench()
    await using target = await startTarget()
    const frozenFor = (ms: number) => {
      let reads = 0
      return { [which]: () => (reads++ === 0 ? 0 : ms) }
    }
    const item = await bench.claim(await bench.addItem('R-1'))
    expect(await bench.run(registering(target), item, { clock: frozenFor(2001) })).toBe('unsure')
    expect(target.entries).toHaveLength(0)
    const twin = await bench.claim(await bench.addItem('R-2'))
    const unguarded = { clock: frozenFor(2001), timing: { deadManSeconds: 1e6 } }
    expect(await bench.run(registering(target), twin, unguarded)).toBe('done')
    expect(target.entries).toHaveLength(1)
  },
)

test('a late writer changes nothing, leaves a late event and raises an alarm', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.claim(await bench.addItem('R-1'))
  const bot = registering(target, {
    confirm: async () => {
      await bench.db
        .updateTable('item')
        .set({ fence: item.fence + 1, state: 'unsure' })
        .execute()
      return 'E-late'
    },
  })
  expect(await bench.run(bot, item)).toBe('left')
  expect(await bench.row(item.id)).toMatchObject({ state: 'unsure', outcome: null })
  expect(await bench.eventKinds(item.id)).toContain('late')
  expect(await bench.db.selectFrom('alarm').select('kind').execute()).toEqual([{ kind: 'late' }])
  expect(await bench.db.selectFrom('credit').selectAll().execute()).toEqual([])
})

test('in shadow everything happens but the press, and nothing is credited', async () => {
  await using bench = await openBench('shadow')
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  let prepared = 0
  const bot = registering(target, { prepare: () => Promise.resolve(void prepared++) })
  expect(await bench.go(bot, item)).toBe('done')
  expect(target.entries).toHaveLength(0)
  expect(prepared).toBe(1)
  expect(await bench.row(item)).toMatchObject({ outcome: 'shadow' })
  const act = await bench.db.selectFrom('act').selectAll().executeTakeFirstOrThrow()
  expect(act).toMatchObject({ how: 'shadow', shadow_payload: { value: 'one' } })
  const credit = await bench.db.selectFrom('credit').select('share').executeTakeFirstOrThrow()
  expect(Number(credit.share)).toBe(0)
})

test('an act that was done with other content than the item has now is for a person', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const bot = testBot(async ({ act, step, marker }, value) => {
    await act('register', registerAct(target, marker, value))
    await step('check', () =>
      value === 'one' ? Promise.reject(new Failure('business', 'wrong', 'Wrong.')) : Promise.resolve(),
    )
  })
  const item = await bench.addItem('R-1')
  expect(await bench.go(bot, item)).toBe('parked')
  await bench.db
    .updateTable('item')
    .set({ state: 'queued', parked_kind: null, data: JSON.stringify({ reference: 'R-1', value: 'two' }) })
    .execute()
  expect(await bench.go(bot, item)).toBe('parked')
  expect(await bench.row(item)).toMatchObject({ code: 'act-changed' })
  expect(target.entries).toHaveLength(1)
})

test('a worker that stops presses nothing more and gives the item back; the attempt does not count', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const stop = new AbortController()
  const item = await bench.claim(await bench.addItem('R-1'))
  const bot = registering(target, { prepare: () => Promise.resolve(stop.abort()) })
  expect(await bench.run(bot, item, { stopping: stop.signal })).toBe('queued')
  expect(target.entries).toHaveLength(0)
  expect(await bench.row(item.id)).toMatchObject({ state: 'queued', attempt: 0 })
})

test('what is being pressed when a worker stops is confirmed and done', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const stop = new AbortController()
  const item = await bench.claim(await bench.addItem('R-1'))
  const bot = testBot(async ({ act, marker }, value) => {
    const register = registerAct(target, marker, value)
    await act('register', {
      ...register,
      press: (guard) => register.press(guard).finally(() => stop.abort()),
    })
  })
  expect(await bench.run(bot, item, { stopping: stop.signal })).toBe('done')
  expect(target.entries).toHaveLength(1)
})
