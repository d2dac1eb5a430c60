/** What a day's count says: how many items of a variant ended in one way, and what that took from people. */
export interface Count {
  readonly deployment: string
  /** Local date. */
  readonly day: string
  readonly variant: string
  readonly outcome: string
  readonly items: number
  /** The items' shares added up, as decimal text. */
  readonly shares: string
  readonly humanSeconds: number
}

export interface Baseline {
  readonly id: number
  readonly deployment: string
  readonly variant: string
  /** By hand, per item, as decimal text. */
  readonly minutes: string
  readonly method: 'stopwatch' | 'log' | 'estimate'
  /** How many cases were timed, and their standard deviation in minutes. */
  readonly n: number | null
  readonly spreadMinutes: string | null
  /** Local dates: from this day on, up to but not including that one. */
  readonly validFrom: string
  readonly validUntil: string | null
}

export interface Minutes {
  readonly gross: number
  readonly human: number
  readonly net: number
}

/** How many shares a baseline was counted for. */
export interface BaselineUse {
  readonly baseline: Baseline
  readonly shares: number
}

export interface Tally {
  /** Not rounded. */
  readonly minutes: Minutes
  /** Items that would have counted but had no baseline on their day; they are not in `minutes.gross`. */
  readonly withoutBaseline: number
  readonly used: readonly BaselineUse[]
}

/** Shares have four decimals and baselines three, so their product is whole in ten-millionths of a minute. */
const SHARE_DECIMALS = 4
const MINUTE_DECIMALS = 3
const SECOND = 10n ** BigInt(SHARE_DECIMALS + MINUTE_DECIMALS)
const MINUTE = 60n * SECOND

/**
 * Gross, human and net minutes of one deployment's counts. Added up in whole ten-millionths of a second, so that the
 * order and the way a period is split never change the sum.
 */
export function tallyMinutes(counts: readonly Count[], baselines: readonly Baseline[]): Tally {
  let gross = 0n
  let human = 0n
  let withoutBaseline = 0
  const used = new Map<Baseline, bigint>()
  for (const count of counts) {
    human += BigInt(count.humanSeconds) * SECOND
    const shares = wholeUnits(count.shares, SHARE_DECIMALS)
    if (shares === 0n) continue
    const baseline = baselineOn(baselines, count.variant, count.day)
    if (!baseline) {
      withoutBaseline += count.items
      continue
    }
    gross += shares * wholeUnits(baseline.minutes, MINUTE_DECIMALS) * 60n
    used.set(baseline, (used.get(baseline) ?? 0n) + shares)
  }
  const minutes = { gross: inMinutes(gross), human: inMinutes(human), net: inMinutes(gross - human) }
  const share = Number(10n ** BigInt(SHARE_DECIMALS))
  return {
    minutes,
    withoutBaseline,
    used: [...used].map(([baseline, shares]) => ({ baseline, shares: Number(shares) / share })),
  }
}

/** The baseline of a variant that is valid on a local day; the one that began last, should two overlap. */
export function baselineOn(
  baselines: readonly Baseline[],
  variant: string,
  day: string,
): Baseline | undefined {
  const valid = baselines.filter(
    (baseline) =>
      baseline.variant === variant &&
      baseline.validFrom <= day &&
      (baseline.validUntil === null || day < baseline.validUntil),
  )
  return valid.toSorted((a, b) => b.validFrom.localeCompare(a.validFrom))[0]
}

function wholeUnits(decimal: string, decimals: number): bigint {
  const found = /^(-?\d+)(?:\.(\d+))?$/.exec(decimal)
  const fraction = (found?.[2] ?? '').replace(/0+$/, '')
  if (!found || fraction.length > decimals)
    throw new RangeError(`"${decimal}" is not a number of at most ${decimals} decimals.`)
  return BigInt(`${found[1]}${fraction.padEnd(decimals, '0')}`)
}

const inMinutes = (units: bigint): number => Number(units) / Number(MINUTE)
