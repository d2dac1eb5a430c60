/** About so many lines lie over a chart; fewer where as many could not be told apart as they are written. */
const LINES = [4, 2, 1]

/**
 * Where the lines of a chart lie: round figures from at or beneath the least value, and zero, to at or above the most.
 * Between two and three items there is nothing: of whole values the lines are whole too.
 * @param format how a value is written beside its line
 */
export function chartLines(values: readonly number[], format: (value: number) => string): readonly number[] {
  const all = LINES.map((lines) => linesOf(values, lines))
  return all.find((lines) => new Set(lines.map(format)).size === lines.length) ?? [0, 1]
}

function linesOf(values: readonly number[], count: number): readonly number[] {
  const least = Math.min(0, ...values)
  const most = Math.max(0, ...values)
  const round = roundStep((most - least || 1) / count)
  const step = values.every(Number.isInteger) ? Math.max(1, round) : round
  const from = Math.floor(least / step)
  const to = Math.max(Math.ceil(most / step), from + 1)
  // What is added up drifts: 0.1 + 0.2 is no tick.
  return Array.from({ length: to - from + 1 }, (_, index) => Number(((from + index) * step).toPrecision(12)))
}

/** The first of 1, 2, 5, 10, 20 … that is no smaller. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 5].find((each) => each * power >= least * (1 - Number.EPSILON * 4)) ?? 10
  return factor * power
}

/** Every how manieth label is written, so that none touches the next. */
export function labelEvery(room: number, width: number): number {
  return Math.max(1, Math.ceil(width / Math.max(1, room)))
}
