import type { Baseline, BaselineUse } from './minutes.ts'

export interface Range {
  readonly low: number
  readonly high: number
}

/** A: timed with a stopwatch. B: read from timestamps in logs. C: an estimate. */
export type Grade = 'A' | 'B' | 'C'

const GRADES = { stopwatch: 'A', log: 'B', estimate: 'C' } as const

/** The worst grade among baselines, for a sum is as good as its weakest part; null when none was used. */
export function gradeOf(used: readonly BaselineUse[]): Grade | null {
  return worstGrade(used.map(({ baseline }) => GRADES[baseline.method]))
}

/** The worst of some grades, leaving out those of what counted nothing. */
export function worstGrade(grades: readonly (Grade | null)[]): Grade | null {
  return grades.filter((grade) => grade !== null).toSorted((a, b) => b.localeCompare(a))[0] ?? null
}

/**
 * Half of the 95 % interval of the gross minutes, from the sampling of the baselines:
 *
 *     of one baseline   shares × t(n − 1) × spread / √n      spread / √n is the standard error of the mean
 *     of several        √(sum of their squares)              they were timed apart from each other
 *
 * with t(n − 1) Student's two-sided 95 % point. Undefined when a baseline that was counted has no sampling: an
 * estimate, fewer than two cases, or no spread. Counts and human seconds are exact and add nothing.
 */
export function marginMinutes(used: readonly BaselineUse[]): number | undefined {
  const margins = used.map(({ baseline, shares }) => marginOfMean(baseline, shares))
  return addMargins(margins)
}

/** Margins of parts that were measured apart from each other, as one; undefined when one of them has none. */
export function addMargins(margins: readonly (number | undefined)[]): number | undefined {
  const known = margins.filter((margin) => margin !== undefined)
  return known.length === margins.length ? Math.hypot(...known) : undefined
}

/** The interval around a value. */
export function around(value: number, margin: number): Range {
  return { low: value - margin, high: value + margin }
}

function marginOfMean({ method, n, spreadMinutes }: Baseline, shares: number): number | undefined {
  if (method === 'estimate' || n === null || n < 2 || spreadMinutes === null) return undefined
  return (shares * studentT95(n - 1) * Number(spreadMinutes)) / Math.sqrt(n)
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
