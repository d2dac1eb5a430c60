import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import { readAdoption, type Adoption } from '../../orchestrator/programme/adoption.ts'
import { readLeadTimes, type LeadTime as OfDeployment } from '../../orchestrator/programme/lead-time.ts'
import type { NoInterval, Range } from '../../orchestrator/savings/interval.ts'
import {
  readSavings,
  type DeploymentSavings,
  type HospitalSavings,
  type SavingsReport,
} from '../../orchestrator/savings/report.ts'
import { readOverSigned, type OverSigned } from '../../orchestrator/savings/over-signed.ts'
import { readReportCounts, type ListedCounts } from '../../orchestrator/savings/report-counts.ts'
import type { FigureMemory } from '../../orchestrator/savings/read-figures.ts'
import { inSnapshot } from '../../orchestrator/savings/snapshot.ts'
import { monthsOf } from '../../orchestrator/savings/trend.ts'
import { readReportBaselines, type ReportBaselines } from './report-baselines.ts'
import { isSmall, toldAt, toldOf, toldSum, type ToldOf } from '../../orchestrator/savings/withhold.ts'

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
  readonly adoption: readonly Adoption[]
  /** What the minutes by hand come from. */
  readonly baselines: ReportBaselines
  /** Of days that touch the period. */
  readonly overSigned: readonly OverSigned[]
  /** By day and outcome; null when they were not asked for or are too many to list. */
  readonly counts: readonly ListedCounts[] | null
}

/** What screen and files say of all hospitals together. */
export interface ReportSummary {
  readonly total: ReportTotal
  readonly robots: readonly RobotFigures[]
  readonly activities: readonly { readonly activity: string | null; readonly netHours: number | null }[]
}

/** Over all hospitals, each at its own norm. */
export interface ReportTotal {
  readonly netHours: number
  readonly fte: number
  readonly contractFte: number
  /** How many deployments were measured over few days. */
  readonly brief: number
  /** 95 %; null when one of the hospitals that counted anything has none. */
  readonly interval: { readonly netHours: Range; readonly fte: Range; readonly contractFte: Range } | null
  /** Why there is none: the first that holds for a hospital of nothing counted at all, an estimate, too few cases. */
  readonly noInterval: NoInterval | null
}

/** One robot over all hospitals; null is what is not told to the reader. */
export interface RobotFigures {
  readonly bot: string
  readonly hospitals: number
  readonly done: number | null
  readonly parked: number | null
  readonly byHand: number | null
  /** Of the items that were done or parked, how many were parked; null when there were none, too. */
  readonly parkedShare: number | null
  readonly netHours: number | null
  /** From arrival to done by the robot; null when none was counted. */
  readonly leadTime: {
    readonly items: number
    readonly meanSeconds: number
    /** Null where it, or how many took longer, could point at a patient. */
    readonly withinADay: number | null
  } | null
}

/** Reads everything that a report says, in one snapshot. @throws business: names the field when the period is not one */
export async function readReportContent(
  db: LedgerDatabase,
  question: ReportQuestion,
  memory?: FigureMemory,
): Promise<ReportContent> {
  return await inSnapshot(db, async (snapshot) => {
    const savings = await readOwn(snapshot, question, memory)
    const told = toldOf(savings.hospitals, (hospital) => question.seesItemsOf.includes(hospital))
    const trend = []
    for (const { from, to } of monthsOf({ from: savings.period.from, to: savings.period.until })) {
      const { hospitals } = await readOwn(snapshot, { ...question, from, to }, memory)
      trend.push({ month: from.slice(0, 7), netHours: sum(hospitals.map(({ netHours }) => netHours)) })
    }
    return {
      ...{ madeOn: question.today, savings, trend },
      told,
      ...summaryOf(savings, {
        ...{ told, leadTimes: await readLeadTimes(snapshot, savings.period) },
        seesItemsOf: question.seesItemsOf,
      }),
      baselines: await readReportBaselines(snapshot, savings),
      adoption: await readAdoption(snapshot, question.hospitals),
      overSigned: await readOwnOverSigned(snapshot, question, memory),
      counts: question.lists
        ? await readReportCounts(snapshot, savings.period, question.hospitals, { ...question, told })
        : null,
    }
  })
}

interface SummaryBasis {
  readonly told: ToldOf
  /** Of the period of the report. */
  readonly leadTimes: readonly OfDeployment[]
  readonly seesItemsOf: readonly string[]
}

