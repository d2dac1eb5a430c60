import { CONTRACT_NORM, fteOf, yearsPerPeriod, type Norm } from './fte.ts'
import { around, marginMinutes, type NoInterval, type Range, type WeighedUse } from './interval.ts'
import type { CountedPeriod } from './period.ts'
import type { DeploymentSavings, HospitalSavings } from './report.ts'

interface Figures {
  readonly netHours: number
  readonly fte: number
  readonly contractFte: number
  readonly oneOffHours: number
}

interface Intervals {
  readonly interval: HospitalSavings['interval']
  readonly noInterval: NoInterval | null
  readonly oneOff: Range | null
}

/**
 * The 95 % intervals of a hospital's figures, from the baselines that all of its deployments used: hours as they are,
 * and hours a year with the weight that annualising gives each deployment.
 */
export function intervalsOf(
  { netHours, fte, contractFte, oneOffHours }: Figures,
  norm: Norm,
  deployments: readonly DeploymentSavings[],
  period: CountedPeriod,
): Intervals {
  const hours = marginMinutes(deployments.map(({ used }): WeighedUse => ({ used, weight: 1 / 60 })))
  const perYear = marginMinutes(
    deployments.map(({ used, measuredDays }) => ({
      used,
      weight: yearsPerPeriod(period, measuredDays) / 60,
    })),
  )
  const once = marginMinutes(deployments.map(({ oneOff }) => ({ used: oneOff.used, weight: 1 / 60 })))
  const oneOff = around(oneOffHours, typeof once === 'number' ? once : null)
  if (typeof hours !== 'number' || typeof perYear !== 'number')
    return { interval: null, noInterval: typeof hours === 'number' ? null : hours, oneOff }
  const range = (value: number, margin: number): Range => ({ low: value - margin, high: value + margin })
  const interval = {
    netHours: range(netHours, hours),
    fte: range(fte, fteOf(perYear, norm)),
    contractFte: range(contractFte, fteOf(perYear, CONTRACT_NORM)),
  }
  return { interval, noInterval: null, oneOff }
}
