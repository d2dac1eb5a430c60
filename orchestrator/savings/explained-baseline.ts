import type { Selectable } from 'kysely'
import type { LedgerDatabase, Tables } from '../ledger/tables.ts'
import { isBackdated } from './backdated.ts'
import { gradeOfMethod, type Grade } from './interval.ts'

/** A baseline with what a reader needs to judge it. */
export interface ExplainedBaseline {
  readonly id: number
  readonly deployment: string
  readonly variant: string
  /** Decimal text. */
  readonly minutes: string
  readonly method: string
  readonly grade: Grade
  readonly n: number | null
  readonly spreadMinutes: string | null
  readonly measuredBy: string
  /** Local dates. */
  readonly measuredOn: string
  readonly validFrom: string
  readonly validUntil: string | null
  readonly remeasureOn: string
  /** Items count by it that were counted before it was measured. */
  readonly backdated: boolean
}

/** Baselines by their numbers, in that order. */
export async function readExplainedBaselines(
  db: LedgerDatabase,
  ids: readonly number[],
): Promise<ExplainedBaseline[]> {
  const rows = await db
    .selectFrom('baseline')
    .selectAll()
    .select(isBackdated().as('backdated'))
    .where('id', 'in', [-1, ...new Set(ids)])
    .orderBy('id')
    .execute()
  return rows.map(explainedBaseline)
}

/** A row of the ledger in these words, with the grade that its method has. */
export const explainedBaseline = (
  row: Selectable<Tables['baseline']> & { readonly backdated: boolean },
): ExplainedBaseline => ({
  ...{ id: row.id, deployment: row.deployment, variant: row.variant, minutes: row.minutes },
  ...{ method: row.method, grade: gradeOfMethod(row.method), n: row.n, spreadMinutes: row.spread_minutes },
  ...{ measuredBy: row.measured_by, measuredOn: row.measured_on, remeasureOn: row.remeasure_on },
  ...{ validFrom: row.valid_from, validUntil: row.valid_until, backdated: row.backdated },
})
