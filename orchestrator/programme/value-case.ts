import type { CostKind } from '../ledger/programme-tables.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Period } from '../savings/period.ts'
import type { FigureMemory } from '../savings/read-figures.ts'
import { readSavings, type DeploymentSavings, type HospitalSavings } from '../savings/report.ts'
import { inSnapshot } from '../savings/snapshot.ts'
import { toldAt, toldOf } from '../savings/withhold.ts'
import { inCents, inEuros, ofCents, worth, type Money } from './money.ts'
import { rateOn, readRates, steadyParts, type Rate } from './value-rates.ts'

/** Costs and benefits; euros as decimal text that is not rounded, hours not rounded either. */
export interface ValueFigures {
  readonly costs: Readonly<Record<CostKind, string>>
  readonly costTotal: string
  /** Net hours × the rate that was valid on their day. */
  readonly benefit: string
  readonly result: string
  readonly netHours: number
  /** Net hours of deployments without a rate: they are in `netHours` and not in `benefit`. */
  readonly hoursWithoutRate: number
}

/** What all robots cost and were worth in one year. */
export interface ValueYear extends ValueFigures {
  readonly year: number
  /** The result of this and all earlier years that are shown. */
  readonly cumulative: string
}

/** The same of one robot; null is what the reader is not told, for a small count would follow from it. */
export type RobotFigures = Pick<ValueFigures, 'costs' | 'costTotal'> & {
  readonly [Figure in Exclude<keyof ValueFigures, 'costs' | 'costTotal'>]: ValueFigures[Figure] | null
}

export interface RobotValue {
  /** Null for what serves several robots and cannot be said to be of one: costs only. */
  readonly bot: string | null
  readonly years: readonly (RobotFigures & { readonly year: number })[]
  /** Over those years. */
  readonly whole: RobotFigures
}

/** Together and robot by robot: the robots and what is not of one of them add up to the whole, to the last decimal. */
export interface ValueCase {
  readonly years: readonly ValueYear[]
  readonly whole: ValueFigures
  /** Whether a deployment without a rate has net hours; added up, gains and losses may hide each other. */
  readonly someWithoutRate: boolean
  readonly robots: readonly RobotValue[]
}

export interface ValueQuestion {
  readonly hospitals: readonly string[]
  /** Years, both included. */
  readonly from: number
  readonly to: number
  /** The local date of asking. */
  readonly today: string
  readonly seesItems: (hospital: string) => boolean
}

/** What is added up; `told` until a part is not. */
interface Sums {
  readonly costs: Map<CostKind, Money>
  benefit: Money
  netHours: number
  hoursWithoutRate: number
  bare: boolean
  told: boolean
}

/** By robot; null is what is not of one. */
type ByBot = Map<string | null, Sums>

/**
 * Costs and benefits of these hospitals, by year and by robot, this year up to today. Benefits are net hours only, each at
 * the rate of its day: realised savings are a matter of their own.
 */
export async function readValueCase(
  db: LedgerDatabase,
  question: ValueQuestion,
  memory?: FigureMemory,
): Promise<ValueCase> {
  return await inSnapshot(db, async (snapshot) => {
    const rates = await readRates(snapshot, question.hospitals)
    const years: { readonly year: number; readonly robots: ByBot }[] = []
    for (let year = question.from; year <= question.to; year++) {
      const robots = await readCosts(snapshot, question.hospitals, year)
      await addBenefits(snapshot, question, { year, rates, robots, memory })
      years.push({ year, robots })
    }
    return valueOf(years)
  })
}

function valueOf(years: readonly { readonly year: number; readonly robots: ByBot }[]): ValueCase {
  let cumulative = 0n
  const together = years.map(({ year, robots }) => {
    const sums = added([...robots.values()])
    cumulative += resultOf(sums)
    return { year, sums, cumulative: inEuros(cumulative) }
  })
  const bots = [...new Set(years.flatMap(({ robots }) => [...robots.keys()]))].toSorted(byName)
  return {
    years: together.map(({ year, sums, ...more }) => ({ year, ...figuresOf(sums), ...more })),
    whole: figuresOf(added(together.map(({ sums }) => sums))),
    someWithoutRate: together.some(({ sums }) => sums.bare),
    robots: bots.map((bot) => {
      const own = years.map(({ year, robots }) => ({ year, sums: robots.get(bot) ?? nothing() }))
      return {
        bot,
        years: own.map(({ year, sums }) => ({ year, ...toldFigures(sums) })),
        whole: toldFigures(added(own.map(({ sums }) => sums))),
      }
    }),
  }
}

