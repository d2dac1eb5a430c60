import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { putDeployment, putHospital, type BaselineSetup } from '../../../orchestrator/ledger/setup.ts'

export interface GoldenCase {
  readonly name: string
  /** First and last day, and today when that is another day than the last. */
  readonly period: readonly [from: string, to: string, today?: string]
  readonly norms?: readonly (readonly [validFrom: string, hoursPerYear: number])[]
  readonly deployments: readonly GoldenDeployment[]
  readonly expected: {
    readonly gross: number
    readonly human: number
    readonly withoutBaseline?: number
    readonly netHours: number
    readonly fte: number
    readonly contractFte: number
    readonly grade: 'A' | 'B' | 'C' | null
    /** Half the 95 % interval of the net hours, and of the FTE; none when left out. */
    readonly margins?: readonly [hours: number, fte: number]
  }
}

export interface GoldenDeployment {
  readonly baselines?: readonly Partial<BaselineSetup>[]
  readonly counts: readonly (readonly [
    day: string,
    variant: string,
    outcome: string,
    items: number,
    shares: string,
    humanSeconds: number,
  ])[]
  readonly upkeep?: readonly (readonly [day: string, hours: string])[]
}

/** Timed once, but not often enough for an interval. */
export const BASELINE: BaselineSetup = {
  variant: 'plain',
  minutes: 6,
  method: 'stopwatch',
  n: 1,
  measuredBy: 'u-17',
  measuredOn: '2024-12-01',
  validFrom: '2025-01-01',
  remeasureOn: '2030-01-01',
}

/** Puts a case in the ledger as a hospital of its own. */
export async function putGoldenCase(db: LedgerDatabase, hospital: string, golden: GoldenCase): Promise<void> {
  const norms = (golden.norms ?? [['2025-01-01', 1440]]).map(([validFrom, hoursPerYear]) => ({
    ...{ validFrom, hoursPerYear, name: `norm of ${hoursPerYear}` },
  }))
  await putHospital(db, { id: hospital, name: hospital, norms })
  for (const [index, deployment] of golden.deployments.entries())
    await putGoldenDeployment(db, hospital, `${hospital}-${index}`, deployment)
}

async function putGoldenDeployment(
  db: LedgerDatabase,
  hospital: string,
  id: string,
  { baselines = [{}], counts, upkeep = [] }: GoldenDeployment,
): Promise<void> {
  await putDeployment(db, {
    ...{ id, hospital, bot: 'golden', mode: 'live', settings: {}, systems: {}, responsible: 'u-1' },
    ...{ outsideSeconds: 0, parkedShare: 0, triggers: [] },
    baselines: baselines.map((baseline) => ({ ...BASELINE, ...baseline })),
  })
  for (const [day, variant, outcome, items, shares, human_seconds] of counts)
    await db
      .insertInto('day_count')
      .values({ deployment: id, day, variant, outcome, items, shares, human_seconds })
      .execute()
  for (const [day, hours] of upkeep)
    await db.insertInto('upkeep').values({ deployment: id, day, hours, booked_by: 'u-1' }).execute()
}
