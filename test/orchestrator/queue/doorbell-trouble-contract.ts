import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
import type { Bell } from '../../../orchestrator/queue/doorbell.ts'
import { heardBells } from './heard-bells.ts'
import { item, PATIENCE, testDoorbells, type QueueServer } from './queue-server.ts'

const QUICK = { lockMs: 1_000, stalledCheckMs: 500 }

/** What happens on every backend when handlers throw, jobs are foreign, workers die and servers forget. */
export function doorbellTroubleContract(server: () => QueueServer): void {
  const { open, errors, onError, reported } = testDoorbells(server)

  test('what a handler throws is reported, stored nowhere, and the next bell is answered', async () => {
    const { doorbell } = await open()
    const heard = heardBells()
    const handler = (bell: Bell): Promise<void> => {
      if (bell.id === 'bad') throw new Error('the page showed Sophie Praktijk')
      return heard.hear(bell)
    }
    await doorbell.answer(handler, { concurrency: 1, onError })
    await doorbell.ring([item('bad'), item('good')])
    await heard.until(1)
    expect(errors.map(({ message }) => message)).toEqual(['the page showed Sophie Praktijk'])
    expect(await server().stored()).not.toContain('Sophie')
    await doorbell.ring([item('bad')])
    await vi.waitFor(() => expect(errors).toHaveLength(2), PATIENCE)
  })

  test('jobs hold ids only; a bell with anything more is refused without being quoted', async () => {
    const { doorbell, name } = await open()
    const bell = item()
    await doorbell.ring([bell])
    expect(await server().jobData(name)).toEqual({ id: bell.id, turn: '1' })
    const chatty = { ...item(), patient: 'Sophie' }
    await expect(doorbell.ring([chatty])).rejects.toMatchObject({ code: 'bell-unreadable' })
    const named = doorbell.ring([item('Sophie Praktijk')])
    await expect(named).rejects.toThrow(/wrong id/)
    await expect(named).rejects.not.toThrow(/Sophie/)
    expect(await server().stored()).not.toContain('Sophie')
  })

  test('a job that is not ours is reported and dropped', async () => {
    const { doorbell, name } = await open()
    const heard = heardBells()
    await doorbell.ring([item()])
    await server().tamper(name, JSON.stringify({ id: randomUUID(), turn: '1', run: 'rm -rf' }))
    await doorbell.answer(heard.hear, { concurrency: 1, onError })
    await doorbell.ring([item('good')])
    await heard.until(1)
    expect(heard.bells).toEqual([item('good')])
    expect(reported('bell-unreadable')).toBe(true)
  })

  test('closing waits for what is in hand and takes nothing more', async () => {
    const { doorbell } = await open()
    const heard = heardBells()
    const gate = Promise.withResolvers<void>()
    const answering = await doorbell.answer(
      async (bell) => {
        await heard.hear(bell)
        await gate.promise
      },
      { concurrency: 1, onError },
    )
    await doorbell.ring([item('first'), item('second')])
    await heard.until(1)
    let closed = false
    const closing = answering.close().then(() => (closed = true))
    await doorbell.ring([item('third')])
    expect(await doorbell.counts()).toEqual({ waiting: 2, delayed: 0, active: 1 })
    expect(closed).toBe(false)
    gate.resolve()
    await closing
    expect(heard.bells).toEqual([item('first')])
    expect(await doorbell.counts()).toEqual({ waiting: 2, delayed: 0, active: 0 })
  })

  test('closing the doorbell lets rings under way finish, also those of what is in hand, and refuses later ones', async () => {
    const { doorbell, name } = await open()
    const heard = heardBells()
    const gate = Promise.withResolvers<void>()
    const handler = async (bell: Bell): Promise<void> => {
      await heard.hear(bell)
      await gate.promise
      await doorbell.ring([item('follows')])
    }
    await doorbell.answer(handler, { concurrency: 1, onError })
    await doorbell.ring([item('first')])
    await heard.until(1)
    const closing = doorbell.close()
    const late = doorbell.ring(Array.from({ length: 3_000 }, () => item()))
    gate.resolve()
    await Promise.all([closing, late])
    await expect(doorbell.ring([item()])).rejects.toMatchObject({ kind: 'transient', code: 'queue-closed' })
    await expect(doorbell.counts()).rejects.toMatchObject({ code: 'queue-closed' })
    const again = await open({ name })
    expect(await again.doorbell.counts()).toEqual({ waiting: 3_001, delayed: 0, active: 0 })
    expect(errors).toEqual([])
  })

  test('the bell of a worker killed in the middle is given up, and can be rung again', async () => {
    const { doorbell, name } = await open(QUICK)
    const heard = heardBells()
    const bell = item()
    await killWorkerInTheMiddle(server(), name, () => doorbell.ring([bell]))
    await doorbell.answer(heard.hear, { concurrency: 1, onError })
    await vi.waitFor(() => expect(reported('bell-given-up')).toBe(true), PATIENCE)
    expect(heard.bells).toEqual([])
    await vi.waitFor(async () => expect((await doorbell.counts()).active).toBe(0), PATIENCE)
    await doorbell.ring([bell])
    await heard.until(1)
    expect(heard.bells).toEqual([bell])
  })

  test('after everything was lost, bells ring again', async () => {
    const { doorbell } = await open()
    const heard = heardBells()
    await doorbell.ring([item('lost')])
    await doorbell.ring(
      [item('lost later')].map(({ turn }) => item('lost-later', turn)),
      { delayMs: 60_000 },
    )
    await server().forgetAll()
    expect(await doorbell.counts()).toEqual({ waiting: 0, delayed: 0, active: 0 })
    await doorbell.answer(heard.hear, { concurrency: 1, onError })
    await doorbell.ring([item('first')])
    await heard.until(1)
    await server().forgetAll()
    await doorbell.ring([item('lost')])
    await heard.until(2)
    expect(heard.bells).toEqual([item('first'), item('lost')])
  })

  test('it mends itself when its connections break', async () => {
    const { doorbell } = await open(QUICK)
    const heard = heardBells()
    await doorbell.answer(heard.hear, { concurrency: 1, onError })
    await doorbell.ring([item('before')])
    await heard.until(1)
    await server().breakConnections()
    await vi.waitFor(() => doorbell.ring([item('after')]), PATIENCE)
    await heard.until(2)
    expect(heard.bells).toEqual([item('before'), item('after')])
  })
}

/** Has a worker process take the bell, and kills it before it is done. */
async function killWorkerInTheMiddle(
  server: QueueServer,
  bells: string,
  ring: () => Promise<void>,
): Promise<void> {
  const worker = spawn(process.execPath, [new URL('dying-worker.ts', import.meta.url).pathname], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: server.databaseUrl,
      ...(server.redisUrl ? { REDIS_URL: server.redisUrl } : {}),
      BELLS: bells,
      LOCK_MS: `${QUICK.lockMs}`,
      STALLED_CHECK_MS: `${QUICK.stalledCheckMs}`,
    },
  })
  const exited = once(worker, 'exit')
  try {
    await ring()
    await Promise.race([
      once(worker.stdout, 'data'),
      exited.then(() => Promise.reject(new Error('The worker ended.'))),
    ])
  } finally {
    worker.kill('SIGKILL')
    await exited
  }
}
