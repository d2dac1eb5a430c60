import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Bot } from '../../../bots/bot.ts'
import { silentLog } from '../../../connectors/log.ts'
import { takeUncompared } from '../../../orchestrator/ledger/comparing.ts'
import { findDeployment } from '../../../orchestrator/ledger/deployments.ts'
import { compareWithTarget } from '../../../orchestrator/work/compare.ts'
import { openBench, refuseToStop, registering, type Bench } from './bench.ts'
import { startTarget } from './target.ts'

async function compare(bench: Bench, bot: Bot, id: string): Promise<void> {
  const deployment = await findDeployment(bench.db, 'oost-test')
  if (!deployment) throw new Error('The deployment is missing.')
  await compareWithTarget({
    db: bench.db,
    bot,
    deployment,
    item: await bench.row(id),
    opener: { open: () => Promise.reject(new Error('No systems here.')), close: () => Promise.resolve() },
    today: '2026-11-22',
    stopping: new AbortController().signal,
    log: silentLog,
  })
}

const alarms = async (bench: Bench) =>
  (await bench.db.selectFrom('alarm').select('kind').orderBy('id').execute()).map(({ kind }) => kind)

test('what is done and stands at the target is compared once, and nothing is pressed', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  await bench.go(registering(target), item)
  await compare(bench, registering(target), item)
  expect((await bench.row(item)).compared_at).not.toBeNull()
  expect(await bench.eventKinds(item)).toContain('compared')
  expect(target.entries).toHaveLength(1)
  expect(await alarms(bench)).toEqual([])
})

test.each([
  ['is gone', () => []],
  ['stands there twice', <T>(entries: readonly T[]) => [...entries, ...entries]],
  [
    'reads otherwise',
    (entries: readonly { marker: string }[]) => entries.map(({ marker }) => ({ marker, value: 'two' })),
  ],
])('when it %s, the deployment is stopped with an alarm', async (_what, change) => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  await bench.go(registering(target), item)
  target.entries.splice(0, target.entries.length, ...change([...target.entries]))
  await compare(bench, registering(target), item)
  expect(await alarms(bench)).toEqual(['target-differs', 'deployment-stopped'])
  expect(await bench.eventKinds(item)).toContain('contradicted')
})

test('what is contradicted and cannot be stopped is not written down as compared: it is compared again', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  await bench.go(registering(target), item)
  target.entries.splice(0)
  const allow = await refuseToStop(bench)
  await expect(compare(bench, registering(target), item)).rejects.toThrow('refused')
  expect((await bench.row(item)).compared_at).toBeNull()
  expect(await alarms(bench)).toEqual([])
  await allow()
  await compare(bench, registering(target), item)
  expect(await alarms(bench)).toEqual(['target-differs', 'deployment-stopped'])
})

test('a target that cannot be searched says nothing: it is compared another time', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  await bench.go(registering(target), item)
  target.next.push('search-fails')
  await compare(bench, registering(target), item)
  expect((await bench.row(item)).compared_at).toBeNull()
  expect(await alarms(bench)).toEqual([])
})

test('items of earlier days are taken, each once an hour; those of today, long ago or compared are not', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  for (const reference of ['today', 'yesterday', 'long-ago', 'compared']) {
    await bench.go(registering(target), await bench.addItem(reference))
  }
  await sql`UPDATE item SET finished_at = CASE reference
    WHEN 'today' THEN '2026-11-21T23:30Z'::timestamptz WHEN 'long-ago' THEN '2026-11-01T12:00Z'
    ELSE '2026-11-21T22:30Z' END, rung_at = NULL`.execute(bench.db)
  await sql`UPDATE item SET compared_at = now() WHERE reference = 'compared'`.execute(bench.db)
  const [taken, ...more] = await takeUncompared(bench.db, '2026-11-22', 10)
  expect((await bench.row(taken ?? '')).reference).toBe('yesterday')
  expect(more).toEqual([])
  expect(await takeUncompared(bench.db, '2026-11-22', 10)).toEqual([])
})

test('what was done just before midnight is given an hour to be shown', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const id = await bench.addItem('R-1')
  await bench.go(registering(target), id)
  const { rows } = await sql<{
    tomorrow: string
  }>`SELECT (now() + interval '1 day')::date::text AS tomorrow`.execute(bench.db)
  const tomorrow = rows[0]?.tomorrow ?? ''
  expect(await takeUncompared(bench.db, tomorrow, 10)).toEqual([])
  await sql`UPDATE item SET finished_at = finished_at - interval '61 minutes'`.execute(bench.db)
  expect(await takeUncompared(bench.db, tomorrow, 10)).toEqual([id])
})
