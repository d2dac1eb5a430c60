import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import { readAdoption, type Adoption } from '../../orchestrator/programme/adoption.ts'
import { readLeadTimes } from '../../orchestrator/programme/lead-time.ts'
import { readSavings, type SavingsReport } from '../../orchestrator/savings/report.ts'
import { readOverSigned, type OverSigned } from '../../orchestrator/savings/over-signed.ts'
import { readBookings, type Bookings } from '../../orchestrator/savings/explain-upkeep.ts'
import { readLastRecount, type LastRecount } from '../../orchestrator/savings/last-recount.ts'
import { MOST_COUNTS, readReportCounts, type ListedCounts } from '../../orchestrator/savings/report-counts.ts'
import type { FigureMemory } from '../../orchestrator/savings/read-figures.ts'
import type { CountedPeriod } from '../../orchestrator/savings/period.ts'
import { readWithdrawnImports, type WithdrawnImport } from '../../orchestrator/savings/withdrawn-imports.ts'
import { inSnapshot } from '../../orchestrator/savings/snapshot.ts'
import { monthsOf, toldByMonth, type MonthSavings } from '../../orchestrator/savings/trend.ts'
import { summaryOf, type ReportSummary } from './report-summary.ts'
import { readReportBaselines, type ReportBaselines } from './report-baselines.ts'
import { toldOf, type ToldOf } from '../../orchestrator/savings/withhold.ts'

export interface ReportQuestion {
  /** Local dates, both included. */
  readonly from: string
  readonly to: string
  readonly hospitals: readonly string[]
  /** Those of which the reader may see items: of the others, groups of fewer than five are withheld. */
  readonly seesItemsOf: readonly string[]
  /** The local date of asking. */
  readonly today: string
  /** Whether the counts by day and outcome are read too, for a form that lists them. */
  readonly lists: boolean
}

/** All that a report of savings says, in whatever form. No figure in it is rounded. */
export interface ReportContent extends ReportSummary {
  readonly madeOn: string
  readonly savings: SavingsReport
  /** What the reader is told of each deployment; the totals of hours hold everything. */
  readonly told: ToldOf
  /** Net hours by month of the period, such as `2026-03`. */
  readonly trend: readonly { readonly month: string; readonly netHours: number }[]
  /** Of each deployment by month, as far as it is told apart; what each month of `trend` adds up. */
  readonly months: readonly MonthSavings[]
  readonly adoption: readonly Adoption[]
  /** What the minutes by hand come from. */
  readonly baselines: ReportBaselines
  /** Of days that touch the period. */
  readonly overSigned: readonly OverSigned[]
  /** The last night that counted the figures again; null before the first. */
  readonly recounted: LastRecount | null
  /** That had brought items of the period, and are in no figure any more. */
  readonly withdrawnImports: readonly WithdrawnImport[]
  /** By day and outcome; null when they were not asked for or are too many to list. */
  readonly counts: readonly ListedCounts[] | null
  /** What the upkeep consists of; null when it was not asked for or is too much to list. */
  readonly bookings: Bookings | null
}

/** Reads everything that a report says, in one snapshot. @throws business: names the field when the period is not one */
export async function readReportContent(
  db: LedgerDatabase,
  question: ReportQuestion,
  memory?: FigureMemory,
): Promise<ReportContent> {
  return await inSnapshot(db, async (snapshot) => {
    const savings = await readOwn(snapshot, question, memory)
    const seesItems = (hospital: string) => question.seesItemsOf.includes(hospital)
    const told = toldOf(savings.hospitals, seesItems)
    const reports: SavingsReport[] = []
    for (const { from, to } of monthsOf({ from: savings.period.from, to: savings.period.until }))
      reports.push(await readOwn(snapshot, { ...question, from, to }, memory))
    return {
      ...{ madeOn: question.today, savings, told },
      trend: reports.map(({ period: { from }, hospitals }) => ({
        ...{ month: from.slice(0, 7), netHours: sum(hospitals.map(({ netHours }) => netHours)) },
      })),
      months: toldByMonth(reports, seesItems),
      ...summaryOf(savings, {
        ...{ told, leadTimes: await readLeadTimes(snapshot, savings.period) },
        seesItemsOf: question.seesItemsOf,
      }),
      baselines: await readReportBaselines(snapshot, savings),
      adoption: await readAdoption(snapshot, question.hospitals),
      overSigned: await readOwnOverSigned(snapshot, question, memory),
      recounted: await readLastRecount(snapshot),
      withdrawnImports: await readOwnWithdrawn(snapshot, question),
      counts: question.lists
        ? await readReportCounts(snapshot, savings.period, question.hospitals, { ...question, told })
        : null,
      bookings: question.lists ? await readAllBookings(snapshot, savings.period, question) : null,
    }
  })
}

async function readAllBookings(
  db: LedgerDatabase,
  period: CountedPeriod,
  question: Pick<ReportQuestion, 'hospitals' | 'seesItemsOf'>,
): Promise<Bookings | null> {
  const bookings = await readBookings(db, period, { ...question, most: MOST_COUNTS })
  return bookings.more ? null : bookings
}

async function readOwn(
  db: LedgerDatabase,
  { hospitals, ...question }: ReportQuestion,
  memory?: FigureMemory,
): Promise<SavingsReport> {
  const report = await readSavings(db, question, memory)
  return { ...report, hospitals: report.hospitals.filter(({ id }) => hospitals.includes(id)) }
}

async function readOwnOverSigned(
  db: LedgerDatabase,
  { from, to, today, hospitals }: ReportQuestion,
  memory?: FigureMemory,
): Promise<OverSigned[]> {
  const over = await readOverSigned(db, { period: { from, to }, today }, memory)
  return over.filter(({ hospital }) => hospitals.includes(hospital))
}

async function readOwnWithdrawn(
  db: LedgerDatabase,
  { from, to, hospitals, seesItemsOf }: ReportQuestion,
): Promise<WithdrawnImport[]> {
  const seesItems = (hospital: string) => seesItemsOf.includes(hospital)
  const withdrawn = await readWithdrawnImports(db, { from, to, seesItems })
  return withdrawn.filter(({ hospital }) => hospitals.includes(hospital))
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
