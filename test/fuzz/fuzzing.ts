import type { Random } from '../practice-hospital/random.ts'

/** One thing to try, wholly decided by its random numbers: what is done, and the bytes that come in. */
export interface Case {
  readonly what: string
  readonly bytes: Buffer
}

/** What a connector is held against. A module given to the fuzzer has a function `open` that makes one. */
export interface Fuzzing extends AsyncDisposable {
  make(random: Random): Case
  /** Ends when the case had a right outcome. @throws anything when it had not */
  check(input: Case): Promise<void>
}

/** Passes a value or a Failure on; any other error is what the fuzzer is after. */
export async function valueOrFailure<Value>(
  work: () => Value | Promise<Value>,
): Promise<{ readonly value: Value } | undefined> {
  try {
    return { value: await work() }
  } catch (error) {
    if (error instanceof Error && error.name === 'Failure') return undefined
    throw error
  }
}
