import { sql } from 'kysely'
import { runAccessed } from './robot-access.ts'
import type { LedgerDatabase, RunRow } from './tables.ts'

export interface NewRun {
  readonly hospital: string
  readonly deployment: string
  readonly kind: RunRow['kind']
  readonly trigger?: string
  readonly plannedAt?: Date
  readonly message?: string
  /** How often the message was replayed. */
  readonly messageTurn?: number
  /** Collects no more new items than this. */
  readonly most?: number
}

const COMES_WITH_ITEMS: ReadonlySet<RunRow['kind']> = new Set(['hl7', 'fhir', 'list'])

/** Writes a firing down; the same planned time of a trigger, or the same turn of a message, fires once: undefined the second time. */
export async function addRun(db: LedgerDatabase, run: NewRun): Promise<RunRow | undefined> {
  return await db
    .insertInto('run')
    .values({
      hospital: run.hospital,
      deployment: run.deployment,
      kind: run.kind,
      trigger: run.trigger ?? null,
      planned_at: run.plannedAt ?? null,
      message: run.message ?? null,
      message_turn: run.messageTurn ?? 0,
      most: run.most ?? null,
      // What a message, a FHIR server or a list gave comes with its run: there is nothing left to collect.
      state: COMES_WITH_ITEMS.has(run.kind) ? 'collected' : 'waiting',
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
}

/** Takes a run for collecting its items; also one whose collector stopped answering. */
export async function claimRun(
  db: LedgerDatabase,
  id: string,
  worker: string,
  leaseSeconds: number,
): Promise<RunRow | undefined> {
  const { rows } = await sql<RunRow>`
    WITH changed AS (
      UPDATE run SET state = 'collecting', fence = fence + 1, attempt = attempt + 1, worker = ${worker}, found = 0,
        lease_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
      WHERE id = ${id} AND due_at <= clock_timestamp()
        AND (state = 'waiting' OR (state = 'collecting' AND lease_until < clock_timestamp()))
        AND EXISTS (SELECT FROM deployment d WHERE d.id = run.deployment AND d.mode <> 'off' AND d.stopped_at IS NULL)
      RETURNING *
    ), ${runAccessed}
    SELECT * FROM changed`.execute(db)
  return rows[0]
}

/** Counts what a run found so far and lengthens its lease. False when somebody else collects it now. */
export async function noteFound(
  db: LedgerDatabase,
  run: { readonly id: string; readonly fence: number },
  more: { readonly found: number; readonly added: number },
  leaseSeconds: number,
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE run SET found = found + ${more.found}, added = added + ${more.added},
      lease_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
    WHERE id = ${run.id} AND fence = ${run.fence} RETURNING id`.execute(db)
  return rows.length > 0
}

/** Ends a run, or puts it off for `delaySeconds` after a failure. */
export async function endRun(
  db: LedgerDatabase,
  run: { readonly id: string; readonly fence: number },
  end: { state: 'collected' } | { state: 'failed' | 'waiting'; reason: string; delaySeconds: number },
): Promise<void> {
  const reason = end.state === 'collected' ? null : end.reason
  const delay = end.state === 'collected' ? 0 : end.delaySeconds
  await sql`
    UPDATE run SET state = ${end.state}, reason = ${reason}, worker = NULL, lease_until = NULL,
      due_at = clock_timestamp() + ${delay} * interval '1 second'
    WHERE id = ${run.id} AND fence = ${run.fence}`.execute(db)
}

/** Runs that wait for a collector, or lost theirs. */
export async function waitingRuns(
  db: LedgerDatabase,
  limit: number,
): Promise<{ id: string; attempt: number }[]> {
  const { rows } = await sql<{ id: string; attempt: number }>`
    SELECT id, attempt FROM run
    WHERE state IN ('waiting', 'collecting') AND due_at <= clock_timestamp()
      AND (state = 'waiting' OR lease_until < clock_timestamp())
    ORDER BY due_at LIMIT ${limit}`.execute(db)
  return rows
}
