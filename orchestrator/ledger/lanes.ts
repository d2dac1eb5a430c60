/**
 * Lets what is asked at the same time share a statement, and so its way to the server and its flush to the disk. One batch
 * after the other; what is asked while one is under way goes into the next. Alone, nothing waits.
 */
export type Lane<Asked, Answer> = (asked: Asked) => Promise<Answer>

/** Small enough that the first of them does not wait long for the last. */
const MOST = 32

interface Waiting<Asked, Answer> {
  readonly key: string
  readonly asked: Asked
  readonly settle: (answer: Answer) => void
  readonly fail: (error: unknown) => void
}

export interface LaneOptions<Asked, Answer> {
  /** What is asked of, so the item: no batch holds two of one key, for one statement changes a row once. */
  readonly keyOf: (asked: Asked) => string
  /**
   * Takes a batch by its keys, answers each in that order, and writes in one transaction: of what it throws with the
   * server's word, nothing was kept. That one of them cannot be written is then no matter of the others: each is done
   * again by itself.
   */
  readonly write: (batch: readonly Asked[]) => Promise<readonly Answer[]>
}

/** Opens a lane. */
export function openLane<Asked, Answer>(options: LaneOptions<Asked, Answer>): Lane<Asked, Answer> {
  const { keyOf, write } = options
  let waiting: Waiting<Asked, Answer>[] = []
  let running = false
  const drain = async () => {
    while (waiting.length > 0) {
      const batch = takeBatch(waiting)
      waiting = waiting.filter((asked) => !batch.includes(asked))
      await carryOut(write, batch)
    }
    running = false
  }
  return (asked) =>
    new Promise((settle, fail) => {
      waiting.push({ key: keyOf(asked), asked, settle, fail })
      if (running) return
      running = true
      // Not at once: what is asked in the same turn belongs to the same batch.
      setImmediate(() => void drain())
    })
}

/** By their keys, so that the batches of two workers never wait for each other in a circle. */
function takeBatch<Asked, Answer>(waiting: readonly Waiting<Asked, Answer>[]): Waiting<Asked, Answer>[] {
  const batch = new Map<string, Waiting<Asked, Answer>>()
  for (const asked of waiting) {
    if (batch.size === MOST) break
    if (!batch.has(asked.key)) batch.set(asked.key, asked)
  }
  return [...batch.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

async function carryOut<Asked, Answer>(
  write: (batch: readonly Asked[]) => Promise<readonly Answer[]>,
  batch: readonly Waiting<Asked, Answer>[],
): Promise<void> {
  try {
    const answers = await write(batch.map(({ asked }) => asked))
    if (answers.length !== batch.length) throw new Error('A lane did not answer each that asked.')
    answers.forEach((answer, index) => batch[index]?.settle(answer))
  } catch (error) {
    if (batch.length > 1 && wasTakenBack(error)) for (const asked of batch) await carryOut(write, [asked])
    else for (const asked of batch) asked.fail(error)
  }
}

/** The server itself said what is wrong, so it kept nothing of it; without its word the commit may have got through. */
function wasTakenBack(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !/^(08|57)/.test(code)
}
