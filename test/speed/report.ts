import { figure, type Rate, type Result } from './contest.ts'

/** A result as lines of text: the median of each contender, and each target with the ratio reached. */
export function reportLines(result: Result): string[] {
  const { title, unit, rates, targets } = result
  const width = Math.max(...rates.map(({ name }) => name.length))
  return [
    `${title} (${unit}, median of ${rates[0]?.rounds.length ?? 0} rounds)`,
    ...rates.map((rate) => rateLine(rate, width)),
    ...targets.flatMap(targetLines),
    ...mostLines(result),
    '',
  ]
}

function rateLine({ name, median, rounds, remark }: Rate, width: number): string {
  const line = `  ${name.padEnd(width)}  ${figure(median).padStart(9)}  ${spread(rounds)}`
  return remark ? `${line}; ${remark}` : line
}

/** The highest of them, and each that is above what is allowed. */
function mostLines({ most, unit, rates, over }: Result): string[] {
  if (most === undefined) return []
  const [highest] = rates.toSorted((a, b) => b.median - a.median)
  const line = `  ${figure(most)} ${unit} at most; the highest is ${highest?.name} with ${figure(highest?.median ?? Number.NaN)}: ${over.length === 0 ? 'reached' : 'FALLS SHORT'}`
  return [line, ...over.map((name) => `    over it: ${name}`)]
}

function targetLines({ of, than, times, ratio, reached, whenShort }: Result['targets'][number]): string[] {
  const line = `  ${of} is ${factor(ratio)} x ${than}; the target is ${factor(times)} x: ${reached ? 'reached' : 'FALLS SHORT'}`
  return reached ? [line] : [line, `    likely because ${whenShort}`]
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const factor = (value: number) => (value >= 100 ? whole.format(value) : value.toFixed(value >= 10 ? 0 : 2))
const spread = (rounds: readonly number[]) =>
  `(${figure(Math.min(...rounds))} to ${figure(Math.max(...rounds))})`
