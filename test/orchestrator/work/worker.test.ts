import { randomBytes } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import type { Bot } from '../../../bots/bot.ts'
import { Failure } from '../../../connectors/failure.ts'
import { silentLog } from '../../../connectors/log.ts'
import { putDeployment } from '../../../orchestrator/ledger/setup.ts'
import { openDoorbell } from '../../../orchestrator/queue/open-doorbell.ts'
import type { Doorbell } from '../../../orchestrator/queue/doorbell.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { fireByHand } from '../../../orchestrator/triggers/by-hand.ts'
import { botVersions } from '../../../orchestrator/work/bot-versions.ts'
import { systemClock } from '../../../orchestrator/work/system-clock.ts'
import { startSweeper } from '../../../orchestrator/work/sweeper.ts'
import { startWorker } from '../../../orchestrator/work/worker.ts'
import { openBench, PLAIN_DEPLOYMENT, registering, timing, type Bench } from './bench.ts'
import { startTarget } from './target.ts'

const quick = { ...timing, sweepSeconds: 0.2, settleSeconds: 0.05, backoffSeconds: 0.05, maxAttempts: 20 }

const openSystems = {
  open: () => Promise.reject(new Error('A test bot has no systems.')),
  close: () => Promise.resolve(),
}

interface Working extends AsyncDisposable {
  readonly doorbell: Doorbell
}

/** A worker and a sweeper on the bench's ledger, with a real doorbell. */
async function work(bench: Bench, bot: Bot, waits = quick): Promise<Working> {
  const onError = (error: Error) => expect.fail(error.message)
  const doorbell = await openDoorbell({ databaseUrl: bench.url, schema: 'bullmq', onError: () => undefined })
  const worker = await startWorker({
    db: bench.db,
    doorbell,
    bots: new Map([[bot.name, bot]]),
    opener: openSystems,
    secrets: secretBox(randomBytes(32)),
    timing: waits,
    clock: systemClock,
    concurrency: 4,
    log: { ...silentLog, error: (event) => onError(new Error(event)) },
  })
  const sweeper = startSweeper({
    db: bench.db,
    doorbell,
    timing: waits,
    log: silentLog,
    now: () => new Date(),
    today: () => '2026-11-21',
  })
  return {
    doorbell,
    async [Symbol.asyncDispose]() {
      await sweeper.close()
      await worker.close()
      await doorbell.close()
    },
  }
}

const counts = async (bench: Bench, state: string) =>
  (
    await bench.db
      .selectFrom('item')
      .select('id')
      .where('state', '=', state as 'done')
      .execute()
  ).length

const references = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ reference: `R-${n}`, value: 'one' }))

test('a person fires a run: the bot finds items, a target that misbehaves does not double them, all are done', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const bot: Bot = {
    ...registering(target),
    async *collect() {
      yield* references(40)
    },
  }
  target.next.push(
    'applied-but-failed',
    'none',
    'not-applied',
    'none',
    'none',
    'applied-but-failed',
    'search-fails',
  )
  await using working = await work(bench, bot)
  const run = await fireByHand(bench.db, working.doorbell, 'oost-test')
  await vi.waitFor(async () => expect(await counts(bench, 'done')).toBe(40), {
    timeout: 20_000,
    interval: 100,
  })
  expect(target.entries).toHaveLength(40)
  expect(new Set(target.entries.map((entry) => entry.marker)).size).toBe(40)
  const found = await bench.db
    .selectFrom('run')
    .selectAll()
    .where('id', '=', run.id)
    .executeTakeFirstOrThrow()
  expect(found).toMatchObject({ state: 'collected', found: 40, added: 40 })
})

test('a run that cannot look for work now is collected again, and its items are not there twice', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  let tries = 0
  const bot: Bot = {
    ...registering(target),
    async *collect() {
      yield* references(30)
      tries += 1
      if (tries < 3) throw new Failure('transient', 'down', 'The inbox does not answer.')
    },
  }
  await using working = await work(bench, bot)
  await fireByHand(bench.db, working.doorbell, 'oost-test')
  await vi.waitFor(async () => expect(await counts(bench, 'done')).toBe(30), {
    timeout: 20_000,
    interval: 100,
  })
  await vi.waitFor(
    async () => {
      const run = await bench.db.selectFrom('run').selectAll().executeTakeFirstOrThrow()
      expect(run).toMatchObject({ state: 'collected', attempt: 3, found: 30 })
    },
    { timeout: 20_000 },
  )
  expect(target.entries).toHaveLength(30)
})

