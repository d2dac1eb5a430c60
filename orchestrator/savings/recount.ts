import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Period } from './period.ts'
import {
  differingClaims,
  differingRollUps,
  type ClaimDifference,
  type RollUpDifference,
} from './recount-claims.ts'
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
 * - `claim`: a case is counted by two deployments for one activity, or by none of those that did it;
 * - `roll-up`: a month or year is not what its days' counts add up to;
 * - `report`: the counts are right, yet the report makes other minutes of them.
 */
export interface RecountDifference {
  readonly kind: 'credit' | 'count' | 'claim' | 'roll-up' | 'report'
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
      ...(await differingClaims(snapshot, period)).map(claimDifference),
      ...(await differingRollUps(snapshot, period)).map(rollUpDifference),
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
  const { deployment, day, variant, outcome, kind, kept, recounted } = count
  const culprits = credits.filter((credit) => credit.deployment === deployment && credit.days.includes(day))
  const items = culprits.length > 0 ? culprits.map(({ item }) => item) : count.items
  const figures = ({ items: n, shares, humanSeconds }: CountDifference['kept']) =>
    `${n} items, ${shares} shares, ${humanSeconds} human seconds`
  const sentence = `Deployment ${deployment} on ${day}, variant "${variant}", ${outcome}${kind === 'regular' ? '' : ` (${kind})`}: counted ${figures(kept)}; the events give ${figures(recounted)}. Compare the items named here with their history.`
  return { kind: 'count', deployment, day, seconds: Number(count.seconds), items, sentence }
}

function claimDifference({ item, deployment, day, leftOut, others }: ClaimDifference): RecountDifference {
  const found = leftOut
    ? 'is left out, yet no other deployment counts its case'
    : `counts a case that another deployment counts too (items ${others.join(', ')})`
  const sentence = `Item ${item} ${found}; the ledger was changed outside the product: look at the history of these items.`
  return { kind: 'claim', deployment, day, seconds: 0, items: [item, ...others], sentence }
}

function rollUpDifference({
  deployment,
  span,
  begins,
  variant,
  kept,
  days,
}: RollUpDifference): RecountDifference {
  const sentence = `Deployment ${deployment}, variant "${variant}", the ${span} from ${begins}: the roll-up has ${kept}, its days add up to ${days} (done, nothing, by hand, parked, shadow, counting, shares, human seconds); the ledger was changed outside the product.`
  return { kind: 'roll-up', deployment, day: begins, seconds: 0, items: [], sentence }
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
  return deployments.flatMap(({ id, minutes, oneOff }) => {
    if (explained.has(id)) return []
    const own = days.filter(({ deployment }) => deployment === id)
    return [
      ...reportDifference(
        report,
        id,
        minutes.net * 60,
        own.filter((day) => !day.oneOff),
        'net',
      ),
      ...reportDifference(
        report,
        id,
        oneOff.minutes.net * 60,
        own.filter((day) => day.oneOff),
        'one-off',
      ),
    ]
  })
}

function reportDifference(
  { period }: SavingsReport,
  deployment: string,
  reported: number,
  days: readonly RecountedDay[],
  what: string,
): RecountDifference[] {
  const net = days.reduce((sum, day) => sum + Number(day.grossSeconds) - Number(day.humanSeconds), 0)
  const seconds = net - reported
  if (Math.abs(seconds) < TOLERANCE_SECONDS) return []
  const sentence = `Deployment ${deployment}: the report gives ${reported} ${what} seconds, the events ${net}, although every count is right; this is a mistake in the product, report it with the period.`
  return [{ kind: 'report', deployment, day: period.to, seconds, items: [], sentence }]
}
