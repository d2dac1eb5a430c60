import { sql } from 'kysely'
import type { Bot, Json } from '../../bots/bot.ts'
import { asFailure } from '../../connectors/failure.ts'
import { readCharset, type Charset } from '../../connectors/hl7/charset.ts'
import { readMessage, type Hl7Message } from '../../connectors/hl7/message.ts'
import { addItems, type NewItem } from '../ledger/items.ts'
import { lockMessage, settleMessage } from '../ledger/messages.ts'
import { addRun } from '../ledger/runs.ts'
import type { DeploymentRow, LedgerDatabase, MessageRow } from '../ledger/tables.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { newItem } from '../work/new-item.ts'

export interface Routing {
  readonly db: LedgerDatabase
  readonly bots: ReadonlyMap<string, Bot>
  readonly secrets: SecretBox
}

/** What a stored message's bytes are sealed for. */
export const messagePurpose = (hospital: string, channel: string) => `message|${hospital}|${channel}`

/**
 * Gives a stored message to every deployment whose trigger asks for its type, and inserts the items that their bots read
 * from it; message, runs and items change in one transaction. What cannot be read is set aside with the reason.
 * Gives the ids of the items that wait.
 */
export async function routeMessage({ db, bots, secrets }: Routing, id: string): Promise<string[]> {
  return await db.transaction().execute(async (tx) => {
    const row = await lockMessage(tx, id)
    if (!row) return []
    const bytes = secrets.open(messagePurpose(row.hospital, row.channel), row.sealed)
    let given: Given[]
    try {
      const message = readMessage(bytes, { defaultCharset: await channelCharset(tx, row.channel) })
      given = read(message, await listening(tx, row.hospital, `${message.type}^${message.trigger}`), bots)
    } catch (error) {
      await settleMessage(tx, row, 'aside', asFailure(error).message)
      return []
    }
    const queued = []
    for (const { deployment, items } of given) queued.push(...(await insert(tx, row, deployment, items)))
    await settleMessage(tx, row, given.length > 0 ? 'routed' : 'ignored', null)
    return queued
  })
}

interface Given {
  readonly deployment: DeploymentRow
  readonly items: readonly NewItem[]
}

function read(
  message: Hl7Message,
  deployments: readonly DeploymentRow[],
  bots: ReadonlyMap<string, Bot>,
): Given[] {
  return deployments.flatMap((deployment) => {
    const bot = bots.get(deployment.bot)
    if (!bot?.hl7) return []
    const raw: readonly Json[] = bot.hl7(message, deployment.settings)
    return raw.length > 0 ? [{ deployment, items: raw.map((item) => newItem(bot, item)) }] : []
  })
}

async function insert(
  tx: LedgerDatabase,
  message: MessageRow,
  deployment: DeploymentRow,
  items: readonly NewItem[],
): Promise<string[]> {
  const { hospital, id } = deployment
  const run = await addRun(tx, { hospital, deployment: id, kind: 'hl7', message: message.id })
  if (!run) return []
  const { added, queued } = await addItems(tx, { hospital, deployment: id, run: run.id }, items)
  await tx.updateTable('run').set({ found: items.length, added }).where('id', '=', run.id).execute()
  return queued
}

/** Deployments of a hospital that a message type triggers. */
async function listening(tx: LedgerDatabase, hospital: string, type: string): Promise<DeploymentRow[]> {
  return await tx
    .selectFrom('deployment')
    .innerJoin('trigger', 'trigger.deployment', 'deployment.id')
    .selectAll('deployment')
    .where('deployment.hospital', '=', hospital)
    .where('deployment.mode', '!=', 'off')
    .where('trigger.kind', '=', 'hl7')
    .where(sql<boolean>`${type} = ANY(trigger.message_types)`)
    .execute()
}

async function channelCharset(tx: LedgerDatabase, channel: string): Promise<Charset | undefined> {
  const row = await tx.selectFrom('channel').select('charset').where('id', '=', channel).executeTakeFirst()
  return row && readCharset(row.charset)
}
