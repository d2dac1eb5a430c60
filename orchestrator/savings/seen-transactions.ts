/** Which transactions a statement sees: all before `oldest`, and those before `next` that are not running still. */
export interface SeenTransactions {
  readonly oldest: bigint
  readonly next: bigint
  readonly running: ReadonlySet<bigint>
}

/** Reads what PostgreSQL writes of `pg_current_snapshot()`, such as `10:20:10,14,15`. @throws Error when it is not that */
export function readSeen(text: string): SeenTransactions {
  const found = /^(\d+):(\d+):([\d,]*)$/.exec(text)
  if (!found) throw new Error('PostgreSQL did not say which transactions it sees.')
  const running = (found[3] ?? '').split(',').filter((number) => number !== '')
  return {
    oldest: BigInt(found[1] ?? ''),
    next: BigInt(found[2] ?? ''),
    running: new Set(running.map(BigInt)),
  }
}

/** Whether everything that was seen before is seen now: a snapshot may have been taken before the last answer was. */
export const seesAllOf = (now: SeenTransactions, before: SeenTransactions): boolean =>
  now.next >= before.next &&
  [...now.running].every((number) => number >= before.next || before.running.has(number))
