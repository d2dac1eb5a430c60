import { createServer, type AddressInfo } from 'node:net'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openDoorbell } from '../../../orchestrator/queue/open-doorbell.ts'
import { findRedisFault } from '../../../orchestrator/queue/redis-backend.ts'
import { redisAvailable, startTestRedis, type TestRedis } from '../../redis.ts'
import { doorbellContract } from './doorbell-contract.ts'
import { doorbellTroubleContract } from './doorbell-trouble-contract.ts'
import type { QueueServer } from './queue-server.ts'

/** Asked once, for it says in a line of its own what is skipped. */
const withRedis = redisAvailable()
const onError = (): void => undefined
const signal = () => Promise.withResolvers<void>()
const bell = (id: string) => ({ kind: 'item', id, turn: '1' }) as const
const NOWHERE = 'postgresql://nobody@127.0.0.1:1/nothing'
const open = (redisUrl: string) => openDoorbell({ databaseUrl: NOWHERE, redisUrl, onError })

describe.skipIf(!withRedis)('the doorbell on Redis', () => {
  let server: TestRedis
  let behind: Redis
  beforeAll(async () => {
    server = await startTestRedis()
    behind = new Redis(server.url)
  })
  afterAll(async () => {
    behind.disconnect()
    await server[Symbol.asyncDispose]()
  })

  const queueServer = (): QueueServer => {
    const theJob = async (bells: string): Promise<string> => {
      const [key, ...others] = await behind.keys(`ontregel:${bells}:item.*`)
      expect(others).toEqual([])
      return key ?? ''
    }
    return {
      databaseUrl: NOWHERE,
      redisUrl: server.url,
      forgetAll: async () => void (await behind.flushall()),
      breakConnections: async () => void (await behind.call('CLIENT', 'KILL', 'TYPE', 'normal')),
      stored: () => everythingIn(behind),
      jobData: async (bells) => JSON.parse((await behind.hget(await theJob(bells), 'data')) ?? ''),
      tamper: async (bells, data) => void (await behind.hset(await theJob(bells), 'data', data)),
    }
  }
  doorbellContract(queueServer)
  doorbellTroubleContract(queueServer)

  test('it goes on after the server was killed and started again', async () => {
    await using own = await startTestRedis()
    const doorbell = await open(own.url)
    const answered = Promise.withResolvers<string>()
    await own.kill()
    await expect(doorbell.ring([bell('lost')])).rejects.toMatchObject({
      kind: 'transient',
      code: 'queue-trouble',
    })
    await own.restart()
    await doorbell.answer(({ id }) => Promise.resolve(answered.resolve(id)), { concurrency: 1, onError })
    // It comes back by itself after a while: the ledger's sweeper rings again until it does.
    await vi.waitFor(() => doorbell.ring([bell('again')]), { timeout: 20_000 })
    expect(await answered.promise).toBe('again')
    await doorbell.close()
  })

  test.each(['idle', 'with a bell in hand'])('it closes when the server is gone, %s', async (how) => {
    await using own = await startTestRedis()
    const [taken, gate] = [signal(), signal()]
    const lost: Error[] = []
    const doorbell = await openDoorbell({
      databaseUrl: NOWHERE,
      redisUrl: own.url,
      onError: (error) => lost.push(error),
    })
    const handler = (): Promise<void> => {
      taken.resolve()
      return gate.promise
    }
    await doorbell.answer(handler, { concurrency: 2, onError: (error) => lost.push(error) })
    if (how !== 'idle') {
      await doorbell.ring([bell('in-hand')])
      await taken.promise
    }
    await own.kill()
    // Each of its connections has then failed to come back once, and waits for the next attempt.
    await vi.waitFor(() => expect(lost.length).toBeGreaterThan(4), { timeout: 20_000 })
    gate.resolve()
    const began = performance.now()
    await doorbell.close()
    expect(performance.now() - began).toBeLessThan(20_000)
  })
})

