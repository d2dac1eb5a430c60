import { Failure } from '../../connectors/failure.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import {
  hiddenSmall,
  readExplainedCounts,
  tellsHours,
  withheldOf,
  type ExplainedCount,
  type Withheld,
} from './explain-counts.ts'
import {
  intervalOf,
  isPartOf,
  isTold,
  stepsOf,
  usesBaselines,
  type MeasureOf,
  type WithInterval,
} from './explain-measures.ts'
import { isCounted, type Measure, type Unit } from './explain-names.ts'
import type { Step } from './explain-steps.ts'
import { readExplainedBaselines, type ExplainedBaseline } from './explained-baseline.ts'
import { marginPerYear, normFigures, type NormFigure } from './explain-norms.ts'
import type { CountedPeriod, Period } from './period.ts'
import { readFigures } from './read-figures.ts'
import { readSavings, type DeploymentSavings, type HospitalSavings } from './report.ts'
import { inSnapshot } from './snapshot.ts'
import { toldAt, toldOf, toldSum, type Told, type ToldOf } from './withhold.ts'
import { withholdSteps } from './withhold-steps.ts'

export interface ExplainQuestion extends Period, MeasureOf {
  readonly hospital: string
  readonly today: string
  /** Whether the asker may go down to items; else groups under five are withheld. */
  readonly seesItems: boolean
}

/** A figure from its formula down to its counts; what screen and exports print. */
export interface Explanation extends WithInterval {
  readonly measure: Measure
  readonly hospital: string
  readonly deployment: string | null
  readonly period: CountedPeriod
  /** Not rounded. */
  readonly value: number
  readonly unit: Unit
  /** In the order of calculating: the last one's value is the figure. */
  readonly steps: readonly Step[]
  /** Of FTE: at the hospital's own norm and at 1,878 hours; none of other figures. */
  readonly norms: readonly NormFigure[]
  readonly baselines: readonly ExplainedBaseline[]
  readonly counts: readonly ExplainedCount[]
  readonly withheld: Withheld | null
  /** Null when they are not told. */
  readonly leftOut: number | null
  readonly withoutBaseline: number | null
}

/**
 * Explains a figure of the savings: the formula with its values, the baselines, and the counts by day and outcome.
 * @throws business: names the field when the period, hospital or deployment is not one
 */
export async function explain(db: LedgerDatabase, question: ExplainQuestion): Promise<Explanation> {
  return await inSnapshot(db, async (snapshot) => {
    const { hospital: id, deployment, measure } = question
    const { hospitals, period } = await readSavings(snapshot, question)
    const [hospital] = hospitals
    const chosen =
      hospital?.deployments.filter((row) => deployment === undefined || row.id === deployment) ?? []
    if (!hospital || (deployment !== undefined && chosen.length === 0)) throw unknown(deployment ?? id)
    const told = toldOf([hospital], () => question.seesItems)
    const isToldOf = (row: string) => isTold(measure, told.get(row))
    if (!isToldWhole(question, chosen, isToldOf)) throw withheldFigure(deployment ?? id)
    const variants = (row: string) => told.get(row)?.variants ?? false
    const basis = { period, counts: await readCounts(snapshot, period, id, chosen) }
    const hidden = hiddenOf(question, basis.counts, told)
    const steps = withholdSteps(stepsOf(question, hospital, chosen, basis), {
      ...{ hours: isToldOf, variants },
      isHidden: (row) => [...hidden].some((count) => count.deployment === row && isPartOf(measure, count)),
    })
    const { value, unit } = steps.at(-1) ?? { value: 0, unit: 'hours' as const }
    const oneOff = measure === 'one-off-hours'
    return {
      ...{ measure, hospital: id, deployment: deployment ?? null, period, value, unit, steps },
      ...(deployment === undefined || variants(deployment) || !usesBaselines(measure)
        ? intervalOf(measure, hospital, chosen, { period, value })
        : { interval: null, noInterval: 'withheld' }),
      norms: normsOf(question, hospital, chosen, { period, variants }),
      baselines: usesBaselines(measure)
        ? await readExplainedBaselines(snapshot, baselinesOf(chosen, oneOff))
        : [],
      ...countsOf(measure, basis.counts, hidden),
      leftOut: toldSum(chosen.map((row) => toldAt(told, row).leftOut)),
      withoutBaseline: toldSum(chosen.map((row) => withoutBaselineOf(row, toldAt(told, row), oneOff))),
    }
  })
}

