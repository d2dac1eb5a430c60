import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Period } from './period.ts'
import {
  differingCounts,
  differingCredits,
  recountDays,
  type CountDifference,
  type CreditDifference,
  type RecountedDay,
} from './recount-sql.ts'
import { readSavings, type SavingsReport } from './report.ts'
import { inSnapshot } from './snapshot.ts'

/**
 * Something that the events do not confirm:
 * - `credit`: an item's credit is missing, too many, or says something else than its done event;
 * - `count`: a day's count is not what the events of that day add up to;
 * - `report`: the counts are right, yet the report makes other minutes of them.
 */
export interface RecountDifference {
  readonly kind: 'credit' | 'count' | 'report'
  readonly deployment: string
  /** Local date; the last day of the period for `report`. */
  readonly day: string
  /** Net seconds that a recount gives more than the report; 0 when the report is not touched. */
  readonly seconds: number
  /** The items that cause it. When none of them disagrees by itself, those that were counted there, at most 100. */
  readonly items: readonly string[]
  /** What was found and what a person can do. */
  readonly sentence: string
}

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
    return [
      ...credits.map(creditDifference),
      ...counts.map((count) => countDifference(count, credits)),
      ...reportDifferences(report, days, counts),
    ]
  })
}

function creditDifference(credit: CreditDifference): RecountDifference {
  const { item, deployment, day, doneEvents, credited } = credit
  const found = !credited
    ? `was done (${doneEvents} done event) but has no credit`
    : doneEvents === 1
      ? 'has a credit of another deployment, variant, share or day than its done event'
      : `has a credit and ${doneEvents} done events instead of 1`
  const sentence = `Item ${item} ${found}; the ledger was changed outside the product: look at the item's history and at who can write to the database.`
  return { kind: 'credit', deployment, day, seconds: 0, items: [item], sentence }
}

function countDifference(count: CountDifference, credits: readonly CreditDifference[]): RecountDifference {
  const { deployment, day, variant, outcome, kept, recounted } = count
  const culprits = credits.filter((credit) => credit.deployment === deployment && credit.days.includes(day))
  const items = culprits.length > 0 ? culprits.map(({ item }) => item) : count.items
  const figures = ({ items: n, shares, humanSeconds }: CountDifference['kept']) =>
    `${n} items, ${shares} shares, ${humanSeconds} human seconds`
  const sentence = `Deployment ${deployment} on ${day}, variant "${variant}", ${outcome}: counted ${figures(kept)}; the events give ${figures(recounted)}. Compare the items named here with their history.`
  return { kind: 'count', deployment, day, seconds: Number(count.seconds), items, sentence }
}

/** Half a second is more than rounding to a double can make of any sum here, and less than any mistake. */
const TOLERANCE_SECONDS = 0.5

/** What the report makes of counts that are right, compared with the seconds that the events give for each deployment. */
export function reportDifferences(
  report: SavingsReport,
  days: readonly RecountedDay[],
  counts: readonly CountDifference[],
): RecountDifference[] {
  const explained = new Set(counts.map(({ deployment }) => deployment))
  const deployments = report.hospitals.flatMap((hospital) => hospital.deployments)
  return deployments.flatMap(({ id, minutes }) => {
    const own = days.filter(({ deployment }) => deployment === id)
    const net = own.reduce((sum, day) => sum + Number(day.grossSeconds) - Number(day.humanSeconds), 0)
    const seconds = net - minutes.net * 60
    if (explained.has(id) || Math.abs(seconds) < TOLERANCE_SECONDS) return []
    const sentence = `Deployment ${id}: the report gives ${minutes.net * 60} net seconds, the events ${net}, although every count is right; this is a mistake in the product, report it with the period.`
    return [{ kind: 'report' as const, deployment: id, day: report.period.to, seconds, items: [], sentence }]
  })
}
