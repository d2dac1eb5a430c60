import { sql } from 'kysely'
import { HELD_BY } from './queue-state.ts'
import { readSweeps } from './sweeps.ts'
import type { LedgerDatabase } from './tables.ts'

/** Why work does not get done: items are due and none is finished, the sweeper stands still or fails. */
export type Unready =
  'work-stands-still' | 'sweeper-stands-still' | 'sweeper-fails' | 'access-log-not-chained'

export interface ReadinessLimits {
  /** Items may be due for so long while nothing at all is finished. */
  readonly workSeconds: number
  /** How often is swept. */
  readonly sweepSeconds: number
}

/** The chain of the access log is made every second; it may be busy with a great many. */
const CHAIN_SECONDS = 300
/** A sweep that takes longer than a few of them is stuck. */
const SWEEPS_MISSED = 4
/** A busy ledger writes a few events an item: among so many there is one that ended. */
const EVENTS_LOOKED_AT = 5000

/**
 * What keeps the installation from its work; nothing when it works or has nothing to do. It watches what is finished: a
 * worker that runs, answers and finishes nothing is not ready.
 */
export async function readUnready(db: LedgerDatabase, limits: ReadinessLimits): Promise<Unready[]> {
  const sweeps = await readSweeps(db)
  const late = limits.sweepSeconds * SWEEPS_MISSED
  const checks: readonly (readonly [Unready, boolean])[] = [
    ['work-stands-still', await standsStill(db, limits.workSeconds)],
    ['sweeper-stands-still', sweeps.length === 0 || sweeps.every(({ seconds }) => seconds > late)],
    ['sweeper-fails', sweeps.some(({ seconds, failed }) => failed && seconds > late)],
    ['access-log-not-chained', await isUnchained(db)],
  ]
  return checks.flatMap(([reason, holds]) => (holds ? [reason] : []))
}

async function standsStill(db: LedgerDatabase, workSeconds: number): Promise<boolean> {
  const { rows } = await sql<{ stands: boolean }>`
    SELECT EXISTS (
      SELECT FROM item i JOIN deployment d ON d.id = i.deployment
      WHERE i.state = 'queued' AND i.due_at < clock_timestamp() - ${workSeconds} * interval '1 second' AND ${HELD_BY} IS NULL
    ) AND NOT EXISTS (
      SELECT FROM (SELECT at, kind FROM event ORDER BY id DESC LIMIT ${EVENTS_LOOKED_AT}) newest
      WHERE kind IN ('done', 'parked') AND at > clock_timestamp() - ${workSeconds} * interval '1 second'
    ) AS stands`.execute(db)
  return rows[0]?.stands ?? false
}

async function isUnchained(db: LedgerDatabase): Promise<boolean> {
  const { rows } = await sql<{ late: boolean }>`
    SELECT EXISTS (SELECT FROM access_unlinked WHERE at < clock_timestamp() - ${CHAIN_SECONDS} * interval '1 second') AS late`.execute(
    db,
  )
  return rows[0]?.late ?? false
}
