import { randomUUID } from 'node:crypto'
import { afterEach } from 'vitest'
import type { Bell, Doorbell } from '../../../orchestrator/queue/doorbell.ts'
import { openDoorbell, type DoorbellOptions } from '../../../orchestrator/queue/open-doorbell.ts'

/** A server that bells ring on, and what a test does behind the doorbell's back. */
export interface QueueServer {
  readonly databaseUrl: string
  readonly redisUrl?: string
  /** Loses everything that rings, as FLUSHALL and TRUNCATE do. */
  forgetAll(): Promise<void>
  /** Breaks every connection to it. */
  breakConnections(): Promise<void>
  /** Everything it stores, as text. */
  stored(): Promise<string>
  /** What it stores as the data of the one job of these bells. */
  jobData(bells: string): Promise<unknown>
  /** Writes other data into the one job of these bells. */
  tamper(bells: string, data: string): Promise<void>
}

export const PATIENCE = { timeout: 20_000, interval: 50 }

export const item = (id: string = randomUUID(), turn = '1'): Bell => ({ kind: 'item', id, turn })

/** Doorbells on that server for the tests of one `describe`, closed after each test, and the errors they reported. */
export function testDoorbells(server: () => QueueServer) {
  const opened: Doorbell[] = []
  const errors: Error[] = []
  const onError = (error: Error): void => void errors.push(error)
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((doorbell) => doorbell.close()))
    errors.length = 0
  })
  const open = async (
    options: Partial<DoorbellOptions> = {},
  ): Promise<{ doorbell: Doorbell; name: string }> => {
    const { databaseUrl, redisUrl } = server()
    const name = options.name ?? `bells-${randomUUID()}`
    const doorbell = await openDoorbell({ databaseUrl, redisUrl, onError, ...options, name })
    opened.push(doorbell)
    return { doorbell, name }
  }
  const reported = (code: string): boolean => errors.some((error) => 'code' in error && error.code === code)
  return { open, errors, onError, reported }
}
