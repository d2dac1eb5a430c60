import { bullmqDoorbell, type DoorbellSettings } from './bullmq-doorbell.ts'
import type { Doorbell } from './doorbell.ts'
import { postgresEngine } from './postgres-backend.ts'
import { redisEngine } from './redis-backend.ts'

export interface DoorbellOptions {
  /** The PostgreSQL it rings on when there is no `redisUrl`. */
  readonly databaseUrl: string
  readonly redisUrl?: string | undefined
  /** Keeps the bells of installations on one server apart: letters, digits, `-` and `_`. */
  readonly name?: string
  /** PostgreSQL only: the schema of the queue's own tables. */
  readonly schema?: string
  /** How long a worker may go unseen before its bells are given up; 30 s. */
  readonly lockMs?: number
  /** How often somebody looks for bells to give up; 15 s. */
  readonly stalledCheckMs?: number
  /** Told of trouble with the connection; it mends itself when the server is back. */
  readonly onError: (error: Error) => void
}

/**
 * Opens the doorbell on Redis when it has a URL and on PostgreSQL otherwise.
 * Throws a `queue-unsafe` Failure, with what to do about it, when that server must not be used as it is.
 */
export async function openDoorbell(options: DoorbellOptions): Promise<Doorbell> {
  const settings: DoorbellSettings = {
    name: options.name ?? 'bells',
    lockMs: options.lockMs ?? 30_000,
    stalledCheckMs: options.stalledCheckMs ?? 15_000,
    onError: options.onError,
  }
  if (options.redisUrl) return bullmqDoorbell(await redisEngine(options.redisUrl), settings)
  return bullmqDoorbell(await postgresEngine(options.databaseUrl, options.schema ?? 'bullmq'), settings)
}
