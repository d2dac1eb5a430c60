import type { Random } from '../practice-hospital/random.ts'

type Mutation = (bytes: Buffer, random: Random) => Buffer

/** Bytes that are nearly right: some of `corpus`, changed in up to eight places. `tokens` are pieces that mean something. */
export function mutated(corpus: readonly Buffer[], tokens: readonly Buffer[], random: Random): Buffer {
  let bytes = random.pick(corpus)
  const mutations: readonly Mutation[] = [
    flip,
    remove,
    repeat,
    (old) => insert(old, random.pick(tokens), random),
    (old) => insert(old, random.pick(tokens), random),
    (old) => insert(old, noise(random), random),
    (old) => insert(old, piece(random.pick(corpus), random), random),
    (old) => old.subarray(0, random.integer(0, old.length)),
  ]
  for (let count = random.integer(0, 8); count > 0; count--) bytes = random.pick(mutations)(bytes, random)
  return bytes
}

/** Bytes without any meaning. */
export function noise(random: Random): Buffer {
  return Buffer.from(Array.from({ length: random.integer(0, 40) }, () => random.integer(0, 255)))
}

const flip: Mutation = (bytes, random) => {
  const copy = Buffer.from(bytes)
  const at = random.integer(0, copy.length)
  if (at < copy.length) copy[at] = random.integer(0, 255)
  return copy
}

const remove: Mutation = (bytes, random) => {
  const [from, to] = stretch(bytes, random)
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
}

/** Now and then thousands of times: what is harmless once may not be in masses. */
const repeat: Mutation = (bytes, random) => {
  const part = piece(bytes, random).subarray(0, 200)
  const times = random.chance(0.05) ? random.integer(1000, 5000) : random.integer(1, 5)
  return insert(bytes, Buffer.concat(Array.from({ length: times }, () => part)), random)
}

function insert(bytes: Buffer, addition: Buffer, random: Random): Buffer {
  const at = random.integer(0, bytes.length)
  return Buffer.concat([bytes.subarray(0, at), addition, bytes.subarray(at)])
}

function piece(bytes: Buffer, random: Random): Buffer {
  return bytes.subarray(...stretch(bytes, random))
}

function stretch(bytes: Buffer, random: Random): [number, number] {
  const from = random.integer(0, bytes.length)
  return [from, random.integer(from, bytes.length)]
}
