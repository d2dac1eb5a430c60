import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { createLog } from '../../connectors/log.ts'
import { openLedger } from '../../orchestrator/ledger/open-ledger.ts'
import { openDoorbell } from '../../orchestrator/queue/open-doorbell.ts'
import { secretBox } from '../../orchestrator/secrets/secret-box.ts'
import { startSweeper } from '../../orchestrator/work/sweeper.ts'
import { systemClock } from '../../orchestrator/work/system-clock.ts'
import { startWorker } from '../../orchestrator/work/worker.ts'
import { seededRandom } from '../practice-hospital/random.ts'
import { BOT_NAME, chaosBot } from './chaos-bot.ts'
import { ANSWER_MS, chaosTiming, GUARDS, LOCK_MS, STALLED_CHECK_MS } from './chaos-timing.ts'
import { openRegistry } from './registry.ts'

/** A worker as the product composes it, with a bot for the registry. It is told where to work on the first line of stdin. */
const ordersSchema = z.object({
  databaseUrl: z.string(),
  redisUrl: z.string().optional(),
  registry: z.string(),
  token: z.string(),
  without: z.enum(GUARDS).optional(),
  concurrency: z.number(),
  seed: z.string(),
  pauseMs: z.tuple([z.number(), z.number()]),
})

const lines = createInterface({ input: process.stdin })
const [first] = await once(lines, 'line')
const orders = ordersSchema.parse(JSON.parse(String(first)))
const ended = once(lines, 'close')

const { databaseUrl, redisUrl, concurrency } = orders
const random = seededRandom(orders.seed)
const timing = chaosTiming(orders.without)
const log = createLog('info', (line) => void process.stderr.write(line))
const onError = (error: Error) => log.warn('connection trouble', { code: error.name })
const db = await openLedger({ url: databaseUrl, connections: 5, onError })
const doorbell = await openDoorbell({
  databaseUrl,
  redisUrl,
  lockMs: LOCK_MS,
  stalledCheckMs: STALLED_CHECK_MS,
  onError,
})
const bot = chaosBot(openRegistry(orders.registry, orders.token, ANSWER_MS), () =>
  random.integer(...orders.pauseMs),
)
const worker = await startWorker({
  db,
  doorbell,
  bots: new Map([[BOT_NAME, bot]]),
  opener: {
    open: () => Promise.reject(new Error('The chaos bot has no systems.')),
    close: () => Promise.resolve(),
  },
  secrets: secretBox(randomBytes(32)),
  timing,
  clock: { ...systemClock, random: () => random.next() },
  concurrency,
  log,
})
const sweeper = startSweeper({ db, doorbell, timing, log, now: () => new Date(), today: () => '2026-11-21' })
process.stdout.write(`${JSON.stringify({ id: worker.id })}\n`)

await ended
await sweeper.close()
await worker.close()
await doorbell.close()
await db.destroy()
process.exit(0)
