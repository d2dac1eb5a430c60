import { sql } from 'kysely'
import type { DeploymentMode, LedgerDatabase, RunRow } from './tables.ts'

/** How a deployment stands today. */
export interface DeploymentToday {
  readonly id: string
  readonly bot: string
  readonly mode: DeploymentMode
  readonly stoppedAt: Date | null
  readonly lastRunAt: Date | null
  readonly lastRunState: RunRow['state'] | null
  /** What the last run found, and how many of those were new. */
  readonly lastRunFound: number | null
  readonly lastRunAdded: number | null
  readonly nextAt: Date | null
  readonly queued: number
  /** Claimed, armed or unsure. */
  readonly busy: number
  /** All that wait for a person. */
  readonly parked: number
  readonly doneToday: number
  /** Parked today, whatever became of them since. */
  readonly parkedToday: number
  /** The last fourteen local days, the oldest first; today is the last. */
  readonly trend: readonly TrendDay[]
}

export interface TrendDay {
  /** Local date. */
  readonly day: string
  readonly done: number
  readonly parked: number
}

const TREND_DAYS = 14

/** Each deployment of a hospital; counts of days are kept, so only what is open is counted. */
export async function readToday(db: LedgerDatabase, hospital: string): Promise<DeploymentToday[]> {
  const { rows } = await todayQuery(hospital).execute(db)
  return rows.map((row) => {
    const today = row.trend.at(-1)
    return { ...row, doneToday: today?.done ?? 0, parkedToday: today?.parked ?? 0 }
  })
}

/** The statement, for running and for looking at its plan. */
export const todayQuery = (hospital: string) => sql<Omit<DeploymentToday, 'doneToday' | 'parkedToday'>>`
  SELECT d.id, d.bot, d.mode, d.stopped_at AS "stoppedAt", last.fired_at AS "lastRunAt", last.state AS "lastRunState",
    last.found AS "lastRunFound", last.added AS "lastRunAdded", open.queued, open.busy, open.parked, days.trend,
    (SELECT min(next_at) FROM trigger t WHERE t.deployment = d.id AND t.kind = 'schedule' AND d.mode <> 'off'
      AND d.stopped_at IS NULL) AS "nextAt"
  FROM deployment d JOIN hospital h ON h.id = d.hospital
  LEFT JOIN LATERAL (
    SELECT fired_at, state, found, added FROM run WHERE run.deployment = d.id ORDER BY fired_at DESC LIMIT 1
  ) last ON true
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE state = 'queued')::int AS queued, count(*) FILTER (WHERE state = 'parked')::int AS parked,
      count(*) FILTER (WHERE state IN ('claimed', 'armed', 'unsure'))::int AS busy
    FROM item WHERE deployment = d.id AND state = ANY('{queued,claimed,armed,unsure,parked}') AND state <> 'done'
  ) open
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('day', day, 'done', done, 'parked', parked) ORDER BY day) AS trend FROM (
      SELECT one::date AS day,
        coalesce(sum(c.items) FILTER (WHERE c.outcome IN ('done', 'nothing', 'by-hand', 'shadow')), 0) AS done,
        coalesce(sum(c.items) FILTER (WHERE c.outcome = 'parked'), 0) AS parked
      FROM generate_series((now() AT TIME ZONE h.time_zone)::date - ${TREND_DAYS - 1}::int,
        (now() AT TIME ZONE h.time_zone)::date, interval '1 day') one
      LEFT JOIN day_count c ON c.deployment = d.id AND c.day = one::date
      GROUP BY one
    ) counted
  ) days
  WHERE d.hospital = ${hospital} ORDER BY d.id`
