import { sql } from 'kysely'
import { readClosingDays } from '../ledger/closing-days.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { nextFiring } from './calendar.ts'
import { freeDays } from './free-days.ts'

interface ScheduleRow {
  readonly id: string
  readonly hospital: string
  readonly cron: string
  readonly skip_holidays: boolean
  readonly time_zone: string
  readonly now: Date
}

/** Plans the schedules of a hospital anew after its calendar changed. What is due already stays due. */
export async function planForCalendar(db: LedgerDatabase, hospital: string): Promise<void> {
  const { rows } = await sql<ScheduleRow>`${SCHEDULES} WHERE d.hospital = ${hospital} AND t.kind = 'schedule'
    AND t.skip_holidays AND t.next_at > clock_timestamp() FOR UPDATE OF t`.execute(db)
  await plan(db, rows)
}

/** Plans a deployment's schedules from now on: nothing of the time before counts as missed. */
export async function planFromNow(db: LedgerDatabase, deployment: string): Promise<void> {
  const { rows } = await sql<ScheduleRow>`${SCHEDULES} WHERE d.id = ${deployment} AND t.kind = 'schedule'
    FOR UPDATE OF t`.execute(db)
  await plan(db, rows)
}

const SCHEDULES = sql`SELECT t.id, d.hospital, t.cron, t.skip_holidays, h.time_zone, clock_timestamp() AS now
  FROM trigger t JOIN deployment d ON d.id = t.deployment JOIN hospital h ON h.id = d.hospital`

async function plan(db: LedgerDatabase, rows: readonly ScheduleRow[]): Promise<void> {
  for (const { id, hospital, cron, skip_holidays: skips, time_zone: zone, now } of rows) {
    const free = skips ? freeDays(await readClosingDays(db, hospital)) : undefined
    const nextAt = nextFiring(cron, zone, now, free)
    await db.updateTable('trigger').set({ next_at: nextAt }).where('id', '=', id).execute()
  }
}
