import { sql } from 'kysely'
import { readQueue } from './queue-state.ts'
import { countOpenMessages } from './message-search.ts'
import { readSweeps } from './sweeps.ts'
import { readWorkers } from './workers.ts'
import type { LedgerDatabase } from './tables.ts'

/** One figure with what tells it from others of its name: ids and states, never anything of a patient or an item. */
export interface Figure {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/**
 * The figures that a monitoring system follows, of some hospitals. Those that end in `_total` only ever grow.
 * @param leaseSeconds a worker that was silent for longer is lost
 */
export async function readFigures(
  db: LedgerDatabase,
  hospitals: readonly string[],
  leaseSeconds: number,
): Promise<Figure[]> {
  const figures = [
    ...(await Promise.all(hospitals.map((hospital) => ofQueue(db, hospital)))).flat(),
    ...(await ofEnded(db, hospitals)),
    ...(await ofChannels(db)),
    ...(await ofWorkers(db, leaseSeconds)),
    ...(await readSweeps(db)).map(({ part, seconds }) => ({
      name: 'sweep_age_seconds',
      labels: { part },
      value: seconds,
    })),
    { name: 'access_unchained', labels: {}, value: await countUnchained(db) },
  ]
  return figures
}

async function ofQueue(db: LedgerDatabase, hospital: string): Promise<Figure[]> {
  const queue = await readQueue(db, hospital)
  return queue.flatMap(({ deployment, waiting, due, inHand, unsure, parked, oldestDueAt }) => {
    const states = { queued: waiting, due, 'in-hand': inHand, unsure, parked }
    const age = oldestDueAt ? Math.max(0, (Date.now() - oldestDueAt.getTime()) / 1000) : 0
    return [
      ...Object.entries(states).map(([state, value]) => ({
        name: 'items',
        labels: { hospital, deployment, state },
        value,
      })),
      { name: 'oldest_due_seconds', labels: { hospital, deployment }, value: age },
    ]
  })
}

async function ofEnded(db: LedgerDatabase, hospitals: readonly string[]): Promise<Figure[]> {
  const { rows } = await sql<{ hospital: string; deployment: string; outcome: string; items: number }>`
    SELECT d.hospital, c.deployment, c.outcome, sum(c.items)::float8 AS items FROM day_count c
    JOIN deployment d ON d.id = c.deployment WHERE d.hospital = ANY (${[...hospitals]}) GROUP BY 1, 2, 3`.execute(
    db,
  )
  return rows.map(({ items, ...labels }) => ({ name: 'items_ended_total', labels, value: items }))
}

async function ofChannels(db: LedgerDatabase): Promise<Figure[]> {
  const channels = await countOpenMessages(db)
  return channels.flatMap(({ hospital, id: channel, waiting, aside }) => [
    { name: 'messages', labels: { hospital, channel, state: 'waiting' }, value: waiting },
    { name: 'messages', labels: { hospital, channel, state: 'aside' }, value: aside },
  ])
}

async function ofWorkers(db: LedgerDatabase, leaseSeconds: number): Promise<Figure[]> {
  const workers = await readWorkers(db)
  const states = { takes: 0, rests: 0, lost: 0 }
  for (const { silentSeconds, takes } of workers)
    states[silentSeconds > leaseSeconds ? 'lost' : takes ? 'takes' : 'rests'] += 1
  const taking = workers.filter(({ silentSeconds, takes }) => takes && silentSeconds <= leaseSeconds)
  return [
    ...Object.entries(states).map(([state, value]) => ({ name: 'workers', labels: { state }, value })),
    {
      name: 'worker_capacity',
      labels: {},
      value: taking.reduce((sum, { concurrency }) => sum + concurrency, 0),
    },
  ]
}

async function countUnchained(db: LedgerDatabase): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM access_unlinked`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}
