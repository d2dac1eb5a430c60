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
export type NoInterval = 'nothing-counted' | 'estimate' | 'too-few-cases' | 'no-spread'

/**
 * Half of the 95 % interval of gross minutes, from the sampling of the baselines:
 *
 *     of one baseline   Σ weight × shares × t(n − 1) × spread / √n     spread / √n is the standard error of its mean
 *     of several        √(sum of their squares)                       they were timed apart from each other
 *
 * with t(n − 1) Student's two-sided 95 % point. Whatever the spreads are, this covers the real value at least 95 times in
 * 100: of one baseline exactly so, of several a little more often (S. Banerjee, Sankhyā 22, 1960). One baseline that
 * several deployments use (a chain) is one sample and wrong for all of them in the same way, so its parts are added up
 * before they are squared. Counts and human seconds are exact and add nothing. Not a number but the reason when there is none.
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
  return whyNone([...weights.values()].map(({ baseline }) => reasonOf(baseline)))
}

/** The hardest to mend first: measuring at all, then measuring more, then looking up what was measured. */
const REASONS = ['estimate', 'too-few-cases', 'no-spread'] as const

/** Why a sum has no interval, of the reasons of its parts: null is a part that has one. Nothing counted when there is none. */
export const whyNone = (reasons: readonly (NoInterval | null)[]): NoInterval =>
  REASONS.find((reason) => reasons.includes(reason)) ?? 'nothing-counted'

function reasonOf(baseline: Baseline): NoInterval | null {
  if (!Number.isNaN(marginOfMean(baseline))) return null
  if (baseline.method === 'estimate') return 'estimate'
  return baseline.n === null || baseline.n < 2 ? 'too-few-cases' : 'no-spread'
}

/** The interval around a value; null when there is none. */
export function around(value: number, margin: number | null): Range | null {
  return margin === null ? null : { low: value - margin, high: value + margin }
}

/** Half the 95 % interval of a baseline's mean in minutes; NaN for an estimate, fewer than two cases, or a spread that is zero or not known. */
export function marginOfMean({
  method,
  n,
  spreadMinutes,
}: Pick<Baseline, 'method' | 'n' | 'spreadMinutes'>): number {
  const spread = Number(spreadMinutes)
  // Cases that all took the same to the last digit tell how they were rounded, not that their mean is certain.
  if (method === 'estimate' || n === null || n < 2 || spread === 0) return Number.NaN
  return (studentT95(n - 1) * spread) / Math.sqrt(n)
}

/** Two-sided 95 % points of Student's t for 1 to 30 degrees of freedom. */
const T95 = [
  12.7062047, 4.3026527, 3.1824463, 2.7764451, 2.5705818, 2.4469119, 2.3646243, 2.3060041, 2.2621572,
  2.2281389, 2.2009852, 2.1788128, 2.1603687, 2.1447867, 2.1314495, 2.1199053, 2.1098156, 2.100922, 2.0930241,
  2.0859634, 2.0796138, 2.0738731, 2.0686576, 2.0638986, 2.0595386, 2.0555294, 2.0518305, 2.0484071,
  2.0452296, 2.0422725,
]
const Z95 = 1.95996398454

/**
 * Student's two-sided 95 % point for so many degrees of freedom, at least 1, right to seven decimals. Beyond the table by
 * the first terms of its expansion around the normal distribution (Abramowitz and Stegun 26.7.5).
 */
export function studentT95(freedom: number): number {
  const z = Z95
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ]
  return T95[freedom - 1] ?? terms.reduce((sum, term, place) => sum + term / freedom ** (place + 1), z)
}
