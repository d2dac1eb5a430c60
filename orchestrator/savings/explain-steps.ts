import type { StepName, TermName, Unit } from './explain-names.ts'
import { CONTRACT_NORM, type Norm } from './fte.ts'
import type { BaselineUse } from './minutes.ts'
import type { ExplainedCount } from './explain-counts.ts'
import { daysIn, daysOfYearUpTo, type CountedPeriod } from './period.ts'
import type { DeploymentSavings, HospitalSavings } from './report.ts'

/** A figure that goes into a step; what it is called on screen and in exports follows from its name. */
export interface Term {
  readonly name: TermName
  readonly value: number
  readonly unit: Unit
  /** Of which deployment, variant and baseline it is, where there is one. */
  readonly deployment?: string
  readonly variant?: string
  readonly baseline?: number
  /** How the items counted. */
  readonly kind?: ExplainedCount['kind']
  /** The first local day of days that are counted. */
  readonly from?: string
}

/** Terms multiplied and divided; `minus` when it is subtracted. */
export interface Product {
  readonly minus?: true
  readonly factors: readonly Term[]
  readonly divisors: readonly Term[]
}

/** One step of a calculation: its products added up are its value. Anyone can do it again: see `recompute`. */
export interface Step {
  readonly name: StepName
  /** Of one deployment; of the hospital when left out. */
  readonly deployment?: string
  readonly products: readonly Product[]
  readonly value: number
  readonly unit: Unit
  /** How often each baseline counted is not told: the products are left away. */
  readonly withheld?: true
}

/** The value of a step from its terms alone. */
export function recompute({ products }: Pick<Step, 'products'>): number {
  const multiplied = (terms: readonly Term[]) => terms.reduce((product, { value }) => product * value, 1)
  return products.reduce((sum, { minus, factors, divisors }) => {
    const product = multiplied(factors) / multiplied(divisors)
    return minus ? sum - product : sum + product
  }, 0)
}

/** From counts and baselines to the net hours and hours a year of a deployment. */
export function deploymentSteps(of: DeploymentSavings, period: CountedPeriod): Step[] {
  const { id: deployment, minutes, upkeepHours, netHours, measuredDays: days } = of
  const term = (name: Term['name'], value: number, unit: Unit): Term => ({ name, value, unit, deployment })
  const gross = term('gross-minutes', minutes.gross, 'minutes')
  const net = term('net-minutes', minutes.net, 'minutes')
  const steps: Step[] = [
    {
      name: 'gross-minutes',
      deployment,
      unit: 'minutes',
      value: minutes.gross,
      products: of.used.map(usedProduct(deployment)),
    },
    {
      ...{ name: 'net-minutes', deployment, unit: 'minutes', value: minutes.net },
      products: [plus(gross), less(term('human-minutes', minutes.human, 'minutes'))],
    },
    {
      ...{ name: 'net-hours', deployment, unit: 'hours', value: netHours },
      products: [
        { factors: [net], divisors: [{ name: 'minutes-an-hour', value: 60, unit: 'minutes' }] },
        less(term('upkeep', upkeepHours, 'hours')),
      ],
    },
  ]
  if (days === 0) return steps
  const year: Term = { name: 'days-of-year', value: daysOfYearUpTo(period.until), unit: 'days' }
  const divisors = [term('measured-days', days, 'days')]
  const products = [{ factors: [term('net-hours', netHours, 'hours'), year], divisors }]
  return [
    ...steps,
    { name: 'hours-a-year', deployment, unit: 'hours-a-year', value: of.hoursPerYear, products },
  ]
}

const usedProduct =
  (deployment: string) =>
  ({ baseline, variant, shares, share }: BaselineUse): Product => {
    const of = { deployment, variant, baseline: baseline.id }
    const whole = Number(share)
    const own: Term[] = [
      { name: 'shares', value: whole === 1 ? shares : shares / whole, unit: 'items', ...of },
      { name: 'baseline', value: Number(baseline.minutes), unit: 'minutes', ...of },
    ]
    const chained: Term[] = whole === 1 ? [] : [{ name: 'chain-share', value: whole, unit: 'share', ...of }]
    return { factors: [...own, ...chained], divisors: [] }
  }

