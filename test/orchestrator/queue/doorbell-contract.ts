import { randomUUID } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import type { Bell } from '../../../orchestrator/queue/doorbell.ts'
import { heardBells } from './heard-bells.ts'
import { item, PATIENCE, testDoorbells, type QueueServer } from './queue-server.ts'

/** How bells ring and are answered, on every backend. `server` is asked for once tests run. */
export function doorbellContract(server: () => QueueServer): void {
  const { open, errors, onError } = testDoorbells(server)

  test('a bell rung once is answered once', async () => {
    const { doorbell } = await open()
    const heard = heardBells()
    const bells: Bell[] = [
      item(),
      { kind: 'run', id: randomUUID(), turn: '1' },
      { kind: 'trigger', id: 'nightly.check', turn: '2026-11-21T02:30:00.000+01:00' },
      { kind: 'message', id: randomUUID(), turn: '1' },
    ]
    await doorbell.ring(bells)
    await doorbell.answer(heard.hear, { concurrency: 1, onError })
    await doorbell.ring([item('last')])
    await heard.until(5)
    expect(heard.bells).toEqual([...bells, item('last')])
    await vi.waitFor(
      async () => expect(await doorbell.counts()).toEqual({ waiting: 0, delayed: 0, active: 0 }),
      { timeout: 20_000 },
    )
    expect(errors).toEqual([])
  })

  test('the same bell rung again while it waits is one ring, another turn is another', async () => {
    const { doorbell } = await open()
    const heard = heardBells()
    const bell = item()
    await doorbell.ring([bell, bell])
    await doorbell.ring([bell])
    await doorbell.ring([item(bell.id, '2')])
    expect(await doorbell.counts()).toEqual({ waiting: 2, delayed: 0, active: 0 })
    await doorbell.answer(heard.hear, { concurrency: 1, onError })
    await doorbell.ring([item('last')])
    await heard.until(3)
    expect(heard.bells.map(({ turn }) => turn)).toEqual(['1', '2', '1'])
  })

  test('bells whose ids and turns only look alike when joined are two', async () => {
    const { doorbell } = await open()
    await doorbell.ring([item('a.b', 'c'), item('a', 'b.c')])
    expect((await doorbell.counts()).waiting).toBe(2)
  })

  test('a bell can ring again after it was answered', async () => {
    const { doorbell } = await open()
    const heard = heardBells()
    const bell = item()
    await doorbell.answer(heard.hear, { concurrency: 1, onError })
    await doorbell.ring([bell])
    await vi.waitFor(
      async () => expect(await doorbell.counts()).toEqual({ waiting: 0, delayed: 0, active: 0 }),
      PATIENCE,
    )
    await doorbell.ring([bell])
    await heard.until(2)
    expect(heard.bells).toEqual([bell, bell])
  })

  test('a bell rung while it is being answered is that same ring', async () => {
    const { doorbell } = await open()
    const heard = heardBells()
    const gate = Promise.withResolvers<void>()
    await doorbell.answer(async (bell) => heard.hear(bell).then(() => gate.promise), {
      concurrency: 1,
      onError,
    })
    const bell = item()
    await doorbell.ring([bell])
    await heard.until(1)
    await doorbell.ring([bell, item('last')])
    expect(await doorbell.counts()).toEqual({ waiting: 1, delayed: 0, active: 1 })
    gate.resolve()
    await heard.until(2)
    expect(heard.bells).toEqual([bell, item('last')])
  })

  test('a delay is kept, and ringing again does not shorten it', async () => {
    const { doorbell } = await open()
    const heard = heardBells()
    const [soon, later] = [item('soon'), item('later')]
    await doorbell.answer(heard.hear, { concurrency: 4, onError })
    const rung = Date.now()
    await doorbell.ring([later], { delayMs: 1_500 })
    await doorbell.ring([later, soon])
    await heard.until(1)
    expect(await doorbell.counts()).toMatchObject({ waiting: 0, delayed: 1 })
    await heard.until(2)
    const waited = Date.now() - rung
    expect(heard.bells).toEqual([soon, later])
    expect(waited).toBeGreaterThanOrEqual(1_500)
    expect(waited).toBeLessThan(6_000)
  })

  test('500 bells are all answered, eight at a time and never more', async () => {
    const { doorbell } = await open()
    const heard = heardBells()
    const eight = Promise.withResolvers<void>()
    let inHand = 0
    let most = 0
    const handler = async (bell: Bell): Promise<void> => {
      most = Math.max(most, ++inHand)
      if (inHand === 8) eight.resolve()
      await eight.promise
      inHand -= 1
      await heard.hear(bell)
    }
    const bells = Array.from({ length: 500 }, () => item())
    await doorbell.ring(bells)
    await doorbell.answer(handler, { concurrency: 8, onError })
    await heard.until(500)
    expect(new Set(heard.bells.map(({ id }) => id))).toEqual(new Set(bells.map(({ id }) => id)))
    expect(heard.bells).toHaveLength(500)
    expect(most).toBe(8)
  })

  test('workers of one name share its bells, those of another name hear none', async () => {
    const [{ doorbell, name }, { doorbell: stranger }] = [await open(), await open()]
    const { doorbell: second } = await open({ name })
    const [heard, strange] = [heardBells(), heardBells()]
    await doorbell.answer(heard.hear, { concurrency: 2, onError })
    await second.answer(heard.hear, { concurrency: 2, onError })
    await stranger.answer(strange.hear, { concurrency: 2, onError })
    const bells = Array.from({ length: 200 }, () => item())
    await doorbell.ring(bells)
    await stranger.ring([item('strange')])
    await Promise.all([heard.until(200), strange.until(1)])
    expect(new Set(heard.bells.map(({ id }) => id)).size).toBe(200)
    expect(strange.bells).toEqual([item('strange')])
  })

  test('two that ring the same bells in another order both come through', async () => {
    const { doorbell, name } = await open()
    const { doorbell: second } = await open({ name })
    // In PostgreSQL about every second round ends in a deadlock.
    for (let round = 1; round <= 8; round += 1) {
      const bells = Array.from({ length: 1_000 }, () => item())
      await Promise.all([doorbell.ring(bells), second.ring(bells.toReversed())])
      expect((await doorbell.counts()).waiting).toBe(round * 1_000)
    }
  })
}
