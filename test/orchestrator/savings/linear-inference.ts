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

/**
 * Which of these whole numbers have one possible value only, when each is at least one and what is known of them is the
 * sums that these equations make of their real values.
 */
export function pinned(known: readonly Equation[], real: ReadonlyMap<string, number>): string[] {
  const bounds = new Map([...real.keys()].map((name) => [name, { low: 1, high: Infinity }]))
  const within = (name: string) => bounds.get(name) ?? { low: 1, high: Infinity }
  for (let changed = true; changed;) {
    changed = false
    for (const equation of known) {
      const parts = Object.entries(equation)
      const total = (of: (name: string) => number) =>
        parts.reduce((sum, [name, times]) => sum + times * of(name), 0)
      const value = total((name) => real.get(name) ?? 0)
      for (const [name, times] of parts) {
        const { low, high } = within(name)
        const others = (end: 'low' | 'high') =>
          total((other) => (other === name ? 0 : within(other)[end] === Infinity ? 1e9 : within(other)[end]))
        const most = Math.min(high, Math.floor((value - others('low')) / times + 1e-6))
        const least = Math.max(low, Math.ceil((value - others('high')) / times - 1e-6))
        if (most === high && least === low) continue
        bounds.set(name, { low: least, high: most })
        changed = true
      }
    }
  }
  return [...bounds].filter(([, { low, high }]) => low === high).map(([name]) => name)
}
