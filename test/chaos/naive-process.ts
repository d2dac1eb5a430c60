import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { seededRandom } from '../practice-hospital/random.ts'
import { chaosItem, entriesOf } from './chaos-bot.ts'
import { ANSWER_MS, LOCK_MS, STALLED_CHECK_MS } from './chaos-timing.ts'
import { naiveWorker } from './naive-queue.ts'
import { asksAgain, openRegistry, receivedNumber, type Entry } from './registry.ts'

/** What a robot is without the protocol: a job that submits, tried three times by the queue. */
const ordersSchema = z.object({
  databaseUrl: z.string(),
  redisUrl: z.string().optional(),
  registry: z.string(),
  token: z.string(),
  concurrency: z.number(),
  seed: z.string(),
  pauseMs: z.tuple([z.number(), z.number()]),
})
const jobSchema = z.object({ marker: z.string(), item: chaosItem })

const lines = createInterface({ input: process.stdin })
const [first] = await once(lines, 'line')
const orders = ordersSchema.parse(JSON.parse(String(first)))
const ended = once(lines, 'close')
const random = seededRandom(orders.seed)
const registry = openRegistry(orders.registry, orders.token, ANSWER_MS)

const worker = await naiveWorker(orders, {
  concurrency: orders.concurrency,
  lockDuration: LOCK_MS,
  stalledInterval: STALLED_CHECK_MS,
  handle: async (data) => {
    const { marker, item } = jobSchema.parse(data)
    await wait(random.integer(...orders.pauseMs))
    for (const entry of entriesOf(item, marker)) await submit(entry)
  },
})
process.stdout.write(`${JSON.stringify({ id: randomUUID() })}\n`)

async function submit(entry: Entry): Promise<void> {
  const asked = await registry.submit(entry, false)
  const answer = asksAgain(asked) ? await registry.submit(entry, true) : asked
  if (receivedNumber(answer) === undefined) throw new Error(`The registry answered ${answer.status}.`)
}

await ended
await worker.close()
process.exit(0)
