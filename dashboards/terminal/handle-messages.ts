import { Failure } from '../../connectors/failure.ts'
import { findMessages } from '../../orchestrator/ledger/message-search.ts'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import {
  replay,
  skip,
  type MessageDesk,
  type Replayed,
  type ReplayVersion,
} from '../../orchestrator/triggers/handle-messages.ts'

export type Handling = 'replay' | 'skip'

interface HandlingOptions {
  readonly account?: string
  readonly reason?: string
  readonly botVersion?: ReplayVersion
}

/**
 * Does with messages what a person decided; gives the sentence that says so.
 * @param beginnings of their ids; for skip of one
 * @throws business when there is no such message, it cannot be skipped, or an option is not right
 */
export async function handleMessages(
  desk: MessageDesk,
  handling: Handling,
  beginnings: readonly string[],
  { account = '', reason = '', botVersion = 'installed' }: HandlingOptions,
): Promise<string> {
  // Accounts are ids: a name with a space in it would be a person's.
  if (!/^[^\s]{1,80}$/.test(account))
    throw invalid('field-invalid', 'Option --account: write your account without spaces, not your name.')
  const ids = await Promise.all(beginnings.map((beginning) => findMessage(desk.db, beginning)))
  if (handling === 'replay') return replayed(await replay(desk, ids, { account, version: botVersion }))
  const [id = ''] = ids
  await skip(desk, id, { account, reason })
  return `Message ${id} was skipped; later messages about its patients go on.`
}

function replayed({ again, waited, otherVersion }: Replayed): string {
  const rest = waited > 0 ? ` ${waited} waited already.` : ''
  const others =
    otherVersion > 0
      ? ` ${otherVersion} were left as they are: another version of the robot read them than the one that runs now. Use --bot-version installed to have the new one read them.`
      : ''
  return `Messages that are routed once more: ${again.length}.${rest}${others}`
}

async function findMessage(db: LedgerDatabase, beginning: string): Promise<string> {
  const [id, ...others] = await findMessages(db, beginning)
  if (id === undefined)
    throw invalid(
      'message-unknown',
      `There is no message whose id begins with "${beginning}": see "ontregel messages" for their ids.`,
    )
  if (others.length === 0) return id
  const all = [id, ...others].map((one) => `\n- ${one}`).join('')
  throw invalid('message-ambiguous', `More than one message begins so; write more of its id:${all}`)
}

const invalid = (code: string, sentence: string) => new Failure('business', code, sentence)
