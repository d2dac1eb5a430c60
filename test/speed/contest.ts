/** One way of doing the work that a contest is about. */
export interface Contender {
  readonly name: string
  /** Does the work for a while. */
  measure(): Promise<Measured>
}

export interface Measured {
  /** How often the work was done; higher is better. */
  readonly perSecond: number
  /** What went wrong meanwhile. */
  readonly remark?: string
}

/** How much faster one contender has to be than another. */
export interface Target {
  readonly of: string
  readonly than: string
  readonly times: number
  /** What is likely to hold it back when it falls short. */
  readonly whenShort: string
}

/** The same work done in several ways. */
export interface Contest {
  readonly title: string
  /** What is counted, when that is not how often per second. */
  readonly unit?: string
  readonly contenders: readonly Contender[]
  readonly targets: readonly Target[]
  /** What none of them may be above, where less is better: a time, a size. */
  readonly most?: number
}

export interface Rate {
  readonly name: string
  readonly median: number
  readonly rounds: readonly number[]
  /** Of the last round that had one. */
  readonly remark: string | undefined
}

export interface Result {
  readonly title: string
  readonly unit: string
  readonly rates: readonly Rate[]
  readonly targets: readonly (Target & { readonly ratio: number; readonly reached: boolean })[]
  readonly most?: number
  /** The names of those that are above it. */
  readonly over: readonly string[]
}

/**
 * Lets the contenders take turns, round after round, so that a busy machine hinders all of them alike. A ratio is taken
 * within each round; what is told is the middle one.
 */
export async function hold(contest: Contest, rounds: number, tell: (line: string) => void): Promise<Result> {
  const { unit = 'per second' } = contest
  const measured = new Map(contest.contenders.map(({ name }): [string, Measured[]] => [name, []]))
  for (let round = 1; round <= rounds; round++) {
    for (const { name, measure } of contest.contenders) {
      const turn = await measure()
      measured.get(name)?.push(turn)
      tell(`${contest.title}, round ${round}: ${name} ${figure(turn.perSecond)} ${unit}`)
    }
  }
  const rates = [...measured].map(([name, turns]) => rateOf(name, turns))
  const roundsOf = (name: string) => rates.find((rate) => rate.name === name)?.rounds ?? []
  const targets = contest.targets.map((target) => {
    const ratio = ratioOf(roundsOf(target.of), roundsOf(target.than))
    return { ...target, ratio, reached: ratio >= target.times }
  })
  const { title, most = Infinity } = contest
  const over = rates.filter(({ median: middle }) => !(middle <= most)).map(({ name }) => name)
  return { title, unit, rates, targets, ...(contest.most !== undefined && { most }), over }
}

function rateOf(name: string, turns: readonly Measured[]): Rate {
  const rounds = turns.map(({ perSecond }) => perSecond)
  const remark = turns.findLast((turn) => turn.remark !== undefined)?.remark
  return { name, median: median(rounds), rounds, remark }
}

function ratioOf(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((rate, round) => rate / (theirs[round] ?? Number.NaN)))
}

/** As many digits as tell something. */
export function figure(value: number): string {
  return value < 100 ? value.toPrecision(3) : whole.format(value)
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** The middle number; of an even count the higher of the two in the middle. NaN of none. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}
