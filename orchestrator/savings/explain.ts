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
import { deploymentSteps, fteStep, hospitalSteps, type Step, type Unit } from './explain-steps.ts'
import { explainedBaseline, type ExplainedBaseline } from './explained-baseline.ts'
import { CONTRACT_NORM, fteOf, yearsPerPeriod, type Norm } from './fte.ts'
import { around, marginMinutes, type NoInterval, type Range } from './interval.ts'
import { checkPeriod, type CountedPeriod, type Period } from './period.ts'
import { readFigures } from './read-figures.ts'
import { readSavings, type DeploymentSavings, type HospitalSavings } from './report.ts'
import { inSnapshot } from './snapshot.ts'
import { toldAt, toldOf, toldSum, type Told, type ToldOf } from './withhold.ts'
import { withholdSteps } from './withhold-steps.ts'

/** What can be explained of a hospital, or of one of its deployments. */
export const MEASURES = [
  'gross-minutes',
  'net-hours',
  'hours-a-year',
  'fte',
  'contract-fte',
  'one-off-hours',
] as const
export type Measure = (typeof MEASURES)[number]

export interface ExplainQuestion extends Period {
  readonly measure: Measure
  readonly hospital: string
  /** One deployment; all of the hospital when left out. */
  readonly deployment?: string | undefined
  readonly today: string
  /** Whether the asker may go down to items; else groups under five are withheld. */
  readonly seesItems: boolean
}

/** A figure from its formula down to its counts; what screen and exports print. */
export interface Explanation {
  readonly measure: Measure
  readonly hospital: string
  readonly deployment: string | null
  readonly period: CountedPeriod
  /** Not rounded. */
  readonly value: number
  readonly unit: Unit
  /** In the order of calculating: the last one's value is the figure. */
  readonly steps: readonly Step[]
  /** The norm that was used, and the careful one beside it. */
  readonly norm: Norm
  readonly contractNorm: Norm
  /** 95 %; of hours and FTE of a hospital. */
  readonly interval: Range | null
  readonly noInterval: NoInterval | null
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
    const oneOff = measure === 'one-off-hours'
    const told = toldOf([hospital], () => question.seesItems)
    const rowOf = (row: string) => told.get(row)
    const hours = (row: string) => rowOf(row)?.[oneOff ? 'oneOffHours' : 'hours'] ?? false
    if (deployment !== undefined && !hours(deployment)) throw withheldFigure(deployment)
    const variants = (row: string) => rowOf(row)?.variants ?? false
    const steps = withholdSteps(stepsOf(question, hospital, chosen, period), { hours, variants })
    const { value, unit } = steps.at(-1) ?? { value: 0, unit: 'hours' as const }
    return {
      ...{ measure, hospital: id, deployment: deployment ?? null, period, value, unit, steps },
      ...{ norm: hospital.norm, contractNorm: CONTRACT_NORM },
      ...intervalOf(question, hospital, chosen, { period, value }),
      baselines: await readBaselines(snapshot, chosen, oneOff),
      ...(await countsOf(snapshot, question, chosen, told)),
      leftOut: toldSum(chosen.map((row) => toldAt(told, row).leftOut)),
      withoutBaseline: toldSum(chosen.map((row) => withoutBaselineOf(row, toldAt(told, row), oneOff))),
    }
  })
}

/** Of a backlog the number is no part of the report: it is told where its baselines are. */
function withoutBaselineOf(row: DeploymentSavings, told: Told, oneOff: boolean): number | null {
  if (!oneOff) return told.withoutBaseline
  const { withoutBaseline } = row.oneOff
  return told.variants || withoutBaseline === 0 ? withoutBaseline : null
}

function stepsOf(
  { measure, deployment }: ExplainQuestion,
  hospital: HospitalSavings,
  chosen: readonly DeploymentSavings[],
  period: CountedPeriod,
): Step[] {
  const upTo = { 'gross-minutes': 1, 'net-hours': 3, 'one-off-hours': 3 }[measure as string] ?? 4
  const of = measure === 'one-off-hours' ? chosen.map(asOneOff) : chosen
  const steps = of.flatMap((row) => deploymentSteps(row, period).slice(0, upTo))
  const norm = measure === 'contract-fte' ? CONTRACT_NORM : measure === 'fte' ? hospital.norm : undefined
  if (deployment !== undefined) {
    const perYear = chosen[0]?.hoursPerYear ?? 0
    return norm ? [...steps, fteStep(perYear, norm, fteOf(perYear, norm), deployment)] : steps
  }
  if (measure === 'gross-minutes' || measure === 'one-off-hours') return [...steps, sumOf(steps, upTo)]
  const whole = hospitalSteps(hospital, norm ?? (measure === 'hours-a-year' ? hospital.norm : undefined))
  return [...steps, ...(measure === 'hours-a-year' ? whole.slice(0, 1) : whole)]
}

