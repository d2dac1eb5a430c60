import { sql } from 'kysely'
import { addRun } from '../ledger/runs.ts'
import type { LedgerDatabase, RunRow, TriggerRow } from '../ledger/tables.ts'
import { nextFiring } from './calendar.ts'

/** More missed firings than this are one: a schedule of every minute after a week of silence is not 10,000 runs. */
const MOST_MISSED = 100

/**
 * The planned times up to `now` that must be made up for, by the trigger's missed-run policy, and the next one after.
 * The firing that is due now is not missed as long as it is no older than `graceSeconds`.
 */
export function dueFirings(
  trigger: { readonly cron: string; readonly missed: TriggerRow['missed']; readonly nextAt: Date },
  timeZone: string,
  now: Date,
  graceSeconds: number,
): { readonly fire: readonly Date[]; readonly nextAt: Date } {
  const due: Date[] = []
  let nextAt = trigger.nextAt
  while (nextAt <= now) {
    due.push(nextAt)
    if (due.length > MOST_MISSED) due.shift()
    nextAt = nextFiring(trigger.cron, timeZone, nextAt)
  }
  const last = due.at(-1)
  if (!last || trigger.missed === 'all') return { fire: due, nextAt }
  const onTime = now.getTime() - last.getTime() <= graceSeconds * 1000
  return { fire: onTime || trigger.missed === 'last' ? [last] : [], nextAt }
}

/**
 * Fires what is due of one schedule and plans the next, in one transaction on the locked trigger, so that two
 * processes fire once. Gives the runs that were added and when it fires next.
 */
export async function fireSchedule(
  db: LedgerDatabase,
  trigger: string,
  graceSeconds: number,
): Promise<{ runs: RunRow[]; nextAt: Date } | undefined> {
  return await db.transaction().execute(async (tx) => {
    const { rows } = await sql<TriggerRow & { hospital: string; time_zone: string; now: Date }>`
      SELECT t.*, d.hospital, h.time_zone, clock_timestamp() AS now
      FROM trigger t JOIN deployment d ON d.id = t.deployment JOIN hospital h ON h.id = d.hospital
      WHERE t.id = ${trigger} AND t.kind = 'schedule' AND d.mode <> 'off' FOR UPDATE OF t`.execute(tx)
    const [row] = rows
    if (!row?.cron) return undefined
    const planned = row.next_at ?? nextFiring(row.cron, row.time_zone, row.now)
    const due = dueFirings(
      { cron: row.cron, missed: row.missed, nextAt: planned },
      row.time_zone,
      row.now,
      graceSeconds,
    )
    const { deployment, hospital } = row
    const runs: RunRow[] = []
    for (const plannedAt of due.fire) {
      const run = await addRun(tx, { hospital, deployment, kind: 'schedule', trigger, plannedAt })
      if (run) runs.push(run)
    }
    await tx.updateTable('trigger').set({ next_at: due.nextAt }).where('id', '=', trigger).execute()
    return { runs, nextAt: due.nextAt }
  })
}

/** All schedules of deployments that are put to work, due or not: what the doorbell must know after it was emptied. */
export async function schedules(db: LedgerDatabase): Promise<{ id: string; next_at: Date | null }[]> {
  return await db
    .selectFrom('trigger')
    .innerJoin('deployment', 'deployment.id', 'trigger.deployment')
    .select(['trigger.id', 'trigger.next_at'])
    .where('trigger.kind', '=', 'schedule')
    .where('deployment.mode', '!=', 'off')
    .execute()
}
