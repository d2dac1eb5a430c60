import { createPostgresBackend, runMigrations, withBackend } from 'bullmq'
import { Client } from 'pg'
import { AT_ONCE, askedSchema } from './items-asked.ts'

const { Queue, Worker } = withBackend(createPostgresBackend)
const SCHEMA = 'peer'
const NAME = 'no-op'

let prepared = false

/** Jobs that do nothing, everything as BullMQ has it by itself. */
async function work({ databaseUrl, items }: ReturnType<typeof askedSchema.parse>): Promise<number> {
  if (!prepared) await prepare(databaseUrl)
  prepared = true
  const connection = { connectionString: databaseUrl, schema: SCHEMA, max: AT_ONCE / 2 }
  const queue = new Queue(NAME, { connection, defaultJobOptions: { removeOnComplete: true } })
  await queue.addBulk(Array.from({ length: items }, (_, n) => ({ name: 'job', data: { n } })))
  const worker = new Worker(NAME, () => Promise.resolve(), {
    connection,
    concurrency: AT_ONCE,
    autorun: false,
  })
  let done = 0
  const allDone = new Promise<void>((resolve) => {
    worker.on('completed', () => void (++done === items && resolve()))
  })
  await worker.waitUntilReady()
  const began = performance.now()
  const running = worker.run()
  await allDone
  const seconds = (performance.now() - began) / 1000
  await worker.close()
  await running
  await queue.close()
  return items / seconds
}

async function prepare(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  await runMigrations(client, SCHEMA)
  await client.end()
}

process.on('disconnect', () => process.exit())
process.on('message', async (question) => {
  process.send?.({ perSecond: await work(askedSchema.parse(question)) })
})
