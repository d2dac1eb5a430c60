import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Period } from './period.ts'
import { differingRollUps, type RollUpDifference } from './recount-claims.ts'
import { countDifference, namedHere, type RecountDifference } from './recount-difference.ts'
import { differingCounts, differingCredits, itemsOf } from './recount-sql.ts'

/**
 * Months and years that are not what their days add up to, with the items of the days in them that are wrong; when every
 * day is right, those that were counted there.
 */
export async function rollUpDifferences(db: LedgerDatabase, period: Period): Promise<RecountDifference[]> {
  const differing = await differingRollUps(db, period)
  const spans = Map.groupBy(differing, ({ begins, ends }) => `${begins} ${ends}`)
  const found: RecountDifference[] = []
  for (const [first, ...others] of spans.values()) {
    if (!first) continue
    const own = [first, ...others]
    const days = { from: first.begins, to: first.ends }
    const deployments = [...new Set(own.map(({ deployment }) => deployment))]
    const credits = await differingCredits(db, days, deployments)
    const counts = await differingCounts(db, days, deployments)
    for (const rollUp of own) {
      const wrong = counts.filter(
        ({ deployment, variant, kind }) =>
          deployment === rollUp.deployment && variant === rollUp.variant && kind === rollUp.kind,
      )
      const differences = wrong.map((count) => countDifference(count, credits))
      found.push(rollUpDifference(rollUp, await causeOf(db, rollUp, differences)))
    }
  }
  return found
}

interface Cause {
  readonly items: readonly string[]
  readonly why: string
}

async function causeOf(
  db: LedgerDatabase,
  { deployment, variant, kind, begins, ends }: RollUpDifference,
  wrong: readonly RecountDifference[],
): Promise<Cause> {
  if (wrong.length > 0)
    return {
      items: [...new Set(wrong.flatMap(({ items }) => items))],
      why: `Of its days, these are not what their events give: ${listed(wrong.map(({ day }) => day))}. Named here are the items of those days.`,
    }
  const { items, itemsThere, days } = await itemsOf(
    db,
    { from: begins, to: ends },
    { deployment, variant, kind },
  )
  return {
    items,
    why: `Each of its days is what its events give, so no item explains it and the roll-up itself was changed; days with counts: ${listed(days)}. ${namedHere(itemsThere)}`,
  }
}

function rollUpDifference(
  { deployment, span, begins, ends: until, variant, kind, kept, days }: RollUpDifference,
  { items, why }: Cause,
): RecountDifference {
  const sentence = `Deployment ${deployment}, variant "${variant}"${kind === 'regular' ? '' : ` (${kind})`}, the ${span} from ${begins}: the roll-up has ${kept}, its days add up to ${days} (done, nothing, by hand, parked, shadow, counting, shares, human seconds, first day); the ledger was changed outside the product. ${why}`
  return { kind: 'roll-up', deployment, day: begins, until, seconds: 0, items, sentence }
}

const MOST_DAYS = 10

/** Days in order, the first of them written out. */
export function listed(days: readonly string[]): string {
  const all = [...new Set(days)].toSorted()
  if (all.length === 0) return 'none'
  const more = all.length - MOST_DAYS
  return all.slice(0, MOST_DAYS).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
