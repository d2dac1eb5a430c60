import { sql } from 'kysely'
import type { Bot, Json } from '../../bots/bot.ts'
import { asFailure, Failure } from '../../connectors/failure.ts'
import { readCharset, type Charset } from '../../connectors/hl7/charset.ts'
import { readMessage, type Hl7Message } from '../../connectors/hl7/message.ts'
import { nextPlace, orderItems } from '../ledger/item-order.ts'
import { addItems, type NewItem } from '../ledger/items.ts'
import { meetsAll, readConditions } from '../ledger/message-conditions.ts'
import { isUnsorted } from '../ledger/message-sorting.ts'
import { lockMessage, messagesBehind, settleMessage } from '../ledger/message-order.ts'
import { recordRouted } from '../ledger/robot-access.ts'
import { addRun } from '../ledger/runs.ts'
import type { DeploymentRow, LedgerDatabase, MessageRow } from '../ledger/tables.ts'
import type { Doorbell } from '../queue/doorbell.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { newItem } from '../work/new-item.ts'
import { patientNumbers } from './patient-numbers.ts'
import { messagePurpose, sortLeftBehind } from './sort-left-behind.ts'

export interface Routing {
  readonly db: LedgerDatabase
  readonly bots: ReadonlyMap<string, Bot>
  readonly secrets: SecretBox
  /** Which version of each bot this is, written down with what it read. */
  readonly versions?: ReadonlyMap<string, string>
}

/**
 * Gives a stored message to every deployment whose trigger asks for it, and inserts the items that their bots read
 * from it; message, runs and items change in one transaction. What cannot be read is set aside with the reason.
 * The messages of one patient are routed in the order of their arrival: while an earlier one waits or is set aside,
 * nothing happens. Their items are done in that order too: see item-order.ts.
 * Gives the ids of the items that wait.
 */
export async function routeMessage(routing: Routing, id: string): Promise<string[]> {
  try {
    return await routeOnce(routing, id)
  } catch (error) {
    const code = refusedData(error)
    if (code === undefined) throw error
    await setAside(routing.db, id, code)
    return []
  }
}

async function routeOnce({ db, bots, secrets, versions }: Routing, id: string): Promise<string[]> {
  return await db.transaction().execute(async (tx) => {
    const row = await lockMessage(tx, id)
    if (!row) return []
    const bytes = secrets.open(messagePurpose(row.hospital, row.channel), row.sealed)
    let given: Given[]
    const readBy = new Map<string, string>()
    try {
      const message = readMessage(bytes, { defaultCharset: await channelCharset(tx, row.channel) })
      patientNumbers(message)
      const deployments = await listening(tx, row.hospital, message)
      for (const { bot } of deployments) if (bots.has(bot)) readBy.set(bot, versions?.get(bot) ?? '')
      given = read(message, deployments, bots)
    } catch (error) {
      await settleMessage(tx, row, 'aside', asFailure(error), readBy)
      return []
    }
    const place = given.length > 0 ? await nextPlace(tx) : 0
    const queued = []
    for (const { deployment, items } of given)
      queued.push(...(await insert(tx, row, place, { deployment, items })))
    await settleMessage(tx, row, given.length > 0 ? 'routed' : 'ignored', null, readBy)
    return queued
  })
}

/** The code by which PostgreSQL says that it is the data that it cannot keep: class 22, or too long for an index. */
function refusedData(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  return /^(22...|54000)$/.test(error.code) ? error.code : undefined
}

async function setAside(db: LedgerDatabase, id: string, code: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const row = await lockMessage(tx, id)
    const sentence = `What the robot reads from it cannot be kept (PostgreSQL ${code}): ask its sender what is too long or odd about it, then skip it.`
    if (row) await settleMessage(tx, row, 'aside', new Failure('business', 'message-unkept', sentence))
  })
}

/** Routes a message, and rings for its items and for the messages that waited for it. */
export async function answerMessage(
  routing: Routing & { readonly doorbell: Doorbell },
  id: string,
): Promise<void> {
  if (await isUnsorted(routing.db, id)) await sortLeftBehind(routing.db, routing.secrets)
  const items = await routeMessage(routing, id)
  await routing.doorbell.ring(items.map((item) => ({ kind: 'item', id: item, turn: 'queued-0-0-0' })))
  await ringBehind(routing.db, routing.doorbell, id)
}

/** Rings for the messages that waited for one that is done with. */
export async function ringBehind(db: LedgerDatabase, doorbell: Doorbell, id: string): Promise<void> {
  const behind = await messagesBehind(db, id)
  // A bell of its own: the first may just now be answered with "held", and swallows its like.
  await doorbell.ring(behind.map((next) => ({ kind: 'message', id: next, turn: `behind-${id}` })))
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
  place: number,
  { deployment, items }: Given,
): Promise<string[]> {
  const { hospital, id } = deployment
  const fired = { kind: 'hl7' as const, message: message.id, messageTurn: message.turn }
  const run = await addRun(tx, { hospital, deployment: id, ...fired })
  if (!run) return []
  const { added, queued } = await addItems(tx, { hospital, deployment: id, run: run.id }, items)
  await orderItems(tx, run.id, { place, keys: message.patients })
  await tx.updateTable('run').set({ found: items.length, added }).where('id', '=', run.id).execute()
  await recordRouted(tx, run.id, message.numbers)
  return queued
}

/** Deployments of a hospital that a message triggers: one of their triggers has its type, and its conditions hold. */
async function listening(
  tx: LedgerDatabase,
  hospital: string,
  message: Hl7Message,
): Promise<DeploymentRow[]> {
  const type = `${message.type}^${message.trigger}`
  const rows = await tx
    .selectFrom('deployment')
    .innerJoin('trigger', 'trigger.deployment', 'deployment.id')
    .selectAll('deployment')
    .select(['trigger.id as triggerId', 'trigger.conditions'])
    .where('deployment.hospital', '=', hospital)
    .where('deployment.mode', '!=', 'off')
    .where('trigger.kind', '=', 'hl7')
    .where(sql<boolean>`${type} = ANY(trigger.message_types)`)
    .orderBy('deployment.id')
    .execute()
  const meant = rows.filter(({ triggerId, conditions }) =>
    meetsAll(message, readConditions(conditions, `trigger ${triggerId}`)),
  )
  return [...new Map(meant.map((row) => [row.id, row])).values()]
}

async function channelCharset(tx: LedgerDatabase, channel: string): Promise<Charset | undefined> {
  const row = await tx.selectFrom('channel').select('charset').where('id', '=', channel).executeTakeFirst()
  return row && readCharset(row.charset)
}
