import {
  createPostgresBackend,
  createRedisBackend,
  runMigrations,
  withBackend,
  type ConnectionOptions,
  type PostgresConnectionOptions,
} from 'bullmq'
import { Client } from 'pg'

/** Where the naive twin's jobs are: PostgreSQL, or Redis when there is an address of one. */
export interface NaiveServer {
  readonly databaseUrl: string
  readonly redisUrl?: string | undefined
}

const NAME = 'naive'
const SCHEMA = 'naive'

const onPostgres = ({ databaseUrl }: NaiveServer): PostgresConnectionOptions => ({
  connectionString: databaseUrl,
  schema: SCHEMA,
  max: 3,
})
const onRedis = (url: string): ConnectionOptions => ({ url, maxRetriesPerRequest: null })

export interface NaiveWork {
  readonly concurrency: number
  readonly lockDuration: number
  readonly stalledInterval: number
  readonly handle: (data: unknown) => Promise<void>
}

/** A plain BullMQ worker, everything but its times as BullMQ has it by itself. */
export async function naiveWorker(server: NaiveServer, { handle, ...times }: NaiveWork) {
  const options = { ...times, prefix: NAME }
  const process = (job: { readonly data: unknown }) => handle(job.data)
  const { redisUrl } = server
  const worker = redisUrl
    ? new (withBackend(createRedisBackend).Worker)(NAME, process, {
        ...options,
        connection: onRedis(redisUrl),
      })
    : new (withBackend(createPostgresBackend).Worker)(NAME, process, {
        ...options,
        connection: onPostgres(server),
      })
  worker.on('error', (error) => void globalThis.process.stderr.write(`${error.name}\n`))
  await worker.waitUntilReady()
  return { close: () => worker.close() }
}

export interface NaiveQueue {
  add(jobs: readonly { readonly id: string; readonly data: object }[]): Promise<void>
  /** Jobs that will not run again. */
  counts(): Promise<{ readonly completed: number; readonly failed: number }>
  close(): Promise<void>
}

/** A plain BullMQ queue whose jobs are tried three times. */
export async function openNaiveQueue(server: NaiveServer): Promise<NaiveQueue> {
  const { redisUrl } = server
  if (!redisUrl) await migrate(server.databaseUrl)
  const options = { prefix: NAME, defaultJobOptions: { attempts: 3 } }
  const queue = redisUrl
    ? new (withBackend(createRedisBackend).Queue)(NAME, { ...options, connection: onRedis(redisUrl) })
    : new (withBackend(createPostgresBackend).Queue)(NAME, { ...options, connection: onPostgres(server) })
  queue.on('error', (error) => void process.stderr.write(`${error.name}\n`))
  await queue.waitUntilReady()
  return {
    add: async (jobs) => {
      await queue.addBulk(jobs.map(({ id, data }) => ({ name: 'submit', data, opts: { jobId: id } })))
    },
    counts: async () => {
      const counts = await queue.getJobCounts('completed', 'failed')
      return { completed: counts['completed'] ?? 0, failed: counts['failed'] ?? 0 }
    },
    close: () => queue.close(),
  }
}

async function migrate(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await runMigrations(client, SCHEMA)
  } finally {
    await client.end()
  }
}
