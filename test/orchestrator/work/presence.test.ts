import { expect, test, vi } from 'vitest'
import type { Bot } from '../../../bots/bot.ts'
import { silentLog } from '../../../connectors/log.ts'
import { readWorkers, wantOfWorker } from '../../../orchestrator/ledger/workers.ts'
import { openDoorbell } from '../../../orchestrator/queue/open-doorbell.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { ringItems } from '../../../orchestrator/work/ringing.ts'
import { systemClock } from '../../../orchestrator/work/system-clock.ts'
import { startWorker } from '../../../orchestrator/work/worker.ts'
import { openBench, testBot, timing, type Bench } from './bench.ts'

const secrets = secretBox(Buffer.alloc(32, 1))
const opener = { open: () => Promise.reject(new Error('None.')), close: () => Promise.resolve() }

/** A worker that looks often, its bot given. */
async function openWorker(bench: Bench, bot: Bot) {
  const stack = new AsyncDisposableStack()
  const doorbell = await openDoorbell({ databaseUrl: bench.url, schema: 'bullmq', onError: () => undefined })
  stack.defer(() => doorbell.close())
  const worker = await startWorker({
    ...{ db: bench.db, doorbell, bots: new Map([[bot.name, bot]]), opener, secrets, clock: systemClock },
    ...{ timing: { ...timing, heartbeatSeconds: 0.05 }, concurrency: 2, log: silentLog },
  })
  stack.defer(() => worker.close())
  return { worker, doorbell, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

const soon = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 20_000, interval: 20 })

test('a worker that is drained finishes what it has and takes nothing new; told to work it goes on; told to stop it ends', async () => {
  await using bench = await openBench()
  const gate = Promise.withResolvers<void>()
  const bot = testBot(({ step }, value) =>
    step('wait', () => (value === 'slow' ? gate.promise : Promise.resolve())),
  )
  await using working = await openWorker(bench, bot)
  const { worker, doorbell } = working
  const seen = async () => (await readWorkers(bench.db)).find(({ id }) => id === worker.id)

  const slow = await bench.addItem('slow', 'slow')
  await ringItems(doorbell, [slow])
  await soon(async () =>
    expect(await seen()).toMatchObject({ takes: true, hands: [{ item: slow, state: 'claimed' }] }),
  )

  expect(await wantOfWorker(bench.db, worker.id, 'drain', 'jdv01')).toBe('work')
  await soon(async () =>
    expect(await seen()).toMatchObject({ takes: false, wanted: 'drain', wantedBy: 'jdv01' }),
  )
  const next = await bench.addItem('next')
  await ringItems(doorbell, [next])
  gate.resolve()
  await soon(async () => expect((await bench.row(slow)).state).toBe('done'))
  await soon(async () => expect(await seen()).toMatchObject({ hands: [] }))
  expect((await bench.row(next)).state).toBe('queued')

  await wantOfWorker(bench.db, worker.id, 'work', 'jdv01')
  await soon(async () => expect((await bench.row(next)).state).toBe('done'))
  expect(await seen()).toMatchObject({ takes: true, wanted: 'work' })

  await wantOfWorker(bench.db, worker.id, 'stop', 'jdv01')
  await worker.stopped
  await expect(wantOfWorker(bench.db, worker.id, 'work', 'jdv01')).rejects.toThrow('stopping already')
  await worker.close()
  expect(await seen()).toBeUndefined()
  await expect(wantOfWorker(bench.db, worker.id, 'drain', 'jdv01')).rejects.toMatchObject({
    code: 'not-found',
  })
})
