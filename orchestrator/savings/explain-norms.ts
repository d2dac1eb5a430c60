import { fteStep, type Step } from './explain-steps.ts'
import { CONTRACT_NORM, fteOf, yearsPerPeriod, type Norm } from './fte.ts'
import { around, marginMinutes, type NoInterval, type Range } from './interval.ts'
import { commonNormOf, type CommonNorm } from './norms.ts'
import type { CountedPeriod } from './period.ts'
import type { DeploymentSavings } from './report.ts'

/** Why a figure of who sees counts only has no interval: `withheld` where it would tell how often each baseline counted. */
export type NotTold = NoInterval | 'withheld'

/** Hours a year as FTE at one norm, with all that is needed to do it again. */
export interface NormFigure {
  /** The norm that the hospital chose, or the 1,878 hours that stand beside it. */
  readonly kind: 'own' | 'contract'
  readonly norm: Norm
  /** Where the norm comes from; null for one of the hospital's own making. */
  readonly source: CommonNorm['source'] | null
  readonly value: number
  /** 95 %. */
  readonly interval: Range | null
  readonly noInterval: NotTold | null
  readonly step: Step
}

interface YearlyFigure {
  readonly hoursPerYear: number
  /** Half the 95 % interval of the hours a year, or why there is none. */
  readonly margin: number | NotTold
  /** Of one deployment; of the hospital when left out. */
  readonly deployment?: string | undefined
}

/** The FTE of hours a year at the hospital's own norm and at 1,878 hours, beside each other. */
export function normFigures({ hoursPerYear, margin, deployment }: YearlyFigure, own: Norm): NormFigure[] {
  const kinds = [['own', own] as const, ['contract', CONTRACT_NORM] as const]
  return kinds.map(([kind, norm]) => {
    const value = fteOf(hoursPerYear, norm)
    const has = typeof margin === 'number'
    return {
      ...{ kind, norm, source: commonNormOf(norm)?.source ?? null, value },
      interval: has ? around(value, fteOf(margin, norm)) : null,
      noInterval: has ? null : margin,
      step: fteStep(hoursPerYear, norm, value, deployment),
    }
  })
}

/** Half the 95 % interval of the hours a year of some deployments together, or why there is none. */
export const marginPerYear = (
  rows: readonly DeploymentSavings[],
  period: CountedPeriod,
): number | NoInterval =>
  marginMinutes(
    rows.map(({ used, measuredDays }) => ({ used, weight: yearsPerPeriod(period, measuredDays) / 60 })),
  )
