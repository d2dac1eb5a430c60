import type { LedgerDatabase } from './tables.ts'

/** Lets statements that are asked for at the same time share a transaction, and so its flush to the disk. */
export interface SharedCommits {
  /**
   * Does `write` in a transaction with others of the same lane, and resolves once that is committed. Within it they go by
   * `order`, so that those of two workers never wait for each other in a circle. What one of them cannot write is no
   * matter of the others: they are then done again, each by itself.
   */
  share<Result>(asked: Asked<Result>): Promise<Result>
}

export interface Asked<Result> {
  /** Lanes run side by side; within a lane one transaction follows the other. */
  readonly lane: string
  readonly order: string
  readonly write: (tx: LedgerDatabase) => Promise<Result>
}

/** Small enough that the first of them does not wait long for the last. */
const MOST = 32

interface Waiting {
  readonly order: string
  /** Gives what to do once it is committed. */
  readonly write: (tx: LedgerDatabase) => Promise<() => void>
  readonly fail: (error: unknown) => void
}

/** What is asked while a transaction is under way goes into the next one of its lane; alone, nothing waits. */
export function shareCommits(db: LedgerDatabase): SharedCommits {
  const lanes = new Map<string, Waiting[]>()
  const drain = async (lane: string, waiting: Waiting[]) => {
    while (waiting.length > 0) await commit(db, waiting.splice(0, MOST))
    lanes.delete(lane)
  }
  return {
    share: ({ lane, order, write }) =>
      new Promise((resolve, reject) => {
        const asked: Waiting = {
          order,
          write: async (tx) => {
            const result = await write(tx)
            return () => resolve(result)
          },
          fail: reject,
        }
        const waiting = lanes.get(lane)
        if (waiting) return void waiting.push(asked)
        const first = [asked]
        lanes.set(lane, first)
        // Not at once: what is asked in the same turn belongs to the same transaction.
        queueMicrotask(() => void drain(lane, first))
      }),
  }
}

async function commit(db: LedgerDatabase, batch: readonly Waiting[]): Promise<void> {
  try {
    const settle = await db.transaction().execute((tx) => writeAll(tx, batch))
    for (const done of settle) done()
  } catch (error) {
    if (batch.length > 1 && wasTakenBack(error)) for (const asked of batch) await commit(db, [asked])
    else for (const asked of batch) asked.fail(error)
  }
}

async function writeAll(tx: LedgerDatabase, batch: readonly Waiting[]): Promise<(() => void)[]> {
  const settle = []
  for (const asked of batch.toSorted((a, b) => (a.order < b.order ? -1 : 1)))
    settle.push(await asked.write(tx))
  return settle
}

/** The server itself said what is wrong, so it kept nothing of it; without its word the commit may have got through. */
function wasTakenBack(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !/^(08|57)/.test(code)
}
