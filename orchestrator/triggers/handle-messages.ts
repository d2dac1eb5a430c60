import { replayMessages, skipMessage } from '../ledger/message-handling.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Doorbell } from '../queue/doorbell.ts'
import { botVersions } from '../work/bot-versions.ts'
import { ringBehind } from './hl7.ts'

/** What handling a message works with. */
export interface MessageDesk {
  readonly db: LedgerDatabase
  readonly doorbell: Doorbell
}

/** Which robots a replay is for: those that run now, or only where they are the same version that read the message. */
export type ReplayVersion = 'installed' | 'same'

export interface Replayed {
  /** The ids of those that are routed once more. */
  readonly again: readonly string[]
  /** How many waited already, and how many another version of a robot had read and were left as they are. */
  readonly waited: number
  readonly otherVersion: number
}

/** Has messages routed once more and rings for them. */
export async function replay(
  { db, doorbell }: MessageDesk,
  ids: readonly string[],
  { account, version }: { readonly account: string; readonly version: ReplayVersion },
): Promise<Replayed> {
  const asked = [...new Set(ids)]
  const only = version === 'same' ? await versionsOf(db, asked) : undefined
  const put = await replayMessages(db, asked, account, only)
  await doorbell.ring(put.map(({ id, turn }) => ({ kind: 'message', id, turn: String(turn) })))
  const again = put.map(({ id }) => id)
  const left = asked.filter((id) => !again.includes(id))
  const otherVersion = only ? await countDone(db, left) : 0
  return { again, waited: left.length - otherVersion, otherVersion }
}

/** The versions that run now of the robots that read these messages. */
async function versionsOf(db: LedgerDatabase, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('message').select('read_by').where('id', 'in', ids).execute()
  return await botVersions(new Set(rows.flatMap(({ read_by: readBy }) => Object.keys(readBy))))
}

async function countDone(db: LedgerDatabase, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  const done = db.selectFrom('message').select('id').where('id', 'in', ids).where('state', '!=', 'stored')
  return (await done.execute()).length
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