/** The last step of each deployment, added up. */
function sumOf(steps: readonly Step[], each: number): Step {
  const last = steps.filter((step) => step.name === (each === 1 ? 'gross-minutes' : 'net-hours'))
  const products = last.map(({ deployment, value, unit }) => ({
    factors: [
      {
        name: each === 1 ? ('gross-minutes' as const) : ('net-hours' as const),
        value,
        unit,
        ...(deployment && { deployment }),
      },
    ],
    divisors: [],
  }))
  const value = last.reduce((sum, step) => sum + step.value, 0)
  return { name: 'sum', unit: each === 1 ? 'minutes' : 'hours', value, products }
}

/** A deployment with its backlog's figures in the place of its regular ones. */
const asOneOff = (row: DeploymentSavings): DeploymentSavings => ({
  ...row,
  ...row.oneOff,
  items: row.items,
  oneOff: row.oneOff,
})

/** The 95 % interval of what is explained, from the baselines it was made of, or why it has none. */
function intervalOf(
  { measure }: ExplainQuestion,
  { norm }: HospitalSavings,
  chosen: readonly DeploymentSavings[],
  { period, value }: { readonly period: CountedPeriod; readonly value: number },
): Pick<Explanation, 'interval' | 'noInterval'> {
  const yearly = ({ measuredDays }: DeploymentSavings) => yearsPerPeriod(period, measuredDays) / 60
  const weights: Readonly<Record<Measure, (row: DeploymentSavings) => number>> = {
    'gross-minutes': () => 1,
    'net-hours': () => 1 / 60,
    'one-off-hours': () => 1 / 60,
    'hours-a-year': yearly,
    fte: (row) => fteOf(yearly(row), norm),
    'contract-fte': (row) => fteOf(yearly(row), CONTRACT_NORM),
  }
  const uses = chosen.map((row) => ({
    used: measure === 'one-off-hours' ? row.oneOff.used : row.used,
    weight: weights[measure](row),
  }))
  const margin = marginMinutes(uses)
  if (typeof margin !== 'number') return { interval: null, noInterval: margin }
  return { interval: around(value, margin), noInterval: null }
}

async function countsOf(
  db: LedgerDatabase,
  question: ExplainQuestion,
  chosen: readonly DeploymentSavings[],
  told: ToldOf,
): Promise<Pick<Explanation, 'counts' | 'withheld'>> {
  const period = checkPeriod(question, question.today)
  const [figures] = await readFigures(db, period, question.hospital)
  const ids = new Set(chosen.map(({ id }) => id))
  const counts: ExplainedCount[] = []
  for (const { id, pricing } of figures?.deployments ?? [])
    if (ids.has(id)) counts.push(...(await readExplainedCounts(db, period, pricing)))
  const isWanted = ({ kind }: ExplainedCount) =>
    (kind === 'one-off') === (question.measure === 'one-off-hours')
  if (question.seesItems) return { counts: counts.filter(isWanted), withheld: null }
  const hidden = hiddenSmall(counts, (count) => tellsHours(told, count))
  return {
    counts: counts.filter((count) => isWanted(count) && !hidden.has(count)),
    withheld: withheldOf([...hidden].filter(isWanted)),
  }
}

async function readBaselines(
  db: LedgerDatabase,
  chosen: readonly DeploymentSavings[],
  oneOff: boolean,
): Promise<ExplainedBaseline[]> {
  const used = chosen.flatMap((row) => (oneOff ? row.oneOff : row).used.map(({ baseline }) => baseline.id))
  const rows = await db
    .selectFrom('baseline')
    .selectAll()
    .where('id', 'in', [-1, ...used])
    .orderBy('id')
    .execute()
  return rows.map(explainedBaseline)
}

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
    `Field deployment: "${id}" counted so few items that its hours are not told to who sees counts only; ask for those of the hospital.`,
  )
