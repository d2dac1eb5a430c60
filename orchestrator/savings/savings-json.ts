import { CONTRACT_NORM } from './fte.ts'
import type { Grade, NoInterval, Range } from './interval.ts'
import type { LastRecount } from './last-recount.ts'
import type { Minutes } from './minutes.ts'
import type { OverSigned } from './over-signed.ts'
import type { MonthSavings } from './trend.ts'
import type { WithdrawnImport } from './withdrawn-imports.ts'
import type { HospitalSavings, OneOffHours, OutcomeCounts, SavingsReport } from './report.ts'

/** The report for programs; no figure is rounded. */
export interface SavingsJson {
  readonly period: { readonly from: string; readonly to: string; readonly until: string }
  /** The last night that counted the figures again from the raw rows; null before the first. */
  readonly recounted: LastRecount | null
  /** That had brought items of the period: earlier totals were others. */
  readonly withdrawnImports: readonly WithdrawnImport[]
  /** Days that touch the period of which more is signed as realised than is left net. */
  readonly overSigned: readonly OverSigned[]
  /** Net hours of each deployment by month; they add up to those of the period. */
  readonly months: readonly MonthSavings[]
  readonly hospitals: readonly {
    readonly id: string
    readonly netHours: number
    readonly upkeepHours: number
    /** By hours a year of one FTE: the hospital's norm, and 1878. */
    readonly fte: Readonly<Record<string, number>>
    readonly norm: { readonly name: string; readonly hoursPerYear: number }
    readonly grade: Grade | null
    /** 95 %, at the hospital's norm; null when a baseline has no sampling. */
    readonly interval: { readonly netHours: Range; readonly fte: Range } | null
    /** Why there is no interval. */
    readonly noInterval: NoInterval | null
    readonly grossHours: number
    readonly humanHours: number
    /** Backlogs that were cleared once: in none of the other figures. */
    readonly oneOff: OneOffHours
    /** Items of a case that another item claimed. */
    readonly leftOut: number
    /** Signed for days within the period. */
    readonly realisedHours: number
    /** Signed for periods that lie partly within it: in none of the figures. */
    readonly realisedAcrossHours: number
  }[]
  readonly deployments: readonly {
    readonly id: string
    readonly hospital: string
    readonly bot: string
    readonly items: OutcomeCounts
    readonly minutes: Minutes
    readonly withoutBaseline: number
    readonly measuredDays: number
    /** The first local day ever that counts towards them. */
    readonly firstDay: string | null
    /** No measured days: what they counted is of a backlog. */
    readonly backlogDays: number
    readonly activity: string | null
    /** Whether items in it were reported by a robot of another make. */
    readonly reported: boolean
    readonly leftOut: number
    readonly oneOff: { readonly items: number; readonly minutes: Minutes; readonly netHours: number }
  }[]
}

/** What stands beside the figures of a report. */
export type BesideSavings = Pick<SavingsJson, 'recounted' | 'withdrawnImports' | 'overSigned' | 'months'>

/** Makes plain data of a report, ready for JSON.stringify. */
export function savingsJson(
  { period, hospitals }: SavingsReport,
  { recounted, withdrawnImports, overSigned, months }: BesideSavings,
): SavingsJson {
  const deployments = hospitals.flatMap((hospital) => hospital.deployments)
  return {
    period,
    ...{ recounted, withdrawnImports, overSigned, months },
    hospitals: hospitals.map(hospitalJson),
    deployments: deployments.map(
      ({ id, hospital, bot, items, minutes, withoutBaseline, measuredDays, oneOff, ...row }) => ({
        ...{ id, hospital, bot, items, minutes, withoutBaseline, measuredDays },
        ...{ firstDay: row.firstDay, backlogDays: row.backlogDays },
        ...{ activity: row.activity, reported: row.reported, leftOut: row.leftOut },
        oneOff: { items: oneOff.items, minutes: oneOff.minutes, netHours: oneOff.netHours },
      }),
    ),
  }
}

function hospitalJson(hospital: HospitalSavings): SavingsJson['hospitals'][number] {
  const { id, netHours, upkeepHours, grossHours, humanHours, norm, grade, interval, noInterval } = hospital
  return {
    ...{ id, netHours, upkeepHours, grossHours, humanHours, grade, noInterval },
    fte: fteByNorm(hospital),
    norm: { name: norm.name, hoursPerYear: norm.hoursPerYear },
    interval: interval && { netHours: interval.netHours, fte: interval.fte },
    ...{ oneOff: hospital.oneOff, leftOut: hospital.leftOut, realisedHours: Number(hospital.realisedHours) },
    realisedAcrossHours: Number(hospital.realisedAcrossHours),
  }
}

function fteByNorm({ norm, fte, contractFte }: HospitalSavings): Record<string, number> {
  return { [norm.hoursPerYear]: fte, [CONTRACT_NORM.hoursPerYear]: contractFte }
}
