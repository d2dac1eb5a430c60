import type { CountKind } from '../ledger/savings-tables.ts'
import { isOneOffDay, priceOn, type Price, type Pricing } from './prices.ts'

/** How many items of a variant ended in each way on days that are worth the same, and what that took from people. */
export interface Count {
  readonly deployment: string
  /** The first of those days. */
  readonly day: string
  readonly variant: string
  readonly kind: CountKind
  readonly done: number
  readonly nothing: number
  readonly byHand: number
  readonly parked: number
  readonly shadow: number
  /** Items with a share above 0. */
  readonly counting: number
  /** The items' shares added up, as decimal text. */
  readonly shares: string
  readonly humanSeconds: number
}

export interface Minutes {
  readonly gross: number
  readonly human: number
  readonly net: number
}

/** How many shares a baseline was counted for, a chain's share taken off. */
export interface BaselineUse extends Price {
  readonly variant: string
  /** Shares of items × share of the chain. */
  readonly shares: number
  readonly items: number
}

export interface Tally {
  /** Not rounded. */
  readonly minutes: Minutes
  /** Items that counted, with or without a baseline. */
  readonly counting: number
  /** Items that would have counted but had no baseline on their day; they are not in `minutes.gross`. */
  readonly withoutBaseline: number
  readonly used: readonly BaselineUse[]
}

/** Regular work, backlogs, and how many items were left out because another item claimed their case. */
export interface Tallies {
  readonly regular: Tally
  readonly oneOff: Tally
  readonly leftOut: number
}

/** Shares have four decimals, baselines three and a chain's shares four: their product is whole in 10⁻¹¹ minutes. */
const SHARE_DECIMALS = 4
const MINUTE_DECIMALS = 3
const SECOND = 10n ** BigInt(2 * SHARE_DECIMALS + MINUTE_DECIMALS)
const SHARE = 10n ** BigInt(SHARE_DECIMALS)

/** Minutes of one deployment's counts; what was counted on the days of a backlog, or in a run for one, is apart. */
export function tallyCounts(counts: readonly Count[], pricing: Pricing): Tallies {
  const isOneOff = ({ kind, day }: Count) => kind === 'one-off' || isOneOffDay(pricing, day)
  const counted = counts.filter(({ kind }) => kind === 'regular' || kind === 'one-off')
  return {
    regular: tallyMinutes(
      counted.filter((count) => !isOneOff(count)),
      pricing,
    ),
    oneOff: tallyMinutes(counted.filter(isOneOff), pricing),
    leftOut: counts.reduce((sum, { kind, counting }) => sum + (kind === 'left-out' ? counting : 0), 0),
  }
}

/**
 * Gross, human and net minutes. Added up in whole 10⁻¹¹ minutes, so that the order and the way a period is split never
 * change the sum.
 */
export function tallyMinutes(counts: readonly Count[], pricing: Pricing): Tally {
  let gross = 0n
  let human = 0n
  let counting = 0
  let withoutBaseline = 0
  const used = new Map<string, { price: Price; variant: string; shares: bigint; items: number }>()
  for (const count of counts) {
    human += BigInt(count.humanSeconds) * SECOND
    const shares = wholeUnits(count.shares, SHARE_DECIMALS)
    if (shares === 0n) continue
    counting += count.counting
    const price = priceOn(pricing, count.variant, count.day)
    if (!price) {
      withoutBaseline += count.counting
      continue
    }
    const weighed = shares * wholeUnits(price.share, SHARE_DECIMALS)
    gross += weighed * wholeUnits(price.baseline.minutes, MINUTE_DECIMALS) * 60n
    const key = `${count.variant} ${price.baseline.id} ${price.share}`
    const use = used.get(key) ?? { price, variant: count.variant, shares: 0n, items: 0 }
    used.set(key, { ...use, shares: use.shares + weighed, items: use.items + count.counting })
  }
  const minutes = { gross: inMinutes(gross), human: inMinutes(human), net: inMinutes(gross - human) }
  const uses = [...used.values()].map(({ price, variant, shares, items }) => ({
    ...{ ...price, variant, items, shares: Number(shares) / Number(SHARE * SHARE) },
  }))
  return { minutes, counting, withoutBaseline, used: uses }
}

/**
 * How many items of regular work were finished, by the robot or by a person, and what all of them take by hand: each its
 * whole baseline (a chain's share of it), whatever the deployment credits for what it only prepared. Those without a
 * baseline on their day are in neither.
 */
export function finishedByHand(
  counts: readonly Count[],
  pricing: Pricing,
): { readonly items: number; readonly minutes: number } {
  let items = 0
  let units = 0n
  for (const { kind, day, variant, done, byHand } of counts) {
    const price = priceOn(pricing, variant, day)
    if (kind !== 'regular' || isOneOffDay(pricing, day) || !price) continue
    items += done + byHand
    const each = wholeUnits(price.share, SHARE_DECIMALS) * wholeUnits(price.baseline.minutes, MINUTE_DECIMALS)
    units += BigInt(done + byHand) * each
  }
  return { items, minutes: Number(units) / 10 ** (SHARE_DECIMALS + MINUTE_DECIMALS) }
}

function wholeUnits(decimal: string, decimals: number): bigint {
  const found = /^(-?\d+)(?:\.(\d+))?$/.exec(decimal)
  const fraction = (found?.[2] ?? '').replace(/0+$/, '')
  if (!found || fraction.length > decimals)
    throw new RangeError(`"${decimal}" is not a number of at most ${decimals} decimals.`)
  return BigInt(`${found[1]}${fraction.padEnd(decimals, '0')}`)
}

const inMinutes = (units: bigint): number => Number(units) / Number(60n * SECOND)
