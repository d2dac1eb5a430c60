import type { ExplainedCount } from './explain-counts.ts'
import { marginPerYear, type NotTold } from './explain-norms.ts'
import {
  daysStep,
  deploymentSteps,
  fteStep,
  hospitalSteps,
  hoursStep,
  itemsStep,
  sumStep,
  upkeepStep,
  type Step,
} from './explain-steps.ts'
import { isCounted, type Counted, type Measure } from './explain-names.ts'
import { CONTRACT_NORM, fteOf } from './fte.ts'
import { around, marginMinutes, type Range } from './interval.ts'
import type { CountedPeriod } from './period.ts'
import type { DeploymentSavings, HospitalSavings } from './report.ts'
import type { Told } from './withhold.ts'

export interface MeasureOf {
  readonly measure: Measure
  /** One deployment; all of the hospital when left out. */
  readonly deployment?: string | undefined
}

/** What a figure is made from, besides the report. */
export interface Basis {
  readonly period: CountedPeriod
  /** All counts of the chosen deployments. */
  readonly counts: readonly ExplainedCount[]
}

/** Whether a count by day is part of a figure. */
export function isPartOf(measure: Measure, count: ExplainedCount): boolean {
  const { outcome, kind, minutes, baseline, counting, shares } = count
  switch (measure) {
    case 'done':
    case 'parked':
    case 'by-hand':
      return outcome === measure
    case 'left-out':
      return kind === 'left-out' && counting > 0
    case 'without-baseline':
      return kind === 'regular' && baseline === null && counting > 0 && Number(shares) !== 0
    case 'one-off-items':
      return kind === 'one-off' && counting > 0 && Number(shares) !== 0
    case 'human-hours':
      return kind === 'regular' && minutes.human !== 0
    case 'upkeep-hours':
    case 'measured-days':
      return false
    case 'one-off-hours':
      return kind === 'one-off'
    default:
      return kind !== 'one-off'
  }
}

/** Whether the baselines go into a figure. */
export const usesBaselines = (measure: Measure): boolean =>
  !isCounted(measure) && !['human-hours', 'upkeep-hours', 'measured-days'].includes(measure)

/** Whether a figure of a deployment is told to the reader. */
export function isTold(measure: Measure, told: Told | undefined): boolean {
  if (!told) return false
  if (measure === 'upkeep-hours') return true
  if (measure === 'one-off-hours') return told.oneOffHours
  return isCounted(measure) ? countTold(measure, told) !== null : told.hours
}

const countTold = (measure: Counted, told: Told): number | null =>
  ({
    ...{ done: told.items.done, parked: told.items.parked, 'by-hand': told.items['by-hand'] },
    ...{ 'left-out': told.leftOut, 'without-baseline': told.withoutBaseline },
    'one-off-items': told.oneOffItems,
  })[measure]

/** The steps of a figure, in the order of calculating: the last one's value is the figure. */
export function stepsOf(
  asked: MeasureOf,
  hospital: HospitalSavings,
  chosen: readonly DeploymentSavings[],
  basis: Basis,
): Step[] {
  const { measure, deployment } = asked
  const whole = (steps: Step[]) => (deployment === undefined ? [...steps, sumStep(steps)] : steps)
  if (isCounted(measure)) return whole(chosen.map(({ id }) => countStep(measure, id, basis)))
  switch (measure) {
    case 'gross-hours':
      return [
        ...chosen.flatMap((row) => deploymentSteps(row, basis.period).slice(0, 1)),
        hoursStep('gross', chosen, deployment),
      ]
    case 'human-hours':
      return [hoursStep('human', chosen, deployment)]
    case 'upkeep-hours':
      return whole(chosen.map(upkeepStep))
    case 'measured-days':
      return whole(chosen.map((row) => daysStep(row, basis.period)))
    case 'one-off-hours':
      return whole(chosen.flatMap((row) => deploymentSteps(asOneOff(row), basis.period).slice(0, 3)))
    default:
      return netSteps({ measure, deployment }, hospital, chosen, basis)
  }
}

function countStep(measure: Counted, deployment: string, { counts }: Basis): Step {
  const own = counts.filter((count) => count.deployment === deployment && isPartOf(measure, count))
  const isOutcome = ['done', 'parked', 'by-hand'].includes(measure)
  return itemsStep(
    deployment,
    own.map((count) => ({ ...count, items: isOutcome ? count.items : count.counting })),
  )
}

/** Net hours, and what they make in a year. */
function netSteps(
  { measure, deployment }: MeasureOf,
  hospital: HospitalSavings,
  chosen: readonly DeploymentSavings[],
  { period }: Basis,
): Step[] {
  const steps = chosen.flatMap((row) =>
    deploymentSteps(row, period).slice(0, measure === 'net-hours' ? 3 : 4),
  )
  const norm = measure === 'contract-fte' ? CONTRACT_NORM : measure === 'fte' ? hospital.norm : undefined
  if (deployment !== undefined) {
    const perYear = chosen[0]?.hoursPerYear ?? 0
    return norm ? [...steps, fteStep(perYear, norm, fteOf(perYear, norm), deployment)] : steps
  }
  const whole = hospitalSteps(hospital, norm ?? (measure === 'hours-a-year' ? hospital.norm : undefined))
  return [...steps, ...(measure === 'hours-a-year' ? whole.slice(0, 1) : whole)]
}

/** A deployment with its backlog's figures in the place of its regular ones. */
const asOneOff = (row: DeploymentSavings): DeploymentSavings => ({
  ...row,
  ...row.oneOff,
  items: row.items,
  oneOff: row.oneOff,
})

/** 95 %, or why there is none: `exact` where no baseline goes into the figure. */
export interface WithInterval {
  readonly interval: Range | null
  readonly noInterval: NotTold | 'exact' | null
}

/** The 95 % interval of what is explained, from the baselines it was made of, or why it has none. */
export function intervalOf(
  measure: Measure,
  { norm }: HospitalSavings,
  chosen: readonly DeploymentSavings[],
  { period, value }: { readonly period: CountedPeriod; readonly value: number },
): WithInterval {
  if (!usesBaselines(measure)) return { interval: null, noInterval: 'exact' }
  const margin = marginOf(measure, chosen, period)
  if (typeof margin !== 'number') return { interval: null, noInterval: margin }
  const yearly = { fte: norm, 'contract-fte': CONTRACT_NORM }[measure as string]
  return { interval: around(value, yearly ? fteOf(margin, yearly) : margin), noInterval: null }
}

function marginOf(measure: Measure, chosen: readonly DeploymentSavings[], period: CountedPeriod) {
  if (['hours-a-year', 'fte', 'contract-fte'].includes(measure)) return marginPerYear(chosen, period)
  return marginMinutes(
    chosen.map((row) => ({
      used: measure === 'one-off-hours' ? row.oneOff.used : row.used,
      weight: 1 / 60,
    })),
  )
}
