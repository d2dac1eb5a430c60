import type { BaselineMethod } from '../ledger/savings-tables.ts'
import { dayAfter, type Period } from './period.ts'

export interface Baseline {
  readonly id: number
  readonly deployment: string
  readonly variant: string
  /** By hand, per item, as decimal text. */
  readonly minutes: string
  readonly method: BaselineMethod
  /** How many cases were timed, and their standard deviation in minutes. */
  readonly n: number | null
  readonly spreadMinutes: string | null
  /** Local dates: from this day on, up to but not including that one. */
  readonly validFrom: string
  readonly validUntil: string | null
  readonly measuredOn: string
}

/** What a variant of a deployment has of a chain: a share of one baseline, on the chain's days. */
export interface ChainPart {
  readonly chain: number
  readonly deployment: string
  readonly variant: string
  /** Decimal text, above 0 and at most 1. */
  readonly share: string
  readonly baselineDeployment: string
  readonly baselineVariant: string
  readonly validFrom: string
  readonly validUntil: string | null
}

/** Days, both included, on which a deployment cleared a backlog. */
export interface OneOffDays {
  readonly deployment: string
  readonly from: string
  readonly until: string
}

/** What an item of a variant is worth on a day: a share of a baseline. */
export interface Price {
  readonly baseline: Baseline
  /** Decimal text; `1` outside a chain. */
  readonly share: string
}

/** Everything that decides what a deployment's counts are worth on a day. `baselines` has those of its chains too. */
export interface Pricing {
  readonly deployment: string
  readonly baselines: readonly Baseline[]
  readonly chainParts: readonly ChainPart[]
  readonly oneOff: readonly OneOffDays[]
}

/** Undefined when no baseline is valid on that day: such items count nothing and are told. */
export function priceOn(pricing: Pricing, variant: string, day: string): Price | undefined {
  const part = pricing.chainParts.find(
    (candidate) => candidate.variant === variant && isValid(candidate, day),
  )
  const deployment = part?.baselineDeployment ?? pricing.deployment
  const baseline = baselineOn(pricing.baselines, deployment, part?.baselineVariant ?? variant, day)
  return baseline && { baseline, share: part?.share ?? '1' }
}

/** The baseline of a variant that is valid on a local day; the one that began last, should two overlap. */
function baselineOn(
  baselines: readonly Baseline[],
  deployment: string,
  variant: string,
  day: string,
): Baseline | undefined {
  const valid = baselines.filter(
    (baseline) =>
      baseline.deployment === deployment && baseline.variant === variant && isValid(baseline, day),
  )
  return valid.reduce<Baseline | undefined>(
    (latest, each) => (latest && latest.validFrom >= each.validFrom ? latest : each),
    undefined,
  )
}

const isValid = ({ validFrom, validUntil }: Pick<Baseline, 'validFrom' | 'validUntil'>, day: string) =>
  validFrom <= day && (validUntil === null || day < validUntil)

/** Whether everything that was counted on this day belongs to a backlog. */
export function isOneOffDay({ oneOff }: Pick<Pricing, 'oneOff'>, day: string): boolean {
  return oneOff.some(({ from, until }) => from <= day && day <= until)
}

/**
 * The parts of a period within which nothing changes that a deployment's counts are worth: no baseline, share or
 * backlog begins or ends inside one. In order; together they are the whole period.
 */
export function steadyParts(pricing: Pricing, { from, to }: Period): Period[] {
  const changes = [
    ...pricing.baselines.flatMap(({ validFrom, validUntil }) => [validFrom, validUntil]),
    ...pricing.chainParts.flatMap(({ validFrom, validUntil }) => [validFrom, validUntil]),
    ...pricing.oneOff.flatMap((days) => [days.from, dayAfter(days.until)]),
  ]
  const within = changes.filter((day): day is string => day !== null && from < day && day <= to)
  const starts = [...new Set([from, ...within])].toSorted()
  return starts.map((start, index) => ({ from: start, to: dayBeforeNext(starts[index + 1]) ?? to }))
}

const dayBeforeNext = (next: string | undefined) => (next === undefined ? undefined : dayAfter(next, -1))
