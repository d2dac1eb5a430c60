import type { LedgerDatabase } from '../ledger/tables.ts'
import {
  hiddenSmall,
  readExplainedCounts,
  tellsHours,
  withheldOf,
  type ExplainedCount,
  type Withheld,
} from './explain-counts.ts'
import type { CountedPeriod } from './period.ts'
import { readFigures, type HospitalFigures } from './read-figures.ts'
import type { ToldOf } from './withhold.ts'

/** From so many counts on a list of days is of no use to a reader, and would keep others waiting. */
export const MOST_COUNTS = 20_000

/** A group of items as a report lists it. */
export interface ListedCount extends ExplainedCount {
  /** Minutes of the baseline, decimal text; null when none was used. */
  readonly baselineMinutes: string | null
  /** Whether it was counted before that baseline was measured; null when none was used. */
  readonly backdated: boolean | null
}

/** What the minutes of a hospital are made of: those of regular work, or of backlogs. */
export interface ListedCounts {
  readonly hospital: string
  readonly oneOff: boolean
  readonly deployments: readonly {
    readonly deployment: string
    readonly counts: readonly ListedCount[]
    readonly withheld: Withheld | null
  }[]
  /** Of deployments whose hours are not told, together. */
  readonly withheld: Withheld | null
}

/**
 * The counts by day and outcome that a report of these hospitals is made of, for each regular work before backlogs;
 * null when there are too many to list.
 * @param seesItemsOf hospitals of which the reader may see items; of the others, small groups are withheld
 */
export async function readReportCounts(
  db: LedgerDatabase,
  period: CountedPeriod,
  hospitals: readonly string[],
  { told, seesItemsOf }: { readonly told: ToldOf; readonly seesItemsOf: readonly string[] },
): Promise<ListedCounts[] | null> {
  const figures = (await readFigures(db, period, undefined)).filter(({ id }) => hospitals.includes(id))
  const ids = figures.flatMap(({ deployments }) => deployments.map(({ id }) => id))
  if (await areTooMany(db, period, ids)) return null
  const listed: ListedCounts[] = []
  for (const hospital of figures) {
    const counts = await countsOf(db, period, hospital)
    const hidden = seesItemsOf.includes(hospital.id)
      ? new Set<ExplainedCount>()
      : hiddenSmall(counts, (count) => tellsHours(told, count))
    for (const oneOff of [false, true]) {
      const own = counts.filter(({ kind }) => (kind === 'one-off') === oneOff)
      const isTold = (count: ExplainedCount) => tellsHours(told, count)
      const apart = Map.groupBy(own.filter(isTold), ({ deployment }) => deployment)
      listed.push({
        ...{ hospital: hospital.id, oneOff },
        deployments: [...apart].map(([deployment, of]) => ({
          deployment,
          counts: of.filter((count) => !hidden.has(count)),
          withheld: withheldOf(of.filter((count) => hidden.has(count))),
        })),
        withheld: withheldOf(own.filter((count) => !isTold(count))),
      })
    }
  }
  return listed
}

async function areTooMany(
  db: LedgerDatabase,
  { from, until }: CountedPeriod,
  deployments: readonly string[],
): Promise<boolean> {
  const found = await db
    .selectFrom('day_count')
    .select('day')
    .where('deployment', 'in', ['', ...deployments])
    .where('day', '>=', from)
    .where('day', '<=', until)
    .limit(MOST_COUNTS + 1)
    .execute()
  return found.length > MOST_COUNTS
}

async function countsOf(
  db: LedgerDatabase,
  period: CountedPeriod,
  { deployments }: HospitalFigures,
): Promise<ListedCount[]> {
  const all: ListedCount[] = []
  for (const { pricing } of deployments) {
    const baselines = new Map(pricing.baselines.map((baseline) => [baseline.id, baseline]))
    for (const count of await readExplainedCounts(db, period, pricing)) {
      const baseline = baselines.get(count.baseline ?? -1)
      const backdated = baseline ? count.day < baseline.measuredOn : null
      all.push({ ...count, baselineMinutes: baseline?.minutes ?? null, backdated })
    }
  }
  return all
}
