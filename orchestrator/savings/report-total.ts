import { whyNone, type NoInterval, type Range } from './interval.ts'
import type { HospitalSavings } from './report.ts'

/** Over all hospitals, each at its own norm. */
export interface ReportTotal {
  readonly netHours: number
  readonly fte: number
  readonly contractFte: number
  /** How many deployments were measured over few days. */
  readonly brief: number
  /** 95 %; null when one of the hospitals that counted anything has none. */
  readonly interval: { readonly netHours: Range; readonly fte: Range; readonly contractFte: Range } | null
  /** Why there is none: the first that holds for a hospital of nothing counted at all, an estimate, too few cases, no spread. */
  readonly noInterval: NoInterval | null
}

/** All hospitals together. Baselines of different hospitals were measured apart, so their margins add up as the root of their squares. */
export function totalOf(hospitals: readonly HospitalSavings[]): ReportTotal {
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
    noInterval: complete ? null : whyNone(counted.map(({ noInterval }) => noInterval)),
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
