import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Period } from './period.ts'
import { reportGaps, type FigureDifference, type ReportGap } from './recount-compare.ts'
import { namedHere, type RecountDifference } from './recount-difference.ts'
import { recountedDaysOf, recountFigures } from './recount-figures.ts'
import { listed } from './recount-roll-ups.ts'
import type { RecountedDay } from './recount-days.ts'
import { itemsOf } from './recount-sql.ts'
import type { totalOf } from './report-total.ts'
import type { SavingsQuestion, SavingsReport } from './report.ts'
import { monthsOf } from './trend.ts'

/** Asks for a report as readers get it. */
export type ReadReport = (db: LedgerDatabase, question: SavingsQuestion) => Promise<SavingsReport>

/** A recount of one period, and how the report that it is held against is asked for. */
export interface RecountedPeriod extends Period {
  readonly db: LedgerDatabase
  readonly days: readonly RecountedDay[]
  readonly readReport: ReadReport
  readonly tellTotal: typeof totalOf
}

/**
 * Everything that the report of a period tells otherwise than the raw rows, a difference for each deployment and for each
 * hospital as a whole.
 * @param miscounted deployments of which a count is wrong: what follows from that is told with the count
 */
export async function reportDifferences(
  period: RecountedPeriod,
  miscounted: ReadonlySet<string>,
): Promise<RecountDifference[]> {
  const found: RecountDifference[] = []
  for (const gap of await gapsIn(period, period, miscounted)) found.push(await differenceOf(period, gap))
  return found
}

async function gapsIn(
  { db, days, readReport, tellTotal }: RecountedPeriod,
  span: Period,
  miscounted: ReadonlySet<string> = new Set(),
): Promise<ReportGap[]> {
  const { from, to } = span
  const report = await readReport(db, { from, to, today: to })
  const own = days.filter(({ day }) => isIn(day, span))
  return reportGaps(
    report,
    await recountFigures(db, { from, to }, own),
    miscounted,
    tellTotal(report.hospitals),
  )
}

async function differenceOf(period: RecountedPeriod, gap: ReportGap): Promise<RecountDifference> {
  const { hospital, deployment, figures, seconds } = gap
  const told = figures.map(inWords).join('; ')
  const whole = {
    kind: 'report',
    day: period.to,
    ...(hospital !== null && { hospital }),
    seconds,
    figures,
  } as const
  if (hospital === null) {
    const sentence = `All hospitals together: what is told is not what the hospitals give: ${told}. ${MISTAKE}`
    return { ...whole, deployment, items: [], sentence }
  }
  if (deployment === null) {
    const sentence = `Hospital ${hospital}: the report is not what its deployments, norm and signed hours give: ${told}. ${MISTAKE}`
    return { ...whole, deployment, items: [], sentence }
  }
  const { items, why } = await causesOf(period, deployment, gap.about)
  const sentence = `Deployment ${deployment}: the report is not what the raw rows give, although every count is right: ${told}. ${why}`
  return { ...whole, deployment, items, sentence }
}

const MISTAKE = 'This is a mistake in the product: report it with the period.'

const inWords = ({ figure, reported, recounted }: FigureDifference): string =>
  `${figure}: the report gives ${reported ?? 'none'}, the recount ${recounted ?? 'none'}`

interface Causes {
  readonly items: readonly string[]
  readonly why: string
}

async function causesOf(
  period: RecountedPeriod,
  deployment: string,
  about: ReportGap['about'],
): Promise<Causes> {
  const { items, why } = about.includes('counted') ? await countedThere(period, deployment) : NO_ITEMS
  const sentences = [why]
  const { began, marks, bookings } = await recountedDaysOf(period.db, period, {
    deployment,
    days: period.days,
  })
  if (about.includes('booked')) sentences.push(`Booked in the period and not withdrawn: ${bookings}.`)
  if (about.includes('measured'))
    sentences.push(
      `Measured from ${began ?? 'no day of the period'}; days of backlogs left out: ${marks}. When these are right, the first day that a roll-up keeps is wrong, or this is a mistake in the product.`,
    )
  if (!about.includes('counted') && !about.includes('measured')) sentences.push(MISTAKE)
  return { items, why: sentences.filter((sentence) => sentence !== '').join(' ') }
}

const NO_ITEMS: Causes = { items: [], why: '' }

async function countedThere(period: RecountedPeriod, deployment: string): Promise<Causes> {
  const { where, spans, why } = await placeOf(period, deployment)
  const found = []
  for (const span of spans) found.push(await itemsOf(period.db, span, { deployment }))
  const items = [...new Set(found.flatMap((each) => each.items))]
  const there = found.reduce((sum, each) => sum + each.itemsThere, 0)
  return { items, why: `It differs ${where}: ${why} ${namedHere(there)}` }
}

interface Place {
  readonly where: string
  readonly spans: readonly Period[]
  readonly why: string
}

/** The smallest spans of a period of which a report tells otherwise what was counted in them. */
async function placeOf(period: RecountedPeriod, deployment: string): Promise<Place> {
  const wrong = async (spans: readonly Period[]) => {
    const found = []
    for (const span of spans) if (await isWrong(period, span, deployment)) found.push(span)
    return found
  }
  const months = await wrong(monthsOf(period))
  for (const month of months) {
    const own = period.days.filter((row) => row.deployment === deployment && isIn(row.day, month))
    const days = [...new Set(own.map(({ day }) => day))].map((day) => ({ from: day, to: day }))
    const wrongDays = await wrong(days)
    if (wrongDays.length > 0)
      return {
        where: `on ${listed(wrongDays.map(({ from }) => from))}`,
        spans: wrongDays,
        why: 'this is a mistake in the product, report it with the period.',
      }
  }
  const spans = months.length > 0 ? months : [{ from: period.from, to: period.to }]
  const whole = months.length > 0 ? 'in the months from' : 'over the whole period from'
  return {
    where: `${whole} ${listed(spans.map(({ from }) => from))}`,
    spans,
    why: 'no day of it differs by itself, so a roll-up that is read there is wrong, or this is a mistake in the product: report it with the period.',
  }
}

async function isWrong(period: RecountedPeriod, span: Period, deployment: string): Promise<boolean> {
  const gaps = await gapsIn(period, span)
  return gaps.some((gap) => gap.deployment === deployment && gap.about.includes('counted'))
}

const isIn = (day: string, { from, to }: Period): boolean => from <= day && day <= to
