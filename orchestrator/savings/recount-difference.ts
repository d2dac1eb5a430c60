import type { ClaimDifference, UnclaimedDifference } from './recount-claims.ts'
import type { FigureDifference } from './recount-compare.ts'
import type { BookingDifference } from './recount-figures.ts'
import type { CountDifference, CreditDifference } from './recount-sql.ts'

/**
 * Something that the events do not confirm:
 * - `credit`: an item's credit is missing, too many, or says something else than its done event;
 * - `count`: a day's count is not what the events of that day add up to;
 * - `claim`: a case is counted by two deployments for one activity, by none of those that did it, or without an activity;
 * - `roll-up`: a month or year is not what its days' counts add up to;
 * - `lead-time`: what is kept of how long a day's items lay from arrival to done is not what their events give;
 * - `booking`: hours were booked or withdrawn more or fewer times than their deployment keeps count of;
 * - `report`: the counts are right, yet the report tells other figures than the raw rows give.
 */
export interface RecountDifference {
  readonly kind: 'credit' | 'count' | 'claim' | 'roll-up' | 'lead-time' | 'booking' | 'report'
  /** Null when it is about a hospital as a whole, or about all of them. */
  readonly deployment: string | null
  /** Of a `report`; left out when it is about all of them. */
  readonly hospital?: string
  /** What the report tells, figure by figure, and what the recount gives; of a `report`. */
  readonly figures?: readonly FigureDifference[]
  /** Local date; the last day of the period for `report`. */
  readonly day: string
  /** The last day that it is about, when it is about several from `day` on. */
  readonly until?: string
  /** Net seconds that a recount gives more than the report; 0 when the report is not touched. */
  readonly seconds: number
  /** The items that cause it. When none of them disagrees by itself, those that were counted there, at most 100; the sentence says which. */
  readonly items: readonly string[]
  /** What was found and what a person can do. */
  readonly sentence: string
}

/** An item and its credit. */
export function creditDifference(credit: CreditDifference): RecountDifference {
  const { item, deployment, day, doneEvents, credited } = credit
  const found = !credited
    ? `was done (${doneEvents} done event) but has no credit`
    : doneEvents === 1
      ? 'has a credit of another deployment, variant, share or day than its done event'
      : `has a credit and ${doneEvents} done events instead of 1`
  const sentence = `Item ${item} ${found}; the ledger was changed outside the product: look at the item's history and at who can write to the database.`
  return { kind: 'credit', deployment, day, seconds: 0, items: [item], sentence }
}

/** With the items of which credit and history disagree there, or else all that were counted there. */
export function countDifference(
  count: CountDifference,
  credits: readonly CreditDifference[],
): RecountDifference {
  const { deployment, day, variant, outcome, kind, kept, recounted } = count
  const figures = ({ items: n, shares, humanSeconds }: CountDifference['kept']) =>
    `${n} items, ${shares} shares, ${humanSeconds} human seconds`
  const { items, why } = causeOf(count, credits)
  const sentence = `Deployment ${deployment} on ${day}, variant "${variant}", ${outcome}${kind === 'regular' ? '' : ` (${kind})`}: counted ${figures(kept)}; the events give ${figures(recounted)}. ${why}`
  return { kind: 'count', deployment, day, seconds: Number(count.seconds), items, sentence }
}

/** Outcomes of which no credit is written, and so none can be wrong. */
const WITHOUT_CREDIT = ['parked', 'worklist']

/** The items that explain a wrong count, or that none does and which ones were counted there. */
function causeOf(
  { deployment, day, variant, outcome, items, itemsThere }: CountDifference,
  credits: readonly CreditDifference[],
): { readonly items: readonly string[]; readonly why: string } {
  const culprits = credits.filter(
    (credit) =>
      !WITHOUT_CREDIT.includes(outcome) &&
      credit.deployment === deployment &&
      credit.days.includes(day) &&
      credit.variants.includes(variant),
  )
  if (culprits.length > 0)
    return {
      items: culprits.map(({ item }) => item),
      why: 'The items named here cause it: their credit is not what their history says.',
    }
  return { items, why: `No item explains it, so the count itself was changed. ${namedHere(itemsThere)}` }
}

/** Which items are named with a difference that none of them explains. @param there how many there are */
export function namedHere(there: number): string {
  if (there === 0) return 'No item was counted there.'
  const first = there > MOST_ITEMS ? `the first ${MOST_ITEMS} of ${there} ` : ''
  return `Named here are ${first}items that the events put there: compare each with its history.`
}

const MOST_ITEMS = 100

/** Items of one case. */
export function claimDifference({
  item,
  deployment,
  day,
  leftOut,
  others,
}: ClaimDifference): RecountDifference {
  const found = leftOut
    ? 'is left out, yet no other counts its case'
    : `counts a case that others count too (items ${others.join(', ')})`
  const sentence = `Item ${item} ${found}; the ledger was changed outside the product: look at the history of these items.`
  return { kind: 'claim', deployment, day, seconds: 0, items: [item, ...others], sentence }
}

/** Items of a deployment that count for no activity. */
export function unclaimedDifference({
  deployment,
  from,
  to,
  items,
  itemsThere,
}: UnclaimedDifference): RecountDifference {
  const named = itemsThere > items.length ? `; named here are the first ${items.length}` : ''
  const sentence = `Deployment ${deployment}: ${itemsThere} items from ${from} up to and including ${to} count for no activity, for it was not known when they were written down, so their cases may count more than once${named}. What was imported is put right by withdrawing that import and importing it again; of other items look at who can write to the database.`
  return { kind: 'claim', deployment, day: from, until: to, seconds: 0, items, sentence }
}

/** Bookings of a deployment. @param today the day of the recount */
export function bookingDifference(
  { deployment, kept, booked }: BookingDifference,
  today: string,
): RecountDifference {
  const sentence = `Deployment ${deployment}: hours were booked and withdrawn ${booked} times together, and it keeps count of ${kept}; the ledger was changed outside the product. Pages may tell hours of before until the server starts again: look at what is booked for it, and at who can write to the database.`
  return { kind: 'booking', deployment, day: today, seconds: 0, items: [], sentence }
}
