/** Numbers that look random and are the same for the same seed: everything in the practice hospital can be repeated. */
export interface Random {
  /** From 0 up to but not including 1. */
  next(): number
  /** Whole number, both ends included. */
  integer(min: number, max: number): number
  pick<T>(list: readonly T[]): T
  /** True in about `rate` (0 to 1) of the draws. */
  chance(rate: number): boolean
  /** A stream of its own, untouched by how much is drawn here. */
  split(name: string): Random
}

/** A generator for this seed. */
export function seededRandom(seed: number | string): Random {
  let state = hashText(String(seed))
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    return mix(state) / 0x1_0000_0000
  }
  return {
    next,
    integer: (min, max) => min + Math.floor(next() * (max - min + 1)),
    pick: (list) => pickFrom(list, next()),
    chance: (rate) => next() < rate,
    split: (name) => seededRandom(`${seed}/${name}`),
  }
}

function pickFrom<T>(list: readonly T[], at: number): T {
  const found = list[Math.floor(at * list.length)]
  if (found === undefined) throw new Error('There is nothing to pick from an empty list.')
  return found
}

/** FNV-1a with a final mix, 32 bits: neighbouring texts land far apart. */
function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return mix(hash)
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), value | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return (mixed ^ (mixed >>> 14)) >>> 0
}
