import type { CountKind } from '../ledger/savings-tables.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { tallyMinutes, type Count, type Minutes } from './minutes.ts'
import type { CountedPeriod } from './period.ts'
import { isOneOffDay, priceOn, type Pricing } from './prices.ts'
import { isSmall } from './withhold.ts'

/** How many items ended in one way on one day, and what that comes to. */
export interface ExplainedCount {
  readonly deployment: string
  /** Local date. */
  readonly day: string
  readonly variant: string
  readonly outcome: string
  readonly kind: CountKind
  readonly items: number
  /** Shares of items, decimal text. */
  readonly shares: string
  /** The baseline that was used, and the share of it; null when none was, or none is needed. */
  readonly baseline: number | null
  readonly chainShare: string | null
  readonly minutes: Minutes
}

/** What is not shown, so that nobody can be recognised: how many groups, and what they come to together. */
export interface Withheld {
  readonly groups: number
  readonly minutes: Minutes
}

/** Counts of a deployment by day, variant, outcome and kind. Those of other kinds than `kinds` are left away. */
export async function readExplainedCounts(
  db: LedgerDatabase,
  { from, until }: CountedPeriod,
  pricing: Pricing,
): Promise<ExplainedCount[]> {
  const rows = await db
    .selectFrom('day_count')
    .selectAll()
    .where('deployment', '=', pricing.deployment)
    .where('day', '>=', from)
    .where('day', '<=', until)
    .orderBy('day')
    .orderBy('variant')
    .orderBy('outcome')
    .orderBy('kind')
    .execute()
  return rows.map((row) => {
    const kind = row.kind === 'regular' && isOneOffDay(pricing, row.day) ? 'one-off' : row.kind
    const count: Count = {
      ...{ deployment: row.deployment, day: row.day, variant: row.variant, kind, counting: row.counting },
      ...{ done: 0, nothing: 0, byHand: 0, parked: 0, shadow: 0, shares: row.shares },
      humanSeconds: row.human_seconds,
    }
    const counts = row.counting > 0 && kind !== 'left-out'
    const price = counts ? priceOn(pricing, row.variant, row.day) : undefined
    const { minutes } = tallyMinutes(kind === 'left-out' ? [] : [count], pricing)
    return {
      ...{ deployment: row.deployment, day: row.day, variant: row.variant, outcome: row.outcome, kind },
      ...{ items: row.items, shares: row.shares, minutes },
      ...{ baseline: price?.baseline.id ?? null, chainShare: price?.share ?? null },
    }
  })
}

/**
 * For who may see counts only: groups of fewer than five items are taken together, and what one person spent in the
 * worklist on a day always is. A group that would be alone among those of its outcome, its baseline or what gives
 * minutes is joined by the next smallest there, for totals of these are told beside it. How many items the groups have
 * together is not told: with their minutes it would tell how many each has. Of deployments whose hours are not told,
 * no group is.
 */
export function withholdSmall(
  counts: readonly ExplainedCount[],
  hours: (deployment: string) => boolean = () => true,
): {
  readonly shown: readonly ExplainedCount[]
  readonly withheld: Withheld | null
} {
  const isHidden = ({ deployment, items }: ExplainedCount) =>
    items === 0 || isSmall(items) || !hours(deployment)
  const hidden = new Set(counts.filter(isHidden))
  if (hidden.size === 0) return { shown: counts, withheld: null }
  const totals = totalsOf(counts)
  for (let joined = true; joined;) {
    joined = false
    for (const group of totals) {
      const alone = group.filter((count) => hidden.has(count)).length === 1
      const next = alone && group.filter((count) => !hidden.has(count)).toSorted(byItems)[0]
      if (!next) continue
      hidden.add(next)
      joined = true
    }
  }
  const sum = (amount: (minutes: Minutes) => number) =>
    [...hidden].reduce((total, { minutes }) => total + amount(minutes), 0)
  const minutes = {
    gross: sum(({ gross }) => gross),
    human: sum(({ human }) => human),
    net: sum(({ net }) => net),
  }
  return { shown: counts.filter((count) => !hidden.has(count)), withheld: { groups: hidden.size, minutes } }
}

const byItems = (one: ExplainedCount, other: ExplainedCount) => one.items - other.items

/** The groups of which a total is told, here or in the report. */
function totalsOf(counts: readonly ExplainedCount[]): ExplainedCount[][] {
  const some = counts.filter(({ items }) => items > 0)
  const by = (keyOf: (count: ExplainedCount) => string) =>
    Map.groupBy(some, (count) => `${count.deployment} ${keyOf(count)}`)
  const priced = by(({ variant, baseline, chainShare, minutes }) =>
    minutes.gross > 0 ? JSON.stringify([variant, baseline, chainShare]) : '',
  )
  const counting = by(({ minutes }) => String(minutes.gross > 0))
  const maps = [by(({ outcome }) => outcome), by(({ kind }) => kind), priced, counting]
  return maps.flatMap((map) => [...map.values()])
}
