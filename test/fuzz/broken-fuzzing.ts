import { Failure } from '../../connectors/failure.ts'
import { valueOrFailure, type Fuzzing } from './fuzzing.ts'

const WAYS: Readonly<Record<string, () => void>> = {
  value: () => undefined,
  failure: () => failWith(new Failure('business', 'wrong', 'It is wrong.')),
  error: () => failWith(new TypeError('it is undefined')),
  work: () => busyFor(1500),
  hang: () => busyFor(Number.POSITIVE_INFINITY),
}

/** Ends in the way that the address of this module asks for: `broken-fuzzing.ts?hang`. */
export async function open(): Promise<Fuzzing> {
  const way = new URL(import.meta.url).search.slice(1)
  return {
    make: () => ({ what: way, bytes: Buffer.from(`bytes of ${way}`) }),
    check: async ({ what }) => void (await valueOrFailure(() => WAYS[what]?.())),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

function failWith(error: Error): never {
  throw error
}

/** Time of work: on a busy machine that takes longer. */
function busyFor(milliseconds: number): void {
  const begin = process.cpuUsage()
  let spent = 0
  while (spent < milliseconds) {
    const { user, system } = process.cpuUsage(begin)
    spent = (user + system) / 1000
  }
}
