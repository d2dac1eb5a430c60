import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { seededRandom } from '../practice-hospital/random.ts'
import type { Fuzzing } from './fuzzing.ts'

const ordersSchema = z.object({
  module: z.string(),
  seed: z.number(),
  from: z.number(),
  /** Stops by itself after so many. */
  cases: z.number(),
})
export type Orders = z.output<typeof ordersSchema>

/** Said to the supervisor: before each case what it is, after a wrong one why, and after the last. */
export type Said =
  | { readonly kind: 'case'; readonly number: number; readonly what: string; readonly bytes: Uint8Array }
  | { readonly kind: 'wrong'; readonly why: string }
  | { readonly kind: 'done' }

const WORK_MS = 1000
const MEMORY_BYTES = 1024 ** 3

const say = (said: Said) => parentPort?.postMessage(said)

/** @throws Error when it took more than a second of work; time that the machine gave to others does not count. */
async function checkOne(fuzzing: Fuzzing, input: Parameters<Fuzzing['check']>[0]): Promise<void> {
  const before = process.cpuUsage()
  await fuzzing.check(input)
  const { user, system } = process.cpuUsage(before)
  if (user + system > WORK_MS * 1000)
    throw new Error(`It took ${Math.round((user + system) / 1000)} ms of work.`)
  if (process.memoryUsage.rss() > MEMORY_BYTES) throw new Error('More than 1 GB of memory is in use.')
}

async function work({ module, seed, from, cases }: Orders): Promise<void> {
  const { open }: { open: () => Promise<Fuzzing> } = await import(module)
  await using fuzzing = await open()
  for (let number = from; number < from + cases; number++) {
    const input = fuzzing.make(seededRandom(`${seed}/${number}`))
    say({ kind: 'case', number, ...input })
    await checkOne(fuzzing, input)
  }
}

try {
  // What nobody waits for may fail as well.
  process.on('unhandledRejection', (error) => {
    throw error
  })
  await work(ordersSchema.parse(workerData))
  say({ kind: 'done' })
} catch (error) {
  say({ kind: 'wrong', why: error instanceof Error ? (error.stack ?? error.message) : String(error) })
}
