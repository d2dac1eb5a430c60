import { sql } from 'kysely'
import type { LedgerDatabase } from './tables.ts'

/** One thing that was seen when a system was tried, and what a person can do when it is not right. */
export interface CheckFinding {
  /** `reachable`, `signed-in`, `version`, or the code of what went wrong. */
  readonly code: string
  readonly right: boolean
  readonly sentence: string
}

export interface SystemCheck {
  readonly id: string
  readonly system: string
  readonly askedBy: string
  readonly askedAt: Date
  readonly takenAt: Date | null
  readonly finishedAt: Date | null
  readonly findings: readonly CheckFinding[] | null
}

/** Writes down that somebody wants a system tried; gives the check's id. */
export async function askCheck(
  db: LedgerDatabase,
  {
    hospital,
    system,
    account,
  }: { readonly hospital: string; readonly system: string; readonly account: string },
): Promise<string> {
  const { id } = await db
    .insertInto('system_check')
    .values({ hospital, system, asked_by: account })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The newest check of a system; undefined when it was never tried. */
export async function newestCheck(
  db: LedgerDatabase,
  hospital: string,
  system: string,
): Promise<SystemCheck | undefined> {
  const { rows } = await sql<SystemCheck>`
    SELECT id, system, asked_by AS "askedBy", asked_at AS "askedAt", taken_at AS "takenAt", finished_at AS "finishedAt", findings
    FROM system_check WHERE hospital = ${hospital} AND system = ${system} ORDER BY asked_at DESC LIMIT 1`.execute(
    db,
  )
  return rows[0]
}

/** Where a check that nobody does yet leads to, and for how long it has been waiting. */
export async function waitingCheck(
  db: LedgerDatabase,
  id: string,
): Promise<{ readonly hospital: string; readonly system: string; readonly seconds: number } | undefined> {
  const { rows } = await sql<{ hospital: string; system: string; seconds: number }>`
    SELECT hospital, system, extract(epoch FROM clock_timestamp() - asked_at)::float8 AS seconds
    FROM system_check WHERE id = ${id} AND taken_at IS NULL`.execute(db)
  return rows[0]
}

/** Takes a check for this worker. False when another one has it. */
export async function takeCheck(db: LedgerDatabase, id: string): Promise<boolean> {
  const { rows } = await sql`UPDATE system_check SET taken_at = clock_timestamp()
    WHERE id = ${id} AND taken_at IS NULL RETURNING id`.execute(db)
  return rows.length > 0
}

/** Writes down what was seen. */
export async function finishCheck(
  db: LedgerDatabase,
  id: string,
  findings: readonly CheckFinding[],
): Promise<void> {
  await sql`UPDATE system_check SET finished_at = clock_timestamp(), findings = ${JSON.stringify(findings)}::jsonb
    WHERE id = ${id} AND finished_at IS NULL`.execute(db)
}