/** What is not of one robot comes last. */
const byName = (one: string | null, other: string | null): number => {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  return one < other ? -1 : 1
}

const nothing = (): Sums => ({
  ...{ costs: new Map<CostKind, Money>(), benefit: 0n, netHours: 0, hoursWithoutRate: 0 },
  ...{ bare: false, told: true },
})

function added(parts: readonly Sums[]): Sums {
  const sums = nothing()
  for (const part of parts) {
    for (const [kind, money] of part.costs) sums.costs.set(kind, (sums.costs.get(kind) ?? 0n) + money)
    sums.benefit += part.benefit
    sums.netHours += part.netHours
    sums.hoursWithoutRate += part.hoursWithoutRate
    sums.bare ||= part.bare
    sums.told &&= part.told
  }
  return sums
}

const costOf = ({ costs }: Sums): Money => [...costs.values()].reduce((sum, money) => sum + money, 0n)
const resultOf = (sums: Sums): Money => sums.benefit - costOf(sums)

function figuresOf(sums: Sums): ValueFigures {
  const of = (kind: CostKind) => inEuros(sums.costs.get(kind) ?? 0n)
  return {
    costs: { licences: of('licences'), hours: of('hours'), hosting: of('hosting'), other: of('other') },
    ...{ costTotal: inEuros(costOf(sums)), benefit: inEuros(sums.benefit), result: inEuros(resultOf(sums)) },
    ...{ netHours: sums.netHours, hoursWithoutRate: sums.hoursWithoutRate },
  }
}

function toldFigures(sums: Sums): RobotFigures {
  const figures = figuresOf(sums)
  if (sums.told) return figures
  return { ...figures, benefit: null, result: null, netHours: null, hoursWithoutRate: null }
}

interface Year {
  readonly year: number
  readonly rates: readonly Rate[]
  readonly robots: ByBot
  readonly memory: FigureMemory | undefined
}

/** Adds the net hours of a year to their robots, and what they are worth. */
async function addBenefits(
  db: LedgerDatabase,
  { hospitals, today, seesItems }: ValueQuestion,
  { year, rates, robots, memory }: Year,
): Promise<void> {
  const own = async (period: Period): Promise<readonly HospitalSavings[]> => {
    const report = await readSavings(db, { ...period, today }, memory)
    return report.hospitals.filter(({ id }) => hospitals.includes(id))
  }
  const whole = { from: `${year}-01-01`, to: `${year}-12-31` }
  if (whole.from > today) return
  const inYear = await own(whole)
  const told = toldOf(inYear, seesItems)
  const botOf = ({ bot }: DeploymentSavings): Sums => {
    const sums = robots.get(bot) ?? nothing()
    robots.set(bot, sums)
    return sums
  }
  for (const row of inYear.flatMap(({ deployments }) => deployments))
    botOf(row).told &&= toldAt(told, row).hours
  for (const part of steadyParts(whole, today, rates)) {
    const rows = (part.to === whole.to && part.from === whole.from ? inYear : await own(part)).flatMap(
      ({ deployments }) => deployments,
    )
    for (const row of rows) addHours(botOf(row), row.netHours, rateOn(rates, row.id, part.from))
  }
}

function addHours(sums: Sums, netHours: number, rate: Rate | undefined): void {
  sums.netHours += netHours
  if (rate) sums.benefit += worth(netHours, rate.cents)
  else {
    sums.hoursWithoutRate += netHours
    sums.bare ||= netHours !== 0
  }
}

async function readCosts(db: LedgerDatabase, hospitals: readonly string[], year: number): Promise<ByBot> {
  const rows = await db
    .selectFrom('cost')
    .select(['bot', 'kind', (of) => of.fn.sum<string>('euros').as('euros')])
    .where('hospital', 'in', ['', ...hospitals])
    .where('year', '=', year)
    .groupBy(['bot', 'kind'])
    .execute()
  const robots: ByBot = new Map()
  for (const { bot, kind, euros } of rows) {
    const sums = robots.get(bot) ?? nothing()
    robots.set(bot, sums)
    sums.costs.set(kind, ofCents(inCents(euros)))
  }
  return robots
}
