import type { CountKind } from '../../../orchestrator/ledger/savings-tables.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { putDeployment, putHospital, type BaselineSetup } from '../../../orchestrator/ledger/setup.ts'
import { addChain, endChain } from '../../../orchestrator/savings/chains.ts'
import type { NoInterval } from '../../../orchestrator/savings/interval.ts'
import { addOneOff } from '../../../orchestrator/savings/one-off.ts'

/** Who sets a case up. */
export const BY = { account: 'u-1', today: '2026-11-22' }

export interface GoldenCase {
  readonly name: string
  /** First and last day, and today when that is another day than the last. */
  readonly period: readonly [from: string, to: string, today?: string]
  readonly norms?: readonly (readonly [validFrom: string, hoursPerYear: number])[]
  readonly deployments: readonly GoldenDeployment[]
  readonly chains?: readonly GoldenChain[]
  readonly expected: {
    readonly gross: number
    readonly human: number
    readonly withoutBaseline?: number
    /** Items of a case that another item claimed. */
    readonly leftOut?: number
    /** Items of backlogs and the hours they gave. */
    readonly oneOff?: readonly [items: number, netHours: number]
    readonly netHours: number
    readonly fte: number
    readonly contractFte: number
    readonly grade: 'A' | 'B' | 'C' | null
    /** Half the 95 % interval of the net hours, and of the FTE; none when left out. */
    readonly margins?: readonly [hours: number, fte: number]
    readonly noInterval?: NoInterval
  }
}

/** Deployments by their place in the case. */
interface GoldenChain {
  readonly baseline: readonly [deployment: number, variant: string]
  readonly from: string
  readonly until?: string
  readonly parts: readonly (readonly [deployment: number, variant: string, share: number])[]
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
    kind?: CountKind,
  ])[]
  /** First and last day of the clearing of a backlog. */
  readonly oneOff?: readonly (readonly [from: string, until: string])[]
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

/** Puts a case in the ledger as a hospital of its own; its deployments are named after it and their place in the case. */
export async function putGoldenCase(db: LedgerDatabase, hospital: string, golden: GoldenCase): Promise<void> {
  const norms = (golden.norms ?? [['2025-01-01', 1440]]).map(([validFrom, hoursPerYear]) => ({
    ...{ validFrom, hoursPerYear, name: `norm of ${hoursPerYear}` },
  }))
  await putHospital(db, { id: hospital, name: hospital, norms })
  for (const [index, { baselines = [{}] }] of golden.deployments.entries())
    await putDeployment(db, {
      ...{ id: `${hospital}-${index}`, hospital, bot: 'golden', mode: 'live', settings: {}, systems: {} },
      ...{ responsible: 'u-1', outsideSeconds: 0, parkedShare: 0, triggers: [] },
      baselines: baselines.map((baseline) => ({ ...BASELINE, ...baseline })),
    })
  for (const chain of golden.chains ?? []) await putChain(db, hospital, chain)
  for (const [index, deployment] of golden.deployments.entries())
    await putCounts(db, `${hospital}-${index}`, deployment)
}

async function putChain(db: LedgerDatabase, hospital: string, chain: GoldenChain): Promise<void> {
  const [deployment, variant] = chain.baseline
  const id = await addChain(db, BY, {
    ...{ hospital, name: 'chain', validFrom: chain.from, baselineVariant: variant },
    baselineDeployment: `${hospital}-${deployment}`,
    parts: chain.parts.map(([part, of, share]) => ({
      deployment: `${hospital}-${part}`,
      variant: of,
      share,
    })),
  })
  if (chain.until !== undefined) await endChain(db, BY, { id, hospital, until: chain.until })
}

async function putCounts(
  db: LedgerDatabase,
  deployment: string,
  { counts, upkeep = [], oneOff = [] }: GoldenDeployment,
): Promise<void> {
  for (const [day, variant, outcome, items, shares, human_seconds, kind = 'regular'] of counts) {
    const counting = Number(shares) > 0 ? items : 0
    await db
      .insertInto('day_count')
      .values({ deployment, day, variant, outcome, kind, items, counting, shares, human_seconds })
      .execute()
  }
  for (const [day, hours] of upkeep)
    await db.insertInto('upkeep').values({ deployment, day, hours, booked_by: 'u-1' }).execute()
  for (const [from, until] of oneOff) await addOneOff(db, BY, { deployment, from, until, reason: 'backlog' })
}
