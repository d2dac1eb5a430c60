import { sql } from 'kysely'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Timing } from './timing.ts'

/**
 * Whether this deployment's systems let an item through: `open` while one has failed too often; once its wait is over
 * one trial item goes through, and the others wait for how that ends.
 */
export async function admit(
  db: LedgerDatabase,
  deployment: string,
  timing: Timing,
): Promise<'closed' | 'open' | 'trial'> {
  const { rows } = await sql<{ id: string; open: boolean }>`
    SELECT s.id, s.open_until > clock_timestamp() AS open
    FROM deployment_system ds JOIN system s ON s.hospital = ds.hospital AND s.id = ds.system
    WHERE ds.deployment = ${deployment} AND s.open_until IS NOT NULL`.execute(db)
  if (rows.length === 0) return 'closed'
  if (rows.some((row) => row.open)) return 'open'
  const trial = await sql<{ id: string }>`
    UPDATE system s SET trial_until = clock_timestamp() + ${timing.leaseSeconds} * interval '1 second'
    FROM deployment_system ds
    WHERE s.hospital = ds.hospital AND s.id = ds.system AND ds.deployment = ${deployment}
      AND s.open_until IS NOT NULL AND (s.trial_until IS NULL OR s.trial_until < clock_timestamp())
    RETURNING s.id`.execute(db)
  return trial.rows.length === rows.length ? 'trial' : 'open'
}

/** An item got through: its systems work, their circuits close. */
export async function noteWorking(db: LedgerDatabase, deployment: string): Promise<void> {
  await sql`
    UPDATE system s SET failures = 0, open_until = NULL, trial_until = NULL
    FROM deployment_system ds
    WHERE s.hospital = ds.hospital AND s.id = ds.system AND ds.deployment = ${deployment}
      AND (s.failures > 0 OR s.open_until IS NOT NULL)`.execute(db)
}

/** A technical failure at a system: the N-th in a row, or one during the trial, opens its circuit and raises an alarm. */
export async function noteFailing(
  db: LedgerDatabase,
  hospital: string,
  system: string,
  timing: Timing,
): Promise<void> {
  const sentence = `System ${system} failed ${timing.circuitFailures} times in a row: its items wait, and one is tried every ${timing.circuitSeconds} s.`
  await sql`
    WITH failed AS (
      UPDATE system SET failures = failures + 1, trial_until = NULL,
        open_until = CASE WHEN failures + 1 >= ${timing.circuitFailures}
          THEN clock_timestamp() + ${timing.circuitSeconds} * interval '1 second' ELSE open_until END
      WHERE hospital = ${hospital} AND id = ${system} RETURNING failures
    )
    INSERT INTO alarm (hospital, kind, sentence)
    SELECT ${hospital}, 'circuit-open', ${sentence} FROM failed WHERE failures = ${timing.circuitFailures}`.execute(
    db,
  )
}
