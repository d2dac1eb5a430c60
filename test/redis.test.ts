import { Redis } from 'ioredis'
import { describe, expect, test } from 'vitest'
import { redisAvailable, startTestRedis } from './redis.ts'

describe.skipIf(!redisAvailable())('the Redis of a test', () => {
  test('is safe as the product asks, and keeps what it answered through a kill', async () => {
    await using server = await startTestRedis()
    const before = new Redis(server.url)
    await before.config('SET', 'appendfsync', 'always')
    expect(await before.set('kept', 'yes')).toBe('OK')
    expect(await before.config('GET', 'maxmemory-policy')).toContain('noeviction')
    before.disconnect()
    await server.kill()
    await server.restart()
    const after = new Redis(server.url)
    expect(await after.get('kept')).toBe('yes')
    after.disconnect()
  })
})
