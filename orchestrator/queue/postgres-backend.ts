import {
  assertSchemaCompatibility,
  createPostgresBackend,
  LATEST_SCHEMA_VERSION,
  runMigrations,
  SchemaMigrationRequiredError,
  type PostgresConnectionOptions,
  type PostgresPoolConfig,
  type PostgresQueueBackend,
} from 'bullmq'
import { Client } from 'pg'
import { z } from 'zod'
import type { Engine, Link } from './bullmq-doorbell.ts'
import { errorCode, refusal, serverAddress } from './refusal.ts'

const CONNECT_WITHIN_MS = 5_000
const OLDEST = 14
/** Bells in hand wait on people and pages, so a few connections serve many. */
const BELLS_PER_CONNECTION = 4
const CONNECTIONS_AT_MOST = 8
/**
 * Nobody waits until a bell is on the disk, where the ledger's own commits want to be: a server that goes down may lose the
 * bells of its last second, rung or answered, and the ledger rings again for what waits.
 */
const UNHURRIED = '-c synchronous_commit=off'

/**
 * BullMQ in a schema of its own in this PostgreSQL, which is made or brought up to date first.
 * Throws a `queue-unsafe` Failure when that server could lose what it has confirmed.
 */
export async function postgresEngine(
  url: string,
  schema: string,
): Promise<Engine<PostgresQueueBackend, PostgresConnectionOptions>> {
  const address = serverAddress(url, ['postgres:', 'postgresql:'], 5432)
  if (!address)
    throw refusal(
      'DATABASE_URL is no address of a PostgreSQL: write it as postgresql://user:password@host:5432/database.',
    )
  await prepare(poolConfig(url), schema, `PostgreSQL at ${address}`)
  const config = poolConfig(url, UNHURRIED)
  return {
    backend: 'postgres',
    factory: createPostgresBackend,
    ringing: () => link({ ...config, schema, max: 2 }),
    answering: (concurrency) => link({ ...config, schema, max: connectionsFor(concurrency) }),
  }
}

/** Nothing waits for a PostgreSQL that is away: connecting fails within seconds. */
function link(connection: PostgresConnectionOptions): Link<PostgresQueueBackend, PostgresConnectionOptions> {
  return { connection, leave: () => Promise.resolve() }
}

/** One connection more than this is held per `answer`, to listen on. */
function connectionsFor(concurrency: number): number {
  return Math.min(Math.max(2, Math.ceil(concurrency / BELLS_PER_CONNECTION)), CONNECTIONS_AT_MOST)
}

/** `options` in the URL would win over the search_path that BullMQ passes the same way, so it is handed over apart. */
function poolConfig(url: string, more = ''): PostgresPoolConfig {
  const parsed = new URL(url)
  const options = `${parsed.searchParams.get('options') ?? ''} ${more}`.trim()
  parsed.searchParams.delete('options')
  return {
    connectionString: parsed.href,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    keepAlive: true,
    ...(options ? { options } : {}),
  }
}

async function prepare(config: PostgresPoolConfig, schema: string, server: string): Promise<void> {
  const client = new Client({ ...config, query_timeout: 60_000 })
  let lost: Error | undefined
  client.on('error', (error) => (lost ??= error))
  try {
    await client.connect()
    const fault = findPostgresFault(await readSettings(client))
    if (fault) throw refusal(`${server} ${fault}`)
    if (!(await isUpToDate(client, schema))) await runMigrations(client, schema)
  } catch (error) {
    if (error instanceof Error && error.name === 'Failure') throw error
    throw refusal(
      `${server} cannot be used (${errorCode(lost ?? error)}): ${remedyFor(lost ?? error, schema)}`,
    )
  } finally {
    await client.end()
  }
}

/** Looks before it migrates: an account that may not create schemas can use one that somebody else made. */
async function isUpToDate(client: Client, schema: string): Promise<boolean> {
  try {
    return (await assertSchemaCompatibility(client, schema)) >= LATEST_SCHEMA_VERSION
  } catch (error) {
    if (error instanceof SchemaMigrationRequiredError) return false
    throw error
  }
}

const settingsSchema = z.object({
  version: z.coerce.number(),
  fsync: z.string(),
  fullPageWrites: z.string(),
  synchronousCommit: z.string(),
  readOnly: z.string(),
})
type PostgresSettings = z.output<typeof settingsSchema>

async function readSettings(client: Client): Promise<PostgresSettings> {
  const { rows } = await client.query(`SELECT current_setting('server_version_num') AS version,
    current_setting('fsync') AS fsync, current_setting('full_page_writes') AS "fullPageWrites",
    current_setting('synchronous_commit') AS "synchronousCommit",
    current_setting('transaction_read_only') AS "readOnly"`)
  return settingsSchema.parse(rows[0])
}

/** What makes this server unsafe for ledger and doorbell, with its remedy; undefined when nothing does. */
export function findPostgresFault(settings: PostgresSettings): string | undefined {
  const major = Math.floor(settings.version / 10_000)
  if (major < OLDEST) return `has version ${major}: bring it to ${OLDEST} or newer.`
  if (settings.readOnly === 'on')
    return 'is read-only: give the address of the primary, and an account that may write.'
  const off = (name: string) =>
    `can lose what it has confirmed (${name} is off): set ${name} to on, for the server and for this account.`
  if (settings.fsync === 'off') return off('fsync')
  if (settings.fullPageWrites === 'off') return off('full_page_writes')
  if (settings.synchronousCommit === 'off') return off('synchronous_commit')
  return undefined
}

function remedyFor(error: unknown, schema: string): string {
  const code = errorCode(error)
  if (code.startsWith('28')) return 'correct the account and password in DATABASE_URL.'
  if (code === '3D000') return 'there is no database of that name; make it, or correct DATABASE_URL.'
  if (code === '42501')
    return `the account may not make or use the schema ${schema}; grant it CREATE on the database.`
  return 'start it, or correct DATABASE_URL.'
}
