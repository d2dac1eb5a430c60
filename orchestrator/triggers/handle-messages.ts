import { replayMessages, skipMessage } from '../ledger/message-handling.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Doorbell } from '../queue/doorbell.ts'
import { ringBehind } from './hl7.ts'

/** What handling a message works with. */
export interface MessageDesk {
  readonly db: LedgerDatabase
  readonly doorbell: Doorbell
}

/** Has messages routed once more and rings for them; gives the ids of those that were put back. */
export async function replay(
  { db, doorbell }: MessageDesk,
  ids: readonly string[],
  account: string,
): Promise<string[]> {
  const again = await replayMessages(db, ids, account)
  await doorbell.ring(again.map(({ id, turn }) => ({ kind: 'message', id, turn: String(turn) })))
  return again.map(({ id }) => id)
}

/**
 * Skips a message that was set aside, and rings for those that waited for it.
 * @throws business when it was not set aside, or no reason is given
 */
export async function skip(
  { db, doorbell }: MessageDesk,
  id: string,
  why: { readonly account: string; readonly reason: string },
): Promise<void> {
  await skipMessage(db, id, why)
  await ringBehind(db, doorbell, id)
}
