import type { LeadTime as OfDeployment } from '../../orchestrator/programme/lead-time.ts'
import type { DeploymentSavings, SavingsReport } from '../../orchestrator/savings/report.ts'
import { totalOf, type ReportTotal } from '../../orchestrator/savings/report-total.ts'
import { isSmall, toldAt, toldSum, type ToldOf } from '../../orchestrator/savings/withhold.ts'

/** What screen and files say of all hospitals together. */
export interface ReportSummary {
  readonly total: ReportTotal
  readonly robots: readonly RobotFigures[]
  readonly activities: readonly { readonly activity: string | null; readonly netHours: number | null }[]
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
  /** From arrival to done by the robot; null when none was counted, or when it is not told. */
  readonly leadTime: {
    readonly items: number
    readonly meanSeconds: number
    /** Null where it, or how many took longer, could point at a patient. */
    readonly withinADay: number | null
  } | null
  /** Whether the lead time is kept from the reader: of how many items it is would tell a small count. */
  readonly leadTimeWithheld: boolean
  /** Of which deployments it is made; none where that of one of them is not told, or it would follow from the others. */
  readonly leadTimeParts: readonly LeadTimePart[]
}

export interface LeadTimePart {
  readonly deployment: string
  readonly items: number
  /** From arrival to done, of all these items together. */
  readonly seconds: number
  /** Null for all parts where one of them is not told. */
  readonly withinADay: number | null
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

interface LeadTime {
  readonly items: number
  readonly meanSeconds: number
  readonly withinADay: number
}

interface ToldRobots extends Pick<SummaryBasis, 'seesItemsOf'> {
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
    ...leadTimeOf(
      rows.flatMap(({ id }) => leadTimes.get(id) ?? []),
      { done, seesAll },
    ),
    leadTimeParts: partsOf(rows, { told, leadTimes, seesItemsOf }),
  }
}

/** All of them or none: one that is left out would follow from the whole. The rule of {@link leadTimeOf}, of each. */
function partsOf(
  rows: readonly DeploymentSavings[],
  { told, leadTimes, seesItemsOf }: ToldRobots,
): readonly LeadTimePart[] {
  const parts = rows.flatMap((row) => {
    const lead = leadTimes.get(row.id)
    const { done } = toldAt(told, row).items
    const seesAll = seesItemsOf.includes(row.hospital)
    return lead ? [{ deployment: row.id, lead, ...leadTimeOf([lead], { done, seesAll }) }] : []
  })
  if (rows.some((row) => toldAt(told, row).items.done === null)) return []
  if (parts.some(({ leadTime }) => leadTime === null)) return []
  const tellsDay = parts.every(({ leadTime }) => leadTime?.withinADay !== null)
  return parts.map(({ deployment, lead: { items, meanSeconds, withinADay } }) => ({
    ...{ deployment, items, seconds: Math.round(meanSeconds * items) },
    withinADay: tellsDay ? withinADay : null,
  }))
}

/**
 * Of who may not see all items it is kept when it is of few items or of nearly all that were done, for the others are a
 * count too. Times what it is of, the share within a day is a count: that is kept when it is small.
 */
function leadTimeOf(
  lead: readonly LeadTime[],
  { done, seesAll }: { readonly done: number | null; readonly seesAll: boolean },
): Pick<RobotFigures, 'leadTime' | 'leadTimeWithheld'> {
  const items = sum(lead.map((row) => row.items))
  const leadTimeWithheld = done === null || (!seesAll && (isSmall(items) || isSmall(done - items)))
  if (items === 0 || leadTimeWithheld) return { leadTime: null, leadTimeWithheld }
  const seconds = sum(lead.map((row) => row.meanSeconds * row.items))
  const withinADay = sum(lead.map((row) => row.withinADay))
  const isTold = seesAll || !(isSmall(withinADay) || isSmall(items - withinADay))
  const leadTime = { items, meanSeconds: seconds / items, withinADay: isTold ? withinADay : null }
  return { leadTime, leadTimeWithheld }
}

/** Of what was done, how much within a day of its arrival; null when it is not told. */
export const withinADayShare = ({
  items,
  withinADay,
}: NonNullable<RobotFigures['leadTime']>): number | null => (withinADay === null ? null : withinADay / items)

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
