import type { LedgerDatabase } from '../ledger/tables.ts'
import type { LeadTime, readLeadTimes } from '../programme/lead-time.ts'
import type { Period } from './period.ts'
import type { FigureDifference } from './recount-compare.ts'
import { namedHere, type RecountDifference } from './recount-difference.ts'
import type { CreditDifference } from './recount-sql.ts'
import { recountLeadTimes, type LeadFigures, type RecountedLead } from './recount-lead-times.ts'

/** Asks for lead times as readers get them. */
export type ReadLeadTimes = typeof readLeadTimes

/**
 * Lead times that are not what the raw rows give: days of which something else is kept, and deployments of which a reader
 * is told something else although each day is right.
 */
export async function leadTimeDifferences(
  db: LedgerDatabase,
  { from, to }: Period,
  { read, credits }: { readonly read: ReadLeadTimes; readonly credits: readonly CreditDifference[] },
): Promise<RecountDifference[]> {
  const leads = await recountLeadTimes(db, { from, to })
  const wrong = leads.filter(({ differs }) => differs)
  const miscounted = new Set(wrong.map(({ deployment }) => deployment))
  const told = new Map((await read(db, { from, until: to })).map((row) => [row.deployment, row]))
  const days = Map.groupBy(leads, ({ deployment }) => deployment)
  const deployments = [...new Set([...days.keys(), ...told.keys()])].filter((id) => !miscounted.has(id))
  return [
    ...wrong.map((lead) => ofDay(lead, credits)),
    ...deployments.flatMap((id) => ofReport(id, told.get(id), days.get(id) ?? []) ?? []).map(onDay(to)),
  ]
}

const inWords = ({ items, seconds, withinADay }: LeadFigures): string =>
  `${items} items, ${seconds} seconds together, ${withinADay} within a day`

/** With the items of which credit and history disagree there, or else all that were done there. */
function ofDay(
  { deployment, day, recounted, kept, items, itemsThere }: RecountedLead,
  credits: readonly CreditDifference[],
): RecountDifference {
  const culprits = credits.filter((credit) => credit.deployment === deployment && credit.days.includes(day))
  const why =
    culprits.length > 0
      ? 'The items named here may cause it: their credit is not what their history says.'
      : `No item explains it by its credit, so what is kept was changed, or when an item arrived. ${namedHere(itemsThere)}`
  const sentence = `Deployment ${deployment} on ${day}, from arrival until the robot was done: kept are ${inWords(kept)}; the events give ${inWords(recounted)}. ${why}`
  const named = culprits.length > 0 ? culprits.map(({ item }) => item) : items
  return { kind: 'lead-time', deployment, day, seconds: 0, items: named, sentence }
}

interface Told {
  readonly deployment: string
  readonly figures: readonly FigureDifference[]
}

function ofReport(
  deployment: string,
  told: LeadTime | undefined,
  days: readonly RecountedLead[],
): Told | undefined {
  const sum = (amount: (of: LeadFigures) => number) =>
    days.reduce((total, { recounted }) => total + amount(recounted), 0)
  const { items = 0, meanSeconds = 0, withinADay = 0 } = told ?? {}
  const all = [
    ['items with a lead time', items, sum((of) => of.items)],
    // The report tells the mean as a double; seconds are whole, so a hundredth of one is less than any mistake.
    ['seconds from arrival to done', hundredths(items * meanSeconds), sum((of) => Number(of.seconds))],
    ['items done within a day', withinADay, sum((of) => of.withinADay)],
  ] as const
  const figures = all.flatMap(([figure, reported, recounted]) =>
    reported === recounted ? [] : [{ figure, reported, recounted }],
  )
  return figures.length > 0 ? { deployment, figures } : undefined
}

const hundredths = (seconds: number): number => Math.round(seconds * 100) / 100

const onDay =
  (day: string) =>
  ({ deployment, figures }: Told): RecountDifference => {
    const told = figures.map(
      ({ figure, reported, recounted }) =>
        `${figure}: the report gives ${reported}, the recount ${recounted}`,
    )
    const sentence = `Deployment ${deployment}: lead times are not what the raw rows give, although each day is right: ${told.join('; ')}. This is a mistake in the product: report it with the period.`
    return { kind: 'report', deployment, day, seconds: 0, items: [], figures, sentence }
  }
