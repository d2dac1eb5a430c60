import { Failure } from '../../connectors/failure.ts'
import type { ItemOutcome, LedgerDatabase } from '../ledger/tables.ts'
import { CONTRACT_NORM, fteOf, measuredDays, netHours, normOn, yearsPerPeriod, type Norm } from './fte.ts'
import { addMargins, around, gradeOf, marginMinutes, worstGrade, type Grade, type Range } from './interval.ts'
import { tallyMinutes, type Count, type Minutes } from './minutes.ts'
import { checkPeriod, type CountedPeriod, type Period } from './period.ts'
import { readFigures, type DeploymentFigures, type HospitalFigures } from './read-figures.ts'
import { inSnapshot } from './snapshot.ts'

export interface SavingsQuestion extends Period {
  /** One hospital; all when left out. */
  readonly hospital?: string | undefined
  /** The local date of asking: later days do not count. */
  readonly today: string
}

/** No figure in it is rounded. */
export interface SavingsReport {
  readonly period: CountedPeriod
  readonly hospitals: readonly HospitalSavings[]
}

export interface HospitalSavings {
  readonly id: string
  readonly name: string
  /** Upkeep is subtracted. */
  readonly netHours: number
  readonly upkeepHours: number
  /** Net hours of each deployment, annualised over its own measured days, added up. */
  readonly hoursPerYear: number
  /** The norm that is valid on the period's last day. */
  readonly norm: Norm
  readonly fte: number
  /** At 1,878 hours. */
  readonly contractFte: number
  /** The worst grade of the baselines that were counted; null when none was. */
  readonly grade: Grade | null
  /** 95 %; null when nothing was counted, or a baseline that was counted has no sampling (grade C). */
  readonly interval: { readonly netHours: Range; readonly fte: Range; readonly contractFte: Range } | null
  readonly deployments: readonly DeploymentSavings[]
}

/** How often items ended in each way; an item that was parked twice is counted twice. */
export type OutcomeCounts = Readonly<Record<ItemOutcome | 'parked', number>>

export interface DeploymentSavings {
  readonly id: string
  readonly hospital: string
  readonly bot: string
  readonly items: OutcomeCounts
  /** Before upkeep. */
  readonly minutes: Minutes
  /** Items that would have counted but had no baseline on their day: not in the minutes. */
  readonly withoutBaseline: number
  readonly upkeepHours: number
  readonly netHours: number
  readonly measuredDays: number
  readonly hoursPerYear: number
  readonly grade: Grade | null
  /** Half the 95 % interval of `netHours`; null when a baseline that was counted has no sampling. */
  readonly marginHours: number | null
}

/**
 * Hours and FTE of a period of local days, from counts × baselines.
 * @throws business: names the field when the period or the hospital is not one
 */
export async function readSavings(db: LedgerDatabase, question: SavingsQuestion): Promise<SavingsReport> {
  const period = checkPeriod(question, question.today)
  const figures = await inSnapshot(db, (snapshot) => readFigures(snapshot, period, question.hospital))
  if (question.hospital !== undefined && figures.length === 0) {
    const sentence = `Field hospital: there is no hospital "${question.hospital}"; give the id of one that is set up.`
    throw new Failure('business', 'hospital-unknown', sentence)
  }
  return { period, hospitals: figures.map((hospital) => hospitalSavings(hospital, period)) }
}

function hospitalSavings(figures: HospitalFigures, period: CountedPeriod): HospitalSavings {
  const { id, name } = figures
  const deployments = figures.deployments.map((deployment) => deploymentSavings(deployment, period))
  const norm = normOn(figures.norms, period.to)
  const hoursPerYear = sum(deployments.map((deployment) => deployment.hoursPerYear))
  const total = {
    netHours: sum(deployments.map((deployment) => deployment.netHours)),
    fte: fteOf(hoursPerYear, norm),
    contractFte: fteOf(hoursPerYear, CONTRACT_NORM),
  }
  return {
    ...{ id, name, ...total, hoursPerYear, norm, deployments },
    upkeepHours: sum(deployments.map((deployment) => deployment.upkeepHours)),
    grade: worstGrade(deployments.map(({ grade }) => grade)),
    interval: intervalAround(total, norm, deployments, period),
  }
}

function intervalAround(
  total: Pick<HospitalSavings, 'netHours' | 'fte' | 'contractFte'>,
  norm: Norm,
  deployments: readonly DeploymentSavings[],
  period: CountedPeriod,
): HospitalSavings['interval'] {
  const counted = deployments.filter(({ grade }) => grade !== null)
  const hours = addMargins(counted.map(({ marginHours }) => marginHours ?? undefined))
  const perYear = addMargins(
    counted.map(({ marginHours, measuredDays: days }) =>
      marginHours === null ? undefined : marginHours * yearsPerPeriod(period, days),
    ),
  )
  if (counted.length === 0 || hours === undefined || perYear === undefined) return null
  return {
    netHours: around(total.netHours, hours),
    fte: around(total.fte, fteOf(perYear, norm)),
    contractFte: around(total.contractFte, fteOf(perYear, CONTRACT_NORM)),
  }
}

function deploymentSavings(figures: DeploymentFigures, period: CountedPeriod): DeploymentSavings {
  const { id, hospital, bot, counts, upkeepHours } = figures
  const { minutes, withoutBaseline, used } = tallyMinutes(counts, figures.baselines)
  const days = measuredDays(period, figures.firstDay)
  const net = netHours(minutes.net, upkeepHours)
  const margin = marginMinutes(used)
  return {
    ...{ id, hospital, bot, minutes, withoutBaseline, upkeepHours },
    items: countOutcomes(counts),
    netHours: net,
    measuredDays: days,
    hoursPerYear: net * yearsPerPeriod(period, days),
    grade: gradeOf(used),
    marginHours: margin === undefined ? null : margin / 60,
  }
}

function countOutcomes(counts: readonly Count[]): OutcomeCounts {
  const of = (outcome: keyof OutcomeCounts): number =>
    sum(counts.filter((count) => count.outcome === outcome).map(({ items }) => items))
  return {
    done: of('done'),
    parked: of('parked'),
    nothing: of('nothing'),
    'by-hand': of('by-hand'),
    shadow: of('shadow'),
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