test('a run whose bot reads longer than a lease before it finds anything stays with its collector', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const lease = async () =>
    (
      await bench.db.selectFrom('run').select(['lease_until', 'attempt']).executeTakeFirstOrThrow()
    ).lease_until?.getTime() ?? 0
  const bot: Bot = {
    ...registering(target),
    async *collect() {
      const until = await lease()
      // By then a sweeper that found the lease over would have rung for another collector.
      await vi.waitFor(async () => expect(await lease()).toBeGreaterThan(until + 1500), {
        timeout: 20_000,
        interval: 50,
      })
      yield* references(3)
    },
  }
  await using working = await work(bench, bot, {
    ...quick,
    leaseSeconds: 1,
    heartbeatSeconds: 0.2,
    armMarginSeconds: 0.2,
  })
  await fireByHand(bench.db, working.doorbell, 'oost-test')
  await vi.waitFor(
    async () =>
      expect(await bench.db.selectFrom('run').selectAll().executeTakeFirstOrThrow()).toMatchObject({
        ...{ state: 'collected', attempt: 1, found: 3 },
      }),
    { timeout: 20_000, interval: 100 },
  )
})

test('items whose bells were all lost are done all the same: the sweeper rings for them', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  for (const { reference } of references(10)) await bench.addItem(reference)
  await using _working = await work(bench, registering(target))
  await vi.waitFor(async () => expect(await counts(bench, 'done')).toBe(10), {
    timeout: 20_000,
    interval: 100,
  })
})

test('a bell that comes late, when its item is done, looks at nothing: the target may not show it yet', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const id = await bench.addItem('R-1')
  await using working = await work(bench, registering(target))
  await vi.waitFor(async () => expect(await counts(bench, 'done')).toBe(1), {
    timeout: 20_000,
    interval: 100,
  })
  const shown = target.entries.splice(0)
  expect(shown).toHaveLength(1)
  const answered = async () =>
    await vi.waitFor(
      async () => expect(await working.doorbell.counts()).toEqual({ waiting: 0, delayed: 0, active: 0 }),
      { timeout: 20_000 },
    )
  await working.doorbell.ring([{ kind: 'item', id, turn: 'late' }])
  await answered()
  expect((await bench.row(id)).compared_at).toBeNull()
  await working.doorbell.ring([{ kind: 'compare', id, turn: 'another-day' }])
  await vi.waitFor(async () => expect(await bench.eventKinds(id)).toContain('contradicted'), {
    timeout: 20_000,
  })
})

test('a deployment that does not exist, is off or was stopped is not fired, with what to do', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  await using working = await work(bench, registering(target))
  const fire = (id: string) => fireByHand(bench.db, working.doorbell, id)
  await expect(fire('nothing')).rejects.toThrow('ontregel deployments')
  await putDeployment(bench.db, { ...PLAIN_DEPLOYMENT, id: 'oost-off', mode: 'off' })
  await expect(fire('oost-off')).rejects.toThrow('put it to work first')
})

test('a worker writes with each item which version of its bot did it', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const name = 'insurance-check'
  const bot: Bot = { ...registering(target), name }
  await bench.db.updateTable('deployment').set({ bot: name }).where('id', '=', 'oost-test').execute()
  const item = await bench.addItem('R-1')
  await using _working = await work(bench, bot)
  await vi.waitFor(async () => expect(await counts(bench, 'done')).toBe(1), { timeout: 20_000, interval: 20 })
  expect(await bench.row(item)).toMatchObject({ bot_version: (await botVersions([name])).get(name) })
  expect((await bench.row(item)).bot_version).toMatch(/\+[0-9a-f]{8}$/)
})
