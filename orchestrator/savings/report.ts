import { Failure } from '../../connectors/failure.ts'
import type { ItemOutcome, LedgerDatabase } from '../ledger/tables.ts'
import {
  CONTRACT_NORM,
  fteOf,
  isBrief,
  measuredDays,
  netHours,
  normOn,
  yearsPerPeriod,
  type Norm,
} from './fte.ts'
import { gradeOf, marginMinutes, worstGrade, type Grade, type NoInterval, type Range } from './interval.ts'
import { intervalsOf } from './hospital-interval.ts'
import { tallyCounts, type BaselineUse, type Count, type Minutes, type Tally } from './minutes.ts'
import { checkPeriod, type CountedPeriod, type Period } from './period.ts'
import {
  readFigures,
  type DeploymentFigures,
  type FigureMemory,
  type HospitalFigures,
} from './read-figures.ts'

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
  /** Counted items × baseline × credit, in hours. */
  readonly grossHours: number
  readonly humanHours: number
  /** Human minutes and upkeep are subtracted; backlogs are not in it. */
  readonly netHours: number
  readonly upkeepHours: number
  /** Net hours of each deployment, annualised over its own measured days, added up. */
  readonly hoursPerYear: number
  /** The norm that is valid on the last day that counts: the period's last one, or today. */
  readonly norm: Norm
  readonly fte: number
  /** At 1,878 hours. */
  readonly contractFte: number
  /** The worst grade of the baselines that were counted; null when none was. */
  readonly grade: Grade | null
  /** 95 %; null when there is none, and `noInterval` says why. */
  readonly interval: { readonly netHours: Range; readonly fte: Range; readonly contractFte: Range } | null
  readonly noInterval: NoInterval | null
  /** Of backlogs that were cleared once: never annualised, in none of the figures above. */
  readonly oneOff: OneOffHours
  /** Items of a case that another item claimed for the same activity. */
  readonly leftOut: number
  /** How many of its deployments were measured over few days: what their hours make in a year says little yet. */
  readonly brief: number
  /** Signed for days that all lie in the period, in hours as decimal text: at most the net hours when it was signed. */
  readonly realisedHours: string
  /** Signed for periods that lie partly in it, in hours as decimal text: in no other figure. */
  readonly realisedAcrossHours: string
  readonly deployments: readonly DeploymentSavings[]
}

export interface OneOffHours {
  readonly items: number
  readonly netHours: number
  readonly interval: Range | null
}

/** How often items ended in each way; an item that was parked twice is counted twice. */
export type OutcomeCounts = Readonly<Record<ItemOutcome | 'parked', number>>

export interface DeploymentSavings {
  readonly id: string
  readonly hospital: string
  readonly bot: string
  readonly activity: string | null
  /** Whether items in it, of whatever period, were reported by a robot of another make. */
  readonly reported: boolean
  /** Of all kinds: regular, of a backlog, and left out. */
  readonly items: OutcomeCounts
  /** Before upkeep; of regular work. */
  readonly minutes: Minutes
  /** Items that would have counted but had no baseline on their day: not in the minutes. */
  readonly withoutBaseline: number
  /** Items of a case that another item claimed for the same activity: not in the minutes. */
  readonly leftOut: number
  readonly upkeepHours: number
  readonly netHours: number
  readonly measuredDays: number
  /** The first local day ever that counts towards them; null when it is later than the period, or still to come. */
  readonly firstDay: string | null
  /** Days of the period that are no measured days, because what they counted is of a backlog. */
  readonly backlogDays: number
  readonly hoursPerYear: number
  readonly grade: Grade | null
  /** Half the 95 % interval of `netHours`; null when there is none. */
  readonly marginHours: number | null
  readonly noInterval: NoInterval | null
  /** The baselines that the gross minutes are made of. */
  readonly used: readonly BaselineUse[]
  readonly oneOff: OneOffSavings
}

export interface OneOffSavings {
  readonly items: number
  readonly minutes: Minutes
  readonly withoutBaseline: number
  readonly upkeepHours: number
  readonly netHours: number
  readonly used: readonly BaselineUse[]
}

/**
 * Hours and FTE of a period of local days, from counts × baselines. With a memory, what has not changed since it was
 * asked before is not counted again; a figure that is checked or signed is asked without.
 * @throws business: names the field when the period or the hospital is not one
 */
