import { CONTRACT_NORM } from './fte.ts'
import type { Grade, Range } from './interval.ts'
import type { Minutes } from './minutes.ts'
import type { HospitalSavings, OutcomeCounts, SavingsReport } from './report.ts'

/** The report for programs; no figure is rounded. */
export interface SavingsJson {
  readonly period: { readonly from: string; readonly to: string; readonly until: string }
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
  }[]
  readonly deployments: readonly {
    readonly id: string
    readonly hospital: string
    readonly bot: string
    readonly items: OutcomeCounts
    readonly minutes: Minutes
    readonly withoutBaseline: number
    readonly measuredDays: number
  }[]
}

/** Makes plain data of a report, ready for JSON.stringify. */
export function savingsJson({ period, hospitals }: SavingsReport): SavingsJson {
  return {
    period,
    hospitals: hospitals.map((hospital) => ({
      id: hospital.id,
      netHours: hospital.netHours,
      upkeepHours: hospital.upkeepHours,
      fte: fteByNorm(hospital),
      norm: { name: hospital.norm.name, hoursPerYear: hospital.norm.hoursPerYear },
      grade: hospital.grade,
      interval: hospital.interval && { netHours: hospital.interval.netHours, fte: hospital.interval.fte },
    })),
    deployments: hospitals
      .flatMap((hospital) => hospital.deployments)
      .map(({ id, hospital, bot, items, minutes, withoutBaseline, measuredDays }) => ({
        ...{ id, hospital, bot, items, minutes, withoutBaseline, measuredDays },
      })),
  }
}

function fteByNorm({ norm, fte, contractFte }: HospitalSavings): Record<string, number> {
  return { [norm.hoursPerYear]: fte, [CONTRACT_NORM.hoursPerYear]: contractFte }
}