describe.skipIf(!withRedis)('a Redis that is not safe', () => {
  test.each([
    [{ maxMemoryPolicy: 'allkeys-lru' }, /maxmemory-policy allkeys-lru.*set maxmemory-policy to noeviction/],
    [{ appendOnly: false }, /append-only file off.*set appendonly to yes/],
  ])('is refused: %o', async (options, sentence) => {
    await using server = await startTestRedis(options)
    await expect(open(server.url)).rejects.toMatchObject({ kind: 'business', code: 'queue-unsafe' })
    await expect(open(server.url)).rejects.toThrow(sentence)
  })

  test('is refused when it is a copy of another', async () => {
    await using server = await startTestRedis()
    const behind = new Redis(server.url)
    await behind.replicaof('127.0.0.1', '1')
    behind.disconnect()
    await expect(open(server.url)).rejects.toThrow(/copy of another: give the address of the primary/)
  })

  test('is refused with the account to correct when the password is wrong, which is not quoted', async () => {
    await using server = await startTestRedis()
    const behind = new Redis(server.url)
    await behind.config('SET', 'requirepass', 'right-secret')
    behind.disconnect()
    const wrong = open(server.url.replace('//', '//:wrong-secret@'))
    await expect(wrong).rejects.toThrow(
      /127\.0\.0\.1:\d+ does not answer \(WRONGPASS\): correct the account and password/,
    )
    await expect(wrong).rejects.not.toThrow(/secret/)
    await expect(open(server.url)).rejects.toThrow(/NOAUTH/)
    const doorbell = await open(server.url.replace('//', '//:right-secret@'))
    await doorbell.close()
  })
})

test('a Redis that is not there is refused', async () => {
  const absent = open('redis://user:hush-secret@127.0.0.1:1')
  await expect(absent).rejects.toMatchObject({ kind: 'business', code: 'queue-unsafe' })
  await expect(absent).rejects.toThrow(
    /127\.0\.0\.1:1 does not answer \(ECONNREFUSED\): start it, correct REDIS_URL/,
  )
  await expect(absent).rejects.not.toThrow(/secret/)
})

test('a server that takes connections and says nothing is refused within seconds', async () => {
  const silent = createServer((socket) => socket.on('error', () => undefined))
  const port = await new Promise<number>((settle) =>
    silent.listen(0, '127.0.0.1', () => settle((silent.address() as AddressInfo).port)),
  )
  const began = performance.now()
  await expect(open(`redis://127.0.0.1:${port}`)).rejects.toMatchObject({ code: 'queue-unsafe' })
  expect(performance.now() - began).toBeLessThan(30_000)
  silent.close()
})

test.each(['127.0.0.1:6379', 'http://127.0.0.1', 'redis//:hush-secret@host'])(
  'an address that is none is refused unquoted: %s',
  async (url) => {
    await expect(open(url)).rejects.toThrow(/^REDIS_URL is no address of a Redis: write it as/)
  },
)

test('an old Redis is refused, a Redis or Valkey of today is not', () => {
  const info = (version: string) =>
    `# Server\r\nredis_version:${version}\r\nrole:master\r\nmaxmemory_policy:noeviction\r\naof_enabled:1\r\n`
  expect(findRedisFault(info('6.0.16'))).toMatch(/has version 6\.0\.16: bring it to 6\.2 or newer/)
  expect(findRedisFault(info('5.0.14'))).toMatch(/has version 5/)
  for (const version of ['6.2.0', '7.2.4', '8.0.0', '10.0.1'])
    expect(findRedisFault(info(version))).toBeUndefined()
  expect(findRedisFault('')).toMatch(/version 0/)
})

/** Every key, and everything under it, as text. */
async function everythingIn(redis: Redis): Promise<string> {
  const keys = await redis.keys('*')
  const values = await Promise.all(keys.map((key) => valueOf(redis, key)))
  return JSON.stringify([keys, values])
}

async function valueOf(redis: Redis, key: string): Promise<unknown> {
  switch (await redis.type(key)) {
    case 'string':
      return redis.get(key)
    case 'hash':
      return redis.hgetall(key)
    case 'list':
      return redis.lrange(key, 0, -1)
    case 'set':
      return redis.smembers(key)
    case 'zset':
      return redis.zrange(key, '0', '-1')
    case 'stream':
      return redis.xrange(key, '-', '+')
    default:
      return 'gone'
  }
}
