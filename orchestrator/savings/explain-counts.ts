import type { CountKind } from '../ledger/savings-tables.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { tallyMinutes, type Count, type Minutes } from './minutes.ts'
import type { CountedPeriod } from './period.ts'
import { isOneOffDay, priceOn, type Pricing } from './prices.ts'
import { isSmall, type ToldOf } from './withhold.ts'

/** How many items ended in one way on one day, and what that comes to. */
export interface ExplainedCount {
  readonly deployment: string
  /** Local date. */
  readonly day: string
  readonly variant: string
  readonly outcome: string
  readonly kind: CountKind
  readonly items: number
  /** Of these, how many would count for a baseline. */
  readonly counting: number
  /** Shares of items, decimal text. */
  readonly shares: string
  /** The baseline that was used, and the share of it; null when none was, or none is needed. */
  readonly baseline: number | null
  readonly chainShare: string | null
  readonly minutes: Minutes
}

/** What groups that are not shown come to together. How many they are is not told: of so many groups of one it would tell each. */
export interface Withheld {
  readonly minutes: Minutes
}

/** Counts of a deployment by day, variant, outcome and kind, but for what people did in shadow: no figure is made of it. */
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
    .where('kind', '<>', 'shadow')
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
      ...{ items: row.items, counting: row.counting, shares: row.shares, minutes },
      ...{ baseline: price?.baseline.id ?? null, chainShare: price?.share ?? null },
    }
  })
}

/**
 * What is not shown to who may see counts only: groups of fewer than five items are taken together, and what one person
 * spent in the worklist on a day always is. Groups that would be alone, or with other small ones only, among those of
 * their outcome, their baseline, their month or what gives minutes are joined by the next smallest there, for totals of these are told
 * beside them: what is left of one could be so many groups of one. How many items the groups
 * have together is not told: with their minutes it would tell how many each has. Of deployments whose hours are not
 * told, no group is.
 * @param counts of all kinds: outcomes are told of regular work and backlogs together, minutes of each apart
 * @param hours whether the hours that a group is part of are told
 */
export function hiddenSmall(
  counts: readonly ExplainedCount[],
  hours: (count: ExplainedCount) => boolean = () => true,
): ReadonlySet<ExplainedCount> {
  const isHidden = (count: ExplainedCount) => count.items === 0 || isSmall(count.items) || !hours(count)
  const hidden = new Set(counts.filter(isHidden))
  if (hidden.size === 0) return hidden
  const totals = totalsOf(counts)
  for (let joined = true; joined;) {
    joined = false
    for (const group of totals) {
      const own = group.filter((count) => hidden.has(count))
      const followsFrom = own.length === 1 || (own.length > 0 && own.every(({ items }) => isSmall(items)))
      const next = followsFrom && group.filter((count) => !hidden.has(count)).toSorted(byItems)[0]
      if (!next) continue
      hidden.add(next)
      joined = true
    }
  }
  return hidden
}

/** Whether the hours are told that a group is part of: those of regular work, or of backlogs. */
export function tellsHours(told: ToldOf, { deployment, kind }: ExplainedCount): boolean {
  const own = told.get(deployment)
  return (kind === 'one-off' ? own?.oneOffHours : own?.hours) ?? false
}

/** What is told of groups that are not shown; null when there are none. */
export function withheldOf(hidden: readonly ExplainedCount[]): Withheld | null {
  if (hidden.length === 0) return null
  const sum = (amount: (minutes: Minutes) => number) =>
    hidden.reduce((total, { minutes }) => total + amount(minutes), 0)
  const minutes = {
    gross: sum(({ gross }) => gross),
    human: sum(({ human }) => human),
    net: sum(({ net }) => net),
  }
  return { minutes }
}

const byItems = (one: ExplainedCount, other: ExplainedCount) => one.items - other.items

/** The groups of which a total is told, here or in the report. */
function totalsOf(counts: readonly ExplainedCount[]): ExplainedCount[][] {
  const some = counts.filter(({ items }) => items > 0)
  const over = (keyOf: (count: ExplainedCount) => string) =>
    Map.groupBy(some, (count) => `${count.deployment} ${keyOf(count)}`)
  const by = (keyOf: (count: ExplainedCount) => string) =>
    over((count) => `${count.kind === 'one-off'} ${keyOf(count)}`)
  const priced = by(({ variant, baseline, chainShare, minutes }) =>
    minutes.gross > 0 ? JSON.stringify([variant, baseline, chainShare]) : '',
  )
  const counting = by(({ minutes }) => String(minutes.gross > 0))
  // The net hours of each month stand beside it.
  const months = by(({ day }) => day.slice(0, 7))
  // The narrowest first: what is joined there often is enough for the others.
  const maps = [
    months,
    over(({ outcome }) => outcome),
    by(({ outcome }) => outcome),
    by(({ kind }) => kind),
    priced,
    counting,
  ]
  return maps.flatMap((map) => [...map.values()])
}
