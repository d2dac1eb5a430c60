import { sql } from 'kysely'
import { readClosingDays } from '../ledger/closing-days.ts'
import { addRun } from '../ledger/runs.ts'
import type { LedgerDatabase, RunRow, TriggerRow } from '../ledger/tables.ts'
import { localDate, nextFiring } from './calendar.ts'
import { freeDays, type FreeDays } from './free-days.ts'

/** More missed firings than this are one: a schedule of every minute after a week of silence is not 10,000 runs. */
const MOST_MISSED = 100

/**
 * The planned times up to `now` that must be made up for, by the trigger's missed-run policy, and the next one after.
 * The firing that is due now is not missed as long as it is no older than `graceSeconds`. A planned time that turned
 * out to be on a free day fires nothing.
 */
export function dueFirings(
  trigger: { readonly cron: string; readonly missed: TriggerRow['missed']; readonly nextAt: Date },
  timeZone: string,
  now: Date,
  graceSeconds: number,
  free?: FreeDays,
): { readonly fire: readonly Date[]; readonly nextAt: Date } {
  const due: Date[] = []
  let nextAt = trigger.nextAt
  while (nextAt <= now) {
    if (!free?.(localDate(nextAt, timeZone))) due.push(nextAt)
    if (due.length > MOST_MISSED) due.shift()
    nextAt = nextFiring(trigger.cron, timeZone, nextAt, free)
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
    const { deployment, hospital, cron, missed, time_zone: zone } = row
    const free = row.skip_holidays ? freeDays(await readClosingDays(tx, hospital)) : undefined
    const nextAt = row.next_at ?? nextFiring(cron, zone, row.now, free)
    const due = dueFirings({ cron, missed, nextAt }, zone, row.now, graceSeconds, free)
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
