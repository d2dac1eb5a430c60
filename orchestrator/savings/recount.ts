import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Period } from './period.ts'
import { differingClaims } from './recount-claims.ts'
import {
  claimDifference,
  countDifference,
  creditDifference,
  type RecountDifference,
} from './recount-difference.ts'
import { reportDifference, reportGaps } from './recount-report.ts'
import { rollUpDifferences } from './recount-roll-ups.ts'
import { differingCounts, differingCredits, recountDays } from './recount-sql.ts'
import { readSavings } from './report.ts'
import { inSnapshot } from './snapshot.ts'

/**
 * Counts the savings of a period of local days again from the raw events, in SQL and in one snapshot, and gives what
 * differs from the credits, from the days' counts and from the report: nothing, when all is well.
 * @throws business: names the field when the period is not one
 */
export async function recount(db: LedgerDatabase, period: Period): Promise<RecountDifference[]> {
  return await inSnapshot(db, async (snapshot) => {
    const report = await readSavings(snapshot, { ...period, today: period.to })
    const credits = await differingCredits(snapshot, period)
    const counts = await differingCounts(snapshot, period)
    const days = await recountDays(snapshot, period)
    const found = [
      ...credits.map(creditDifference),
      ...counts.map((count) => countDifference(count, credits)),
      ...(await differingClaims(snapshot, period)).map(claimDifference),
      ...(await rollUpDifferences(snapshot, period)),
    ]
    for (const gap of reportGaps(report, days, counts))
      found.push(await reportDifference(snapshot, period, gap, days))
    return found
  })
}