/** Hours of a hospital are always told; a number of its items when that of each deployment is. */
const isToldWhole = (
  { measure, deployment }: ExplainQuestion,
  chosen: readonly DeploymentSavings[],
  isToldOf: (row: string) => boolean,
): boolean =>
  deployment === undefined && !isCounted(measure) ? true : chosen.every(({ id }) => isToldOf(id))

async function readCounts(
  db: LedgerDatabase,
  period: CountedPeriod,
  hospital: string,
  chosen: readonly DeploymentSavings[],
): Promise<ExplainedCount[]> {
  const [figures] = await readFigures(db, period, hospital)
  const ids = new Set(chosen.map(({ id }) => id))
  const counts: ExplainedCount[] = []
  for (const { id, pricing } of figures?.deployments ?? [])
    if (ids.has(id)) counts.push(...(await readExplainedCounts(db, period, pricing)))
  return counts
}

const hiddenOf = (
  { seesItems }: ExplainQuestion,
  counts: readonly ExplainedCount[],
  told: ToldOf,
): ReadonlySet<ExplainedCount> =>
  seesItems ? new Set() : hiddenSmall(counts, (count) => tellsHours(told, count))

/** What is shown of the counts; of numbers of items the minutes of what is not are no part. */
function countsOf(
  measure: Measure,
  counts: readonly ExplainedCount[],
  hidden: ReadonlySet<ExplainedCount>,
): Pick<Explanation, 'counts' | 'withheld'> {
  const own = counts.filter((count) => isPartOf(measure, count))
  const shown = own.filter((count) => !hidden.has(count))
  if (isCounted(measure)) return { counts: shown, withheld: null }
  const withheld = withheldOf(own.filter((count) => hidden.has(count)))
  if (!withheld || measure !== 'human-hours') return { counts: shown, withheld }
  const { human } = withheld.minutes
  return { counts: shown, withheld: { minutes: { gross: 0, human, net: -human } } }
}

/** Of a backlog the number is no part of the report: it is told where its baselines are. */
function withoutBaselineOf(row: DeploymentSavings, told: Told, oneOff: boolean): number | null {
  if (!oneOff) return told.withoutBaseline
  const { withoutBaseline } = row.oneOff
  return told.variants || withoutBaseline === 0 ? withoutBaseline : null
}

function normsOf(
  { measure, deployment }: ExplainQuestion,
  hospital: HospitalSavings,
  chosen: readonly DeploymentSavings[],
  { period, variants }: { readonly period: CountedPeriod; readonly variants: (row: string) => boolean },
): NormFigure[] {
  if (measure !== 'fte' && measure !== 'contract-fte') return []
  const whole = deployment === undefined
  const hoursPerYear = (whole ? hospital : chosen[0])?.hoursPerYear ?? 0
  const margin = whole || variants(deployment) ? marginPerYear(chosen, period) : 'withheld'
  return normFigures({ hoursPerYear, margin, deployment }, hospital.norm)
}

const baselinesOf = (chosen: readonly DeploymentSavings[], oneOff: boolean): number[] =>
  chosen.flatMap((row) => (oneOff ? row.oneOff : row).used.map(({ baseline }) => baseline.id))

const unknown = (id: string) =>
  new Failure(
    'business',
    'not-found',
    `Field deployment: there is no deployment "${id}" at this hospital; choose one from the list.`,
  )

const withheldFigure = (id: string) =>
  new Failure(
    'business',
    'figure-withheld',
    `Field deployment: "${id}" counted so few items that this figure is not told to who sees counts only; ask for the hours of the hospital.`,
  )
