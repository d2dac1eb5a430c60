import { createRedisBackend, type ConnectionOptions, type RedisClient, type RedisQueueBackend } from 'bullmq'
import { Redis } from 'ioredis'
import type { Engine, Link } from './bullmq-doorbell.ts'
import { errorCode, refusal, serverAddress } from './refusal.ts'

const CONNECT_WITHIN_MS = 5_000
const RECONNECT_WITHIN_MS = 2_000
const OLDEST = [6, 2] as const

/** BullMQ on Redis or Valkey. Throws a `queue-unsafe` Failure when that server would lose or drop bells. */
export async function redisEngine(url: string): Promise<Engine<RedisQueueBackend, ConnectionOptions>> {
  const address = serverAddress(url, ['redis:', 'rediss:'], 6379)
  if (!address)
    throw refusal('REDIS_URL is no address of a Redis: write it as redis://user:password@host:6379/0.')
  const fault = findRedisFault(await readInfo(url, address))
  if (fault) throw refusal(`Redis at ${address} ${fault}`)
  return {
    backend: 'redis',
    factory: createRedisBackend,
    ringing: () => ringingLink(url),
    answering: () => answeringLink(url),
  }
}

/** Who rings waits for an answer: fails within seconds rather than keep rings back for a server that is away. */
function ringingLink(url: string): Link<RedisQueueBackend, ConnectionOptions> {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    commandTimeout: 10_000,
    retryStrategy: reconnectAfter,
  })
  // BullMQ reports its errors; this only keeps ioredis from printing one that comes when BullMQ has left.
  redis.on('error', () => undefined)
  return { connection: redis, leave: () => Promise.resolve(redis.disconnect()) }
}

/** Waits for a server that is away, so that what was answered is still acknowledged; unless we are leaving. */
function answeringLink(url: string): Link<RedisQueueBackend, ConnectionOptions> {
  let leaving = false
  const retryStrategy = (times: number): number | null => (leaving ? null : reconnectAfter(times))
  const leave = async ({ connection, blockingConnection }: RedisQueueBackend): Promise<void> => {
    leaving = true
    await settled(await connection.client)
    await settled(await blockingConnection?.client)
  }
  return { connection: { url, maxRetriesPerRequest: null, retryStrategy }, leave }
}

/** BullMQ would wait without end for a connection that it closes between two attempts to reconnect (ioredis #2169). */
async function settled(client: RedisClient | undefined): Promise<void> {
  if (!client || client.status === 'ready' || client.status === 'end') return
  await new Promise<void>((settle) => {
    client.once('ready', () => settle())
    client.once('end', () => settle())
  })
}

function reconnectAfter(times: number): number {
  return Math.min(times * 200, RECONNECT_WITHIN_MS)
}

/**
 * What makes this server unsafe as a doorbell, with its remedy; undefined when nothing does.
 * @param info The text of the INFO command: unlike CONFIG GET, hosted servers allow it.
 */
export function findRedisFault(info: string): string | undefined {
  const fields = new Map(info.split(/\r?\n/).map((line) => splitAtColon(line)))
  const version = fields.get('redis_version') ?? '0'
  if (isOlder(version)) return `has version ${version}: bring it to ${OLDEST.join('.')} or newer.`
  if (fields.get('role') === 'slave')
    return 'is a read-only copy of another: give the address of the primary.'
  const policy = fields.get('maxmemory_policy') ?? 'unknown'
  if (policy !== 'noeviction')
    return `throws data away when its memory is full (maxmemory-policy ${policy}): set maxmemory-policy to noeviction.`
  if (fields.get('aof_enabled') !== '1')
    return 'does not write what it promised to disk (append-only file off): set appendonly to yes.'
  return undefined
}

function splitAtColon(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon), line.slice(colon + 1)]
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])
}

async function readInfo(url: string, address: string): Promise<string> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_WITHIN_MS,
    commandTimeout: CONNECT_WITHIN_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  let trouble: Error | undefined
  redis.on('error', (error) => (trouble ??= error))
  try {
    await redis.connect()
    return await redis.info()
  } catch (error) {
    throw refusal(
      `Redis at ${address} does not answer (${errorCode(trouble ?? error)}): ${remedyFor(trouble ?? error)}`,
    )
  } finally {
    redis.disconnect()
  }
}

function remedyFor(error: unknown): string {
  return /^(NOAUTH|WRONGPASS|NOPERM)$/.test(errorCode(error))
    ? 'correct the account and password in REDIS_URL.'
    : 'start it, correct REDIS_URL, or leave REDIS_URL out to use PostgreSQL.'
}
