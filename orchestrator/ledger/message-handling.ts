import { sql } from 'kysely'
import { Failure } from '../../connectors/failure.ts'
import { leaveQueue, type WaitingMessage } from './message-order.ts'
import type { LedgerDatabase, MessageRow } from './tables.ts'

/**
 * Has messages routed once more, by the bots as they are now: items come only where their reference is new. Their
 * patients' later messages wait for them again. Gives those that were put back; one that waits already is not.
 * @param account of the person who wants it; no name
 * @param onlyVersions the version of each bot that runs now: a message that another version read is left as it is
 */
export async function replayMessages(
  db: LedgerDatabase,
  ids: readonly string[],
  account: string,
  onlyVersions?: ReadonlyMap<string, string>,
): Promise<WaitingMessage[]> {
  const installed = onlyVersions && JSON.stringify(Object.fromEntries(onlyVersions))
  const { rows } = await sql<WaitingMessage>`
    WITH chosen AS (
      SELECT id, received_at FROM message WHERE id = ANY (${[...ids]}::uuid[]) AND state <> 'stored'
        AND (${installed ?? null}::jsonb IS NULL OR read_by <@ ${installed ?? null}::jsonb)
      ORDER BY place FOR UPDATE
    ), replayed AS (
      UPDATE message m SET state = 'stored', turn = turn + 1, reason = NULL, reason_code = NULL, handled_by = ${account}
      FROM chosen WHERE m.id = chosen.id AND m.received_at = chosen.received_at
      RETURNING m.*
    ), queued AS (
      INSERT INTO patient_queue (hospital, key, place, message)
      SELECT hospital, unnest(patients), place, id FROM replayed ON CONFLICT DO NOTHING
    )
    SELECT id, turn FROM replayed ORDER BY place`.execute(db)
  return rows
}

/**
 * Leaves a message that was set aside as it is; its patients' later messages go on.
 * @param handling the person's account, no name; why, without data of patients
 * @throws business when it was not set aside, or no reason is given
 */
export async function skipMessage(
  db: LedgerDatabase,
  id: string,
  { account, reason }: { readonly account: string; readonly reason: string },
): Promise<void> {
  if (reason.trim() === '')
    throw invalid('Field reason: write why this message is not needed; no data of patients.')
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<MessageRow>`
      UPDATE message SET state = 'skipped', reason = ${reason.trim()}, reason_code = NULL, handled_by = ${account}
      WHERE id = ${id} AND state = 'aside' RETURNING *`.execute(tx)
    const [message] = rows
    if (!message)
      throw invalid('This message was not set aside: only one that waits for a person is skipped.')
    await leaveQueue(tx, message)
  })
}

const invalid = (sentence: string) => new Failure('business', 'field-invalid', sentence)
