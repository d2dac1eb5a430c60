import type { CountKind } from '../ledger/savings-tables.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { tallyMinutes, type Count, type Minutes } from './minutes.ts'
import type { CountedPeriod } from './period.ts'
import { isOneOffDay, priceOn, type Pricing } from './prices.ts'

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
  /** Null when even together they are fewer than five. */
  readonly items: number | null
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

/** Fewer than this could point at a patient or a colleague. */
const LEAST_SHOWN = 5

/**
 * For who may see counts only: groups of fewer than five items are taken together, and what one person spent in the
 * worklist on a day always is. When those together are fewer than five, the next smallest group joins them, so that
 * they cannot be found by subtraction.
 */
export function withholdSmall(counts: readonly ExplainedCount[]): {
  readonly shown: readonly ExplainedCount[]
  readonly withheld: Withheld | null
} {
  const isSmall = ({ items }: ExplainedCount) => items < LEAST_SHOWN
  const small = counts.filter(isSmall)
  const rest = counts.filter((count) => !isSmall(count)).toSorted((a, b) => a.items - b.items)
  if (small.length === 0) return { shown: counts, withheld: null }
  while (itemsOf(small) < LEAST_SHOWN) {
    const next = rest.shift()
    if (!next) break
    small.push(next)
  }
  const hidden = new Set(small)
  const items = itemsOf(small)
  const sum = (amount: (minutes: Minutes) => number) =>
    small.reduce((total, { minutes }) => total + amount(minutes), 0)
  return {
    shown: counts.filter((count) => !hidden.has(count)),
    withheld: {
      groups: small.length,
      items: items < LEAST_SHOWN ? null : items,
      minutes: {
        gross: sum(({ gross }) => gross),
        human: sum(({ human }) => human),
        net: sum(({ net }) => net),
      },
    },
  }
}

const itemsOf = (counts: readonly ExplainedCount[]) => counts.reduce((sum, { items }) => sum + items, 0)
