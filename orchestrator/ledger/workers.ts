import { hostname } from 'node:os'
import { sql } from 'kysely'
import { Failure } from '../../connectors/failure.ts'
import type { WorkerWish } from './operating-tables.ts'
import type { LedgerDatabase } from './tables.ts'

/** Signs a worker on. */
export async function signOn(
  db: LedgerDatabase,
  worker: {
    readonly id: string
    readonly concurrency: number
    readonly version: string
    readonly keyHead: Buffer
  },
): Promise<void> {
  const { id, concurrency, version, keyHead } = worker
  const where = { host: hostname(), pid: process.pid, node: process.version }
  await db
    .insertInto('worker')
    .values({ id, concurrency, version, key_head: keyHead, ...where, wanted_by: null, wanted_at: null })
    .execute()
}

/** A sign of life, with the key that the worker seals with. */
export async function giveSign(db: LedgerDatabase, id: string, keyHead: Buffer): Promise<void> {
  await db
    .updateTable('worker')
    .set({ heartbeat_at: sql<Date>`clock_timestamp()`, key_head: keyHead })
    .where('id', '=', id)
    .execute()
}

/** What is wanted of a worker; `work` when its row is gone, for then nobody asked. */
export async function wantedOf(db: LedgerDatabase, id: string): Promise<WorkerWish> {
  const row = await db.selectFrom('worker').select('wanted').where('id', '=', id).executeTakeFirst()
  return row?.wanted ?? 'work'
}

/** Tells whether the worker takes new work now. */
export async function noteTakes(db: LedgerDatabase, id: string, takes: boolean): Promise<void> {
  await db.updateTable('worker').set({ takes }).where('id', '=', id).execute()
}

/** Signs a worker off. */
export async function signOff(db: LedgerDatabase, id: string): Promise<void> {
  await db.deleteFrom('worker').where('id', '=', id).execute()
}

/**
 * Asks something of a worker, which obeys within some seconds: take nothing new, end after what is in hand, or work again.
 * Gives what was wanted before.
 * @throws business `not-found`; `worker-stops` when it was told to stop already
 */
export async function wantOfWorker(
  db: LedgerDatabase,
  id: string,
  wanted: WorkerWish,
  account: string,
): Promise<WorkerWish> {
  const before = await db.selectFrom('worker').select('wanted').where('id', '=', id).executeTakeFirst()
  if (!before)
    throw new Failure('business', 'not-found', 'There is no such worker (any more): look at the list again.')
  if (before.wanted === 'stop' && wanted !== 'stop')
    throw new Failure(
      'business',
      'worker-stops',
      'This worker is stopping already: start it again where it runs.',
    )
  await db
    .updateTable('worker')
    .set({ wanted, wanted_by: account, wanted_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', id)
    .execute()
  return before.wanted
}

/** A worker as hospital IT sees it. */
export interface SeenWorker {
  readonly id: string
  readonly host: string
  readonly pid: number
  readonly version: string
  readonly node: string
  readonly concurrency: number
  readonly startedAt: Date
  readonly heartbeatAt: Date
  /** Seconds since its last sign of life, by the database's clock. */
  readonly silentSeconds: number
  readonly wanted: WorkerWish
  readonly wantedBy: string | null
  readonly takes: boolean
  /** The items in its hands, of the hospitals that the asker may see; no reference. */
  readonly hands: readonly { readonly item: string; readonly deployment: string; readonly state: string }[]
}

/** Every worker, by host. */
export async function readWorkers(db: LedgerDatabase): Promise<SeenWorker[]> {
  const { rows } = await sql<SeenWorker>`
    SELECT w.id, w.host, w.pid, w.version, w.node, w.concurrency, w.started_at AS "startedAt", w.heartbeat_at AS "heartbeatAt",
      extract(epoch FROM clock_timestamp() - w.heartbeat_at)::float8 AS "silentSeconds", w.wanted, w.wanted_by AS "wantedBy", w.takes,
      coalesce((SELECT jsonb_agg(jsonb_build_object('item', i.id, 'deployment', i.deployment, 'state', i.state) ORDER BY i.id)
        FROM item i WHERE i.worker = w.id AND i.state IN ('claimed', 'armed', 'unsure')), '[]') AS hands
    FROM worker w ORDER BY w.host, w.started_at, w.id`.execute(db)
  return rows
}