/** Adds up what was read in one snapshot; of robots and activities what the reader is told. */
export function summaryOf(
  { hospitals }: SavingsReport,
  { told, leadTimes, seesItemsOf }: SummaryBasis,
): ReportSummary {
  const deployments = hospitals.flatMap((hospital) => hospital.deployments)
  const lead = new Map(leadTimes.map((row) => [row.deployment, row]))
  return {
    total: totalOf(hospitals),
    robots: [...Map.groupBy(deployments, ({ bot }) => bot)].map(([bot, rows]) =>
      robotFigures(bot, rows, { told, leadTimes: lead, seesItemsOf }),
    ),
    activities: [...Map.groupBy(deployments, ({ activity }) => activity)].map(([activity, rows]) => ({
      activity,
      netHours: toldHours(rows, told),
    })),
  }
}

/** Net hours of some deployments, when those of each are told. */
const toldHours = (rows: readonly DeploymentSavings[], told: ToldOf): number | null =>
  toldSum(rows.map((row) => (toldAt(told, row).hours ? row.netHours : null)))

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

/** Baselines of different hospitals were measured apart, so their margins add up as the root of their squares. */
function totalOf(hospitals: readonly HospitalSavings[]): ReportTotal {
  const counted = hospitals.filter(({ noInterval }) => noInterval !== 'nothing-counted')
  const known = counted.flatMap(({ interval }) => interval ?? [])
  const figure = (name: 'netHours' | 'fte' | 'contractFte') =>
    sum(hospitals.map((hospital) => hospital[name]))
  const around = (name: 'netHours' | 'fte' | 'contractFte'): Range => {
    const margin = Math.hypot(...known.map((interval) => (interval[name].high - interval[name].low) / 2))
    return { low: figure(name) - margin, high: figure(name) + margin }
  }
  const complete = known.length > 0 && known.length === counted.length
  return {
    ...{ netHours: figure('netHours'), fte: figure('fte'), contractFte: figure('contractFte') },
    brief: sum(hospitals.map(({ brief }) => brief)),
    interval: complete
      ? { netHours: around('netHours'), fte: around('fte'), contractFte: around('contractFte') }
      : null,
    noInterval: complete ? null : whyNone(counted),
  }
}

function whyNone(counted: readonly HospitalSavings[]): NoInterval {
  if (counted.length === 0) return 'nothing-counted'
  return counted.some(({ noInterval }) => noInterval === 'estimate') ? 'estimate' : 'too-few-cases'
}

interface LeadTime {
  readonly items: number
  readonly meanSeconds: number
  readonly withinADay: number
}

interface ToldRobots extends Pick<ReportQuestion, 'seesItemsOf'> {
  readonly told: ToldOf
  /** By deployment. */
  readonly leadTimes: ReadonlyMap<string, LeadTime>
}

function robotFigures(
  bot: string,
  rows: readonly DeploymentSavings[],
  { told, leadTimes, seesItemsOf }: ToldRobots,
): RobotFigures {
  const seesAll = rows.every(({ hospital }) => seesItemsOf.includes(hospital))
  const count = (outcome: 'done' | 'parked' | 'by-hand') =>
    toldSum(rows.map((row) => toldAt(told, row).items[outcome]))
  const [done, parked] = [count('done'), count('parked')]
  return {
    ...{ bot, done, parked, byHand: count('by-hand') },
    hospitals: new Set(rows.map(({ hospital }) => hospital)).size,
    parkedShare: done === null || parked === null || done + parked === 0 ? null : parked / (done + parked),
    netHours: toldHours(rows, told),
    leadTime:
      done === null
        ? null
        : leadTimeOf(
            rows.flatMap(({ id }) => leadTimes.get(id) ?? []),
            seesAll,
          ),
  }
}

/** Times what was done, the share within a day is a count: of who may not see all items it is kept when that is small. */
function leadTimeOf(lead: readonly LeadTime[], seesAll: boolean): RobotFigures['leadTime'] {
  const items = sum(lead.map((row) => row.items))
  if (items === 0) return null
  const seconds = sum(lead.map((row) => row.meanSeconds * row.items))
  const withinADay = sum(lead.map((row) => row.withinADay))
  const isTold = seesAll || !(isSmall(withinADay) || isSmall(items - withinADay))
  return { items, meanSeconds: seconds / items, withinADay: isTold ? withinADay : null }
}

/** Of what was done, how much within a day of its arrival; null when it is not told. */
export const withinADayShare = ({
  items,
  withinADay,
}: NonNullable<RobotFigures['leadTime']>): number | null => (withinADay === null ? null : withinADay / items)

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
