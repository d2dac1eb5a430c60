import type { HospitalSavings } from '../../orchestrator/savings/report.ts'
import { toldAt, toldSum, type ToldOf } from '../../orchestrator/savings/withhold.ts'

/** What stands beside the net hours of a hospital and is in none of them; null is a count that is not told. */
export interface NotInHours {
  /** Items that would have counted but had no baseline on their day. */
  readonly withoutBaseline: number | null
  /** Items of a case that another item claimed. */
  readonly leftOut: number | null
  /** Backlogs that were cleared once. */
  readonly oneOffItems: number | null
  readonly oneOffHours: number
  /** Signed. */
  readonly realisedHours: number
  /** Signed for periods that lie partly in this one. */
  readonly realisedAcrossHours: number
}

/** The counts of its deployments added up, where each is told; the hours of a hospital always are. */
export function notInHoursOf(
  { deployments, oneOff, realisedHours, realisedAcrossHours }: HospitalSavings,
  told: ToldOf,
): NotInHours {
  const own = deployments.map((deployment) => toldAt(told, deployment))
  return {
    withoutBaseline: toldSum(own.map(({ withoutBaseline }) => withoutBaseline)),
    leftOut: toldSum(own.map(({ leftOut }) => leftOut)),
    oneOffItems: toldSum(own.map(({ oneOffItems }) => oneOffItems)),
    ...{ oneOffHours: oneOff.netHours, realisedHours: Number(realisedHours) },
    realisedAcrossHours: Number(realisedAcrossHours),
  }
}
