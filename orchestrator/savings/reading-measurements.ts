import { sql } from 'kysely'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { isBackdated } from './backdated.ts'
import { explainedBaseline, type ExplainedBaseline } from './explained-baseline.ts'
import type { Measurement, TimedCase } from './measuring.ts'

/** The measurements of a hospital with their cases, the newest first. */
export async function readMeasurements(db: LedgerDatabase, hospital: string): Promise<Measurement[]> {
  const rows = await db
    .selectFrom('measurement')
    .selectAll()
    .select(
      sql<number>`(SELECT count(*)::int FROM running_case r WHERE r.measurement = measurement.id)`.as(
        'running',
      ),
    )
    .where('hospital', '=', hospital)
    .orderBy('begun_at', 'desc')
    .limit(100)
    .execute()
  const ids = rows.map(({ id }) => id)
  const cases = ids.length === 0 ? [] : await readCases(db, ids)
  const byMeasurement = Map.groupBy(cases, ({ measurement }) => measurement)
  return rows.map(({ id, deployment, variant, method, instruction, running, ...row }) => ({
    ...{ id, hospital, deployment, variant, method, instruction, running },
    ...{ begunAt: row.begun_at, closedAt: row.closed_at, askAboveMinutes: row.ask_above_minutes },
    cases: (byMeasurement.get(id) ?? []).map(({ number, milliseconds, account, leftOut }) => ({
      ...{ number, milliseconds, account, leftOut },
    })),
  }))
}

async function readCases(
  db: LedgerDatabase,
  measurements: readonly string[],
): Promise<(TimedCase & { readonly measurement: string })[]> {
  return await db
    .selectFrom('timed_case')
    .select(['measurement', 'number', 'milliseconds', 'account', 'left_out as leftOut'])
    .where('measurement', 'in', measurements)
    .orderBy('number')
    .execute()
}

/** A baseline as lists show it. */
export interface BaselineSummary extends ExplainedBaseline {
  /** The timings that it was computed from. */
  readonly measurement: string | null
  /** Something was counted with it: it can be ended, not taken away. */
  readonly used: boolean
}

/** The baselines of a hospital, by deployment and variant, the newest first. */
export async function readBaselines(db: LedgerDatabase, hospital: string): Promise<BaselineSummary[]> {
  const rows = await db
    .selectFrom('baseline')
    .innerJoin('deployment', 'deployment.id', 'baseline.deployment')
    .selectAll('baseline')
    .select(
      sql<boolean>`last_counted_day(baseline.deployment, variant, valid_from, valid_until) IS NOT NULL`.as(
        'used',
      ),
    )
    .select(isBackdated().as('backdated'))
    .where('deployment.hospital', '=', hospital)
    .orderBy('baseline.deployment')
    .orderBy('variant')
    .orderBy('valid_from', 'desc')
    .execute()
  return rows.map((row) => ({ ...explainedBaseline(row), measurement: row.measurement, used: row.used }))
}

/** An item that the robot looked at in shadow mode, to be timed beside it. */
export interface UntimedItem {
  readonly id: string
  /** Whole; lists show its end. */
  readonly reference: string
  readonly bot: string
  readonly finishedAt: Date
  /** What the robot would have changed, or found that it stood there, without what it would have written. */
  readonly acts: readonly { readonly name: string; readonly how: 'shadow' | 'already-there' }[]
}

/** Items that the robot looked at in shadow mode and that nobody timed yet: those that are being timed first, then the newest. */
export async function readUntimedItems(
  db: LedgerDatabase,
  { hospital, deployment, variant }: Pick<Measurement, 'hospital' | 'deployment' | 'variant'>,
): Promise<UntimedItem[]> {
  const { rows } = await sql<UntimedItem>`
    SELECT i.id, i.reference, d.bot, i.finished_at AS "finishedAt",
      coalesce((SELECT jsonb_agg(jsonb_build_object('name', a.name, 'how', a.how) ORDER BY a.finished_at, a.name, a.key)
        FROM act a WHERE a.item = i.id AND a.how IN ('shadow', 'already-there')), '[]') AS acts
    FROM item i JOIN deployment d ON d.id = i.deployment
    WHERE i.hospital = ${hospital} AND i.deployment = ${deployment} AND i.outcome = 'shadow' AND i.variant = ${variant}
      AND NOT EXISTS (SELECT FROM timed_case t WHERE t.item = i.id)
    ORDER BY EXISTS (SELECT FROM running_case r WHERE r.item = i.id) DESC, i.arrived_at DESC LIMIT 50`.execute(
    db,
  )
  return rows
}