/** From the deployments' figures to those of their hospital. */
export function hospitalSteps(of: HospitalSavings, norm: Norm | undefined): Step[] {
  const terms = (name: Term['name'], unit: Unit, value: (row: DeploymentSavings) => number) =>
    of.deployments.map((row) => plus({ name, unit, value: value(row), deployment: row.id }))
  if (!norm)
    return [
      {
        name: 'sum',
        unit: 'hours',
        value: of.netHours,
        products: terms('net-hours', 'hours', (row) => row.netHours),
      },
    ]
  return [
    {
      ...{ name: 'sum', unit: 'hours-a-year', value: of.hoursPerYear },
      products: terms('hours-a-year', 'hours-a-year', (row) => row.hoursPerYear),
    },
    fteStep(
      of.hoursPerYear,
      norm,
      norm.hoursPerYear === CONTRACT_NORM.hoursPerYear ? of.contractFte : of.fte,
    ),
  ]
}

/** Hours a year as FTE. */
export function fteStep(hoursPerYear: number, norm: Norm, value: number, deployment?: string): Step {
  const of = deployment === undefined ? {} : { deployment }
  const factors: Term[] = [{ name: 'hours-a-year', value: hoursPerYear, unit: 'hours-a-year', ...of }]
  const divisors: Term[] = [{ name: 'norm', value: norm.hoursPerYear, unit: 'hours-a-year' }]
  return { name: 'fte', unit: 'fte', value, ...of, products: [{ factors, divisors }] }
}

/** Minutes of deployments added up as hours; of one when `deployment` says which. */
export function hoursStep(
  of: 'gross' | 'human',
  chosen: readonly DeploymentSavings[],
  deployment?: string,
): Step {
  const divisors: Term[] = [{ name: 'minutes-an-hour', value: 60, unit: 'minutes' }]
  const value = chosen.reduce((sum, { minutes }) => sum + minutes[of], 0) / 60
  return {
    ...{ name: `${of}-hours`, unit: 'hours', value, ...(deployment !== undefined && { deployment }) },
    products: chosen.map(({ id, minutes }) => ({
      factors: [{ name: `${of}-minutes`, value: minutes[of], unit: 'minutes', deployment: id }],
      divisors,
    })),
  }
}

/** The hours that were booked on a deployment. */
export const upkeepStep = ({ id: deployment, upkeepHours: value }: DeploymentSavings): Step => ({
  ...{ name: 'upkeep', deployment, value, unit: 'hours' },
  products: [plus({ name: 'upkeep', value, unit: 'hours', deployment })],
})

/** The measured days of a deployment: from its first counted day, less those on which it cleared a backlog. */
export function daysStep(
  { id: deployment, measuredDays: value, firstDay }: DeploymentSavings,
  { from, until }: CountedPeriod,
): Step {
  const step: Step = { name: 'measured-days', deployment, value, unit: 'days', products: [] }
  if (firstDay === null || firstDay > until) return step
  const first = firstDay > from ? firstDay : from
  const all = daysIn(first, until)
  const term = (name: Term['name'], days: number): Term => ({ name, value: days, unit: 'days', deployment })
  const calendar = plus({ ...term('calendar-days', all), from: first })
  const backlog = all === value ? [] : [less(term('backlog-days', all - value))]
  return { ...step, products: [calendar, ...backlog] }
}

/** How many items of a deployment these counts are together, by variant and how they counted. */
export function itemsStep(deployment: string, counts: readonly ExplainedCount[]): Step {
  const groups = Map.groupBy(counts, ({ variant, kind }) => JSON.stringify([variant, kind]))
  const products = [...groups.values()].flatMap((own) =>
    own.slice(0, 1).map(({ variant, kind }) => {
      const value = own.reduce((sum, { items }) => sum + items, 0)
      return plus({ name: 'items', value, unit: 'items', deployment, variant, kind })
    }),
  )
  const value = counts.reduce((sum, { items }) => sum + items, 0)
  return { name: 'items', deployment, unit: 'items', value, products }
}

/** The last steps of deployments, added up. */
export function sumStep(steps: readonly Step[]): Step {
  const last = [...new Map(steps.map((step) => [step.deployment, step])).values()]
  const products = last.flatMap(({ name, deployment, value, unit }) =>
    name === 'sum' || name === 'fte' || name === 'gross-hours' || name === 'human-hours'
      ? []
      : [plus({ name, value, unit, ...(deployment !== undefined && { deployment }) })],
  )
  const value = last.reduce((sum, step) => sum + step.value, 0)
  return { name: 'sum', unit: last[0]?.unit ?? 'hours', value, products }
}

const plus = (term: Term): Product => ({ factors: [term], divisors: [] })
const less = (term: Term): Product => ({ minus: true, factors: [term], divisors: [] })
