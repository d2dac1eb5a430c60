import { CONTRACT_NORM, type Norm } from './fte.ts'
import type { BaselineUse } from './minutes.ts'
import { daysOfYearUpTo, type CountedPeriod } from './period.ts'
import type { DeploymentSavings, HospitalSavings } from './report.ts'

export type Unit = 'items' | 'minutes' | 'hours' | 'days' | 'hours-a-year' | 'fte' | 'share'

/** A figure that goes into a step; what it is called on screen and in exports follows from its name. */
export interface Term {
  readonly name:
    | 'shares'
    | 'baseline'
    | 'chain-share'
    | 'gross-minutes'
    | 'human-minutes'
    | 'net-minutes'
    | 'minutes-an-hour'
    | 'upkeep'
    | 'net-hours'
    | 'days-of-year'
    | 'measured-days'
    | 'hours-a-year'
    | 'norm'
  readonly value: number
  readonly unit: Unit
  /** Of which deployment, variant and baseline it is, where there is one. */
  readonly deployment?: string
  readonly variant?: string
  readonly baseline?: number
}

/** Terms multiplied and divided; `minus` when it is subtracted. */
export interface Product {
  readonly minus?: true
  readonly factors: readonly Term[]
  readonly divisors: readonly Term[]
}

/** One step of a calculation: its products added up are its value. Anyone can do it again: see `recompute`. */
export interface Step {
  readonly name: 'gross-minutes' | 'net-minutes' | 'net-hours' | 'hours-a-year' | 'sum' | 'fte'
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

const plus = (term: Term): Product => ({ factors: [term], divisors: [] })
const less = (term: Term): Product => ({ minus: true, factors: [term], divisors: [] })
