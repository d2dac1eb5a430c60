import type { Terminal } from './terminal.ts'

/** So often whoever waits is told; work that is done sooner says nothing. */
const EVERY_MS = 2000

export interface LongWork<Step extends string, Result> {
  /** What it does, in order, each in words that go on from "Step 2 of 3:". */
  readonly steps: Readonly<Record<Step, string>>
  /** Calls `at` when a step begins; the first one begins at once. */
  readonly work: (at: (step: Step) => void) => Promise<Result>
}

/** Does something that may take long, and says every two seconds which step it is at and for how long it has been at work. */
export async function sayingHowFar<Step extends string, Result>(
  { say }: Pick<Terminal, 'say'>,
  { steps, work }: LongWork<Step, Result>,
): Promise<Result> {
  const words = Object.entries<string>(steps)
  let [now] = words.map(([step]) => step)
  const began = performance.now()
  const timer = setInterval(() => {
    const place = words.findIndex(([step]) => step === now)
    const seconds = Math.round((performance.now() - began) / 1000)
    const of = words.length > 1 ? `Step ${place + 1} of ${words.length}: ` : ''
    say(`${of}${words[place]?.[1] ?? ''}, ${seconds} s so far …`)
  }, EVERY_MS)
  try {
    return await work((step) => {
      now = step
    })
  } finally {
    clearInterval(timer)
  }
}
