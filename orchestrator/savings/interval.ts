import type { BaselineUse } from './minutes.ts'
import type { Baseline } from './prices.ts'

export interface Range {
  readonly low: number
  readonly high: number
}

/** A: timed with a stopwatch, or beside the robot in shadow mode. B: read from timestamps in logs. C: an estimate. */
export type Grade = 'A' | 'B' | 'C'

const GRADES = { stopwatch: 'A', shadow: 'A', log: 'B', estimate: 'C' } as const

/** How a baseline is graded: by its method alone. */
export const gradeOfMethod = (method: Baseline['method']): Grade => GRADES[method]

/** The worst grade among baselines, for a sum is as good as its weakest part; null when none was used. */
export function gradeOf(used: readonly BaselineUse[]): Grade | null {
  return worstGrade(used.map(({ baseline }) => GRADES[baseline.method]))
}

/** The worst of some grades, leaving out those of what counted nothing. */
export function worstGrade(grades: readonly (Grade | null)[]): Grade | null {
  return grades.filter((grade) => grade !== null).toSorted((a, b) => b.localeCompare(a))[0] ?? null
}

/** A use of baselines that weighs more or less in a sum: hours that are annualised, for one. */
export interface WeighedUse {
  readonly used: readonly BaselineUse[]
  readonly weight: number
}

/** Why a figure has no interval; null when it has one. */
export type NoInterval = 'nothing-counted' | 'estimate' | 'too-few-cases'

/**
 * Half of the 95 % interval of gross minutes, from the sampling of the baselines:
 *
 *     of one baseline   Σ weight × shares × t(n − 1) × spread / √n     spread / √n is the standard error of its mean
 *     of several        √(sum of their squares)                       they were timed apart from each other
 *
 * with t(n − 1) Student's two-sided 95 % point. One baseline that several deployments use (a chain) is wrong for all of
 * them in the same way, so its parts are added up before they are squared. Counts and human seconds are exact and add
 * nothing. Not a number but the reason when there is none.
 */
export function marginMinutes(uses: readonly WeighedUse[]): number | NoInterval {
  const weights = new Map<number, { baseline: Baseline; shares: number }>()
  for (const { used, weight } of uses)
    for (const { baseline, shares } of used) {
      const before = weights.get(baseline.id)?.shares ?? 0
      weights.set(baseline.id, { baseline, shares: before + shares * weight })
    }
  if (weights.size === 0) return 'nothing-counted'
  const margins = [...weights.values()].map(({ baseline, shares }) => shares * marginOfMean(baseline))
  if (margins.every((margin) => !Number.isNaN(margin))) return Math.hypot(...margins)
  const estimated = [...weights.values()].some(({ baseline }) => baseline.method === 'estimate')
  return estimated ? 'estimate' : 'too-few-cases'
}

/** The interval around a value; null when there is none. */
export function around(value: number, margin: number | null): Range | null {
  return margin === null ? null : { low: value - margin, high: value + margin }
}

/** Half the 95 % interval of a baseline's mean in minutes; NaN for an estimate, fewer than two cases, or no spread. */
export function marginOfMean({
  method,
  n,
  spreadMinutes,
}: Pick<Baseline, 'method' | 'n' | 'spreadMinutes'>): number {
  if (method === 'estimate' || n === null || n < 2 || spreadMinutes === null) return Number.NaN
  return (studentT95(n - 1) * Number(spreadMinutes)) / Math.sqrt(n)
}

/** Two-sided 95 % points of Student's t for 1 to 30 degrees of freedom. */
const T95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
]
const Z95 = 1.959964

/** Beyond the table by the first terms of its expansion around the normal distribution, right to three decimals. */
function studentT95(freedom: number): number {
  const first = (Z95 ** 3 + Z95) / 4
  const second = (5 * Z95 ** 5 + 16 * Z95 ** 3 + 3 * Z95) / 96
  return T95[freedom - 1] ?? Z95 + first / freedom + second / freedom ** 2
}
