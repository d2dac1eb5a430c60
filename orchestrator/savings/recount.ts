import type { LedgerDatabase } from '../ledger/tables.ts'
import { readLeadTimes } from '../programme/lead-time.ts'
import { checkPeriod, type Period } from './period.ts'
import { differingClaims, unclaimedItems } from './recount-claims.ts'
import {
  bookingDifference,
  claimDifference,
  countDifference,
  creditDifference,
  unclaimedDifference,
  type RecountDifference,
} from './recount-difference.ts'
import { differingBookings } from './recount-figures.ts'
import { leadTimeDifferences, type ReadLeadTimes } from './recount-leads.ts'
import { reportDifferences, type ReadReport } from './recount-report.ts'
import { rollUpDifferences } from './recount-roll-ups.ts'
import { recountDays } from './recount-days.ts'
import { differingCounts, differingCredits } from './recount-sql.ts'
import { totalOf } from './report-total.ts'
import { readSavings } from './report.ts'
import { inSnapshot } from './snapshot.ts'

/** How readers get what is told beside the report of each hospital: lead times, and all hospitals together. */
export interface ToldBeside {
  readonly readLeads: ReadLeadTimes
  readonly tellTotal: typeof totalOf
}

/**
 * Counts the savings of a period of local days again from the raw events and bookings, in SQL and in one snapshot, and gives
 * what differs from the credits, from the days' counts and from everything that the report tells: nothing, when all is well.
 * @param readReport what the figures are held against; the report as readers get it
 * @param beside the same of what is told beside it
 * @throws business: names the field when the period is not one
 */
export async function recount(
  db: LedgerDatabase,
  period: Period,
  readReport: ReadReport = readSavings,
  { readLeads = readLeadTimes, tellTotal = totalOf }: Partial<ToldBeside> = {},
): Promise<RecountDifference[]> {
  return await inSnapshot(db, async (snapshot) => {
    checkPeriod(period, period.to)
    const credits = await differingCredits(snapshot, period)
    const counts = await differingCounts(snapshot, period)
    const days = await recountDays(snapshot, period)
    const miscounted = new Set(counts.map(({ deployment }) => deployment))
    return [
      ...credits.map(creditDifference),
      ...counts.map((count) => countDifference(count, credits)),
      ...(await differingClaims(snapshot, period)).map(claimDifference),
      ...(await unclaimedItems(snapshot, period)).map(unclaimedDifference),
      ...(await rollUpDifferences(snapshot, period)),
      ...(await differingBookings(snapshot)).map((row) => bookingDifference(row, period.to)),
      ...(await leadTimeDifferences(snapshot, period, { read: readLeads, credits })),
      ...(await reportDifferences({ ...period, db: snapshot, days, readReport, tellTotal }, miscounted)),
    ]
  })
}
