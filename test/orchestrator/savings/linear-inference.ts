/** What a reader knows: a sum of unknowns, each so many times. Its value does not matter for what follows from it. */
export type Equation = Readonly<Record<string, number>>

/** A prime so large that what is independent in fractions is so here, but for chance. */
const PRIME = (1n << 61n) - 1n
const SCALE = 1_000_000

/** Which of these unknowns have one possible value only, given what is known, by subtracting and dividing. */
export function determined(known: readonly Equation[], unknowns: readonly string[]): string[] {
  const basis = new Map<string, Map<string, bigint>>()
  for (const equation of known) {
    const rest = reduced(asRow(equation), basis)
    const [pivot] = rest.keys()
    if (pivot !== undefined) basis.set(pivot, scaledTo(rest, pivot))
  }
  return unknowns.filter((unknown) => reduced(new Map([[unknown, 1n]]), basis).size === 0)
}

const asRow = (equation: Equation): Map<string, bigint> =>
  new Map(Object.entries(equation).map(([name, times]) => [name, modulo(BigInt(Math.round(times * SCALE)))]))

function reduced(row: ReadonlyMap<string, bigint>, basis: ReadonlyMap<string, ReadonlyMap<string, bigint>>) {
  const rest = new Map([...row].filter(([, times]) => times !== 0n))
  for (const [pivot, other] of basis) {
    const times = rest.get(pivot)
    if (times === undefined) continue
    for (const [name, value] of other) {
      const left = modulo((rest.get(name) ?? 0n) - times * value)
      if (left === 0n) rest.delete(name)
      else rest.set(name, left)
    }
  }
  return rest
}

function scaledTo(row: ReadonlyMap<string, bigint>, pivot: string): Map<string, bigint> {
  const inverse = power(row.get(pivot) ?? 1n, PRIME - 2n)
  return new Map([...row].map(([name, value]) => [name, modulo(value * inverse)]))
}

function power(base: bigint, exponent: bigint): bigint {
  if (exponent === 0n) return 1n
  const half = power(modulo(base * base), exponent / 2n)
  return exponent % 2n === 1n ? modulo(half * base) : half
}

const modulo = (value: bigint): bigint => ((value % PRIME) + PRIME) % PRIME
