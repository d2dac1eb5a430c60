import { expect, test } from 'vitest'
import type { Arrival } from '../../../connectors/hl7/arrival.ts'
import { createBatches, type Batches } from '../../../connectors/hl7/batches.ts'
import { silentLog } from '../../../connectors/log.ts'
import { gate } from './channel-under-test.ts'
import { until } from './peer.ts'

const arrival = (size: number): Arrival => ({
  channel: 'x',
  peer: 'y',
  bytes: Buffer.alloc(size),
  message: undefined,
  why: undefined,
  acceptance: () => Buffer.alloc(0),
})

test('what waits is handed over in batches of bounded count', async () => {
  const { accept, batches } = gate()
  const queue = createBatches(accept, 1e9, silentLog, () => undefined)
  const decided = Array.from({ length: 2000 }, () => queue.submit(arrival(1)))
  for (let at = 0; at < 4; at++) {
    await until('the next batch', () => batches.length > at)
    batches[at]?.release()
  }
  await Promise.all(decided)
  expect(batches.map(({ arrivals }) => arrivals.length)).toEqual([512, 512, 512, 464])
})

test('and of bounded bytes, a larger message alone; full is said until it is handed over', async () => {
  const { accept, batches } = gate()
  const MB = 1024 * 1024
  const queue = createBatches(accept, 30 * MB, silentLog, () => undefined)
  const decided = [10, 10, 20, 1].map((size) => queue.submit(arrival(size * MB)))
  expect(queue.isFull()).toBe(true)
  for (let at = 0; at < 4; at++) {
    await until('the next batch', () => batches.length > at)
    batches[at]?.release()
  }
  await Promise.all(decided)
  expect(batches.map(({ arrivals }) => arrivals.length)).toEqual([1, 1, 1, 1])
  expect(queue.isFull()).toBe(false)
})

test('one decision for two arrivals is none', async () => {
  const { accept, batches } = gate()
  const queue = createBatches(accept, 1e9, silentLog, () => undefined)
  const decided = [queue.submit(arrival(1)), queue.submit(arrival(1))]
  await until('the batch', () => batches.length === 1)
  batches[0]?.release([{ answer: 'accept' }])
  expect((await Promise.all(decided)).map(({ answer }) => answer)).toEqual(['error', 'error'])
})

/** Four messages that were kept safe together, which took a second by the clock that is handed in. */
async function afterFour() {
  const { accept, batches } = gate()
  let clock = 0
  const queue = createBatches(
    accept,
    1e9,
    silentLog,
    () => undefined,
    () => clock,
  )
  const decided = [1, 2, 3, 4].map((size) => queue.submit(arrival(size)))
  await until('the first batch', () => batches.length === 1)
  clock = 1000
  batches[0]?.release()
  await Promise.all(decided)
  const sizes = () => batches.slice(1).map(({ arrivals }) => arrivals.map(({ bytes }) => bytes.length))
  return { queue, batches, sizes, set: (to: number) => (clock = to) }
}

async function sendOn(queue: Batches, sizes: readonly number[]) {
  for (const size of sizes) {
    void queue.submit(arrival(size))
    await new Promise((turn) => setImmediate(turn))
  }
}

test('who is first to send on after the answers is kept safe with the next, the others meanwhile', async () => {
  const { queue, sizes } = await afterFour()
  await sendOn(queue, [1, 2, 3, 4])
  expect(sizes()).toEqual([
    [1, 2],
    [3, 4],
  ])
})

test('no third batch is handed over before one of two is kept safe', async () => {
  const { queue, batches, sizes } = await afterFour()
  await sendOn(queue, [1, 2, 3, 4, 5, 6])
  expect(sizes()).toHaveLength(2)
  batches[1]?.release()
  await until('the third batch', () => sizes().length === 3)
  expect(sizes()[2]).toEqual([5, 6])
})

test('who does not send on is awaited for half as long as the last batch took, and no longer', async () => {
  const { queue, sizes, set } = await afterFour()
  set(1490)
  await sendOn(queue, [1])
  expect(sizes()).toEqual([])
  await until('the second batch', () => sizes().length === 1)
  expect(sizes()).toEqual([[1]])
})

test('after a pause nobody is awaited', async () => {
  const { queue, sizes, set } = await afterFour()
  set(1500)
  await sendOn(queue, [1])
  expect(sizes()).toEqual([[1]])
})