export async function readSavings(
  db: LedgerDatabase,
  question: SavingsQuestion,
  memory?: FigureMemory,
): Promise<SavingsReport> {
  const period = checkPeriod(question, question.today)
  const figures = await readFigures(db, period, question.hospital, memory)
  if (question.hospital !== undefined && figures.length === 0) {
    const sentence = `Field hospital: there is no hospital "${question.hospital}"; give the id of one that is set up.`
    throw new Failure('business', 'hospital-unknown', sentence)
  }
  return { period, hospitals: figures.map(hospitalSavings) }
}

/** Figures that a memory gave again are worth what they were. */
const worth = {
  hospital: new WeakMap<HospitalFigures, HospitalSavings>(),
  deployment: new WeakMap<DeploymentFigures, DeploymentSavings>(),
}

function hospitalSavings(figures: HospitalFigures): HospitalSavings {
  const savings = worth.hospital.get(figures) ?? savingsOfHospital(figures)
  worth.hospital.set(figures, savings)
  return savings
}

function savingsOfHospital(figures: HospitalFigures): HospitalSavings {
  const { id, name, realisedHours, realisedAcrossHours, period } = figures
  const deployments = figures.deployments.map(deploymentSavings)
  const norm = normOn(figures.norms, period.until)
  const total = (amount: (deployment: DeploymentSavings) => number) => sum(deployments.map(amount))
  const hoursPerYear = total((deployment) => deployment.hoursPerYear)
  const figure = {
    netHours: total((deployment) => deployment.netHours),
    fte: fteOf(hoursPerYear, norm),
    contractFte: fteOf(hoursPerYear, CONTRACT_NORM),
    oneOffHours: total(({ oneOff }) => oneOff.netHours),
  }
  const { interval, noInterval, oneOff } = intervalsOf(figure, norm, deployments, period)
  return {
    ...{
      id,
      name,
      hoursPerYear,
      norm,
      realisedHours,
      realisedAcrossHours,
      deployments,
      interval,
      noInterval,
    },
    ...{ netHours: figure.netHours, fte: figure.fte, contractFte: figure.contractFte },
    grossHours: total(({ minutes }) => minutes.gross) / 60,
    humanHours: total(({ minutes }) => minutes.human) / 60,
    upkeepHours: total((deployment) => deployment.upkeepHours),
    grade: worstGrade(deployments.map(({ grade }) => grade)),
    oneOff: { items: total((row) => row.oneOff.items), netHours: figure.oneOffHours, interval: oneOff },
    leftOut: total(({ leftOut }) => leftOut),
    brief: deployments.filter((row) => isBrief(row.measuredDays)).length,
  }
}

function deploymentSavings(figures: DeploymentFigures): DeploymentSavings {
  const savings = worth.deployment.get(figures) ?? savingsOf(figures)
  worth.deployment.set(figures, savings)
  return savings
}

function savingsOf(figures: DeploymentFigures): DeploymentSavings {
  const { id, hospital, bot, activity, reported, period, counts, pricing, firstDay, upkeepHours } = figures
  const { regular, oneOff, leftOut } = tallyCounts(counts, pricing)
  const begun = firstDay !== undefined && firstDay <= period.until ? firstDay : undefined
  const days = measuredDays(period, firstDay, figures.backlogDays)
  const net = netHours(regular.minutes.net, upkeepHours)
  const margin = marginMinutes([{ used: regular.used, weight: 1 / 60 }])
  return {
    ...{ id, hospital, bot, activity, reported, leftOut, upkeepHours },
    ...{ minutes: regular.minutes, withoutBaseline: regular.withoutBaseline, used: regular.used },
    items: countOutcomes(counts.filter(({ kind }) => kind !== 'shadow')),
    netHours: net,
    ...{ measuredDays: days, firstDay: begun ?? null, backlogDays: figures.backlogDays.length },
    hoursPerYear: net * yearsPerPeriod(period, days),
    grade: gradeOf(regular.used),
    marginHours: typeof margin === 'number' ? margin : null,
    noInterval: typeof margin === 'number' ? null : margin,
    oneOff: oneOffSavings(oneOff, figures.oneOffUpkeepHours),
  }
}

function oneOffSavings(
  { counting, minutes, withoutBaseline, used }: Tally,
  upkeepHours: number,
): OneOffSavings {
  const net = netHours(minutes.net, upkeepHours)
  return { items: counting, minutes, withoutBaseline, upkeepHours, netHours: net, used }
}

function countOutcomes(counts: readonly Count[]): OutcomeCounts {
  const total = (amount: (count: Count) => number) => sum(counts.map(amount))
  return {
    done: total(({ done }) => done),
    parked: total(({ parked }) => parked),
    nothing: total(({ nothing }) => nothing),
    'by-hand': total(({ byHand }) => byHand),
    shadow: total(({ shadow }) => shadow),
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
