import { z } from 'zod'
import { bots } from '../../../bots/index.ts'
import type { Bot } from '../../../bots/bot.ts'
import { Failure } from '../../../connectors/failure.ts'
import { acceptItemList, keepItemList, knownReferences } from '../../../orchestrator/ledger/item-lists.ts'
import type { NewItem } from '../../../orchestrator/ledger/items.ts'
import { itemColumns } from '../../../orchestrator/triggers/list/item-columns.ts'
import { listRows } from '../../../orchestrator/triggers/list/list-rows.ts'
import { MOST_ROWS, readItemList, type ReadList } from '../../../orchestrator/triggers/list/read-list.ts'
import { ringItems } from '../../../orchestrator/work/ringing.ts'
import { defineRoute, type Route, type RouteContext } from '../route.ts'
import { recordCaller } from './caller-access.ts'
import { AcceptPath, ListAccepted, ListCheck, ListColumns, ListFile, ListPath } from './list-schemas.ts'

const MOST_ERRORS_SHOWN = 200

export const listRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/lists/:deployment',
    roles: ['administrator'],
    summary: 'The columns that a list of items for this deployment has.',
    params: ListPath,
    answer: ListColumns,
    handle: async ({ params }, context) => ({
      columns: itemColumns(await botOf(context, params)),
      mostRows: MOST_ROWS,
    }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/lists/:deployment',
    roles: ['administrator'],
    access: { action: 'change', subject: 'item' },
    summary: 'Checks a CSV or Excel file row by row, as the robot would read it; nothing is made of it yet.',
    params: ListPath,
    body: ListFile,
    answer: ListCheck,
    async handle({ params, body }, context) {
      const bot = await botOf(context, params)
      const { db, caller, installation } = context
      const read = readItemList(bot, await listRows(Buffer.from(body.file)))
      const known = await knownReferences(
        db,
        params.deployment,
        read.items.map(({ reference }) => reference),
      )
      await recordCaller(context, params.hospital, 'search', 'item', [...known.values()])
      const errors = [...read.errors, ...knownAlready(read, known)].toSorted((a, b) => a.row - b.row)
      const list = { ...params, account: caller.account, items: read.items }
      return {
        id: errors.length === 0 ? await keepItemList(db, installation.secrets, list) : null,
        rows: read.items.length + read.errors.length,
        errors: errors.slice(0, MOST_ERRORS_SHOWN),
        moreErrors: Math.max(0, errors.length - MOST_ERRORS_SHOWN),
      }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/lists/:deployment/:list',
    roles: ['administrator'],
    access: { action: 'change', subject: 'item' },
    summary: 'Accepts a checked list: all its items wait for the robot then, as one run.',
    params: AcceptPath,
    answer: ListAccepted,
    async handle({ params: { hospital, list } }, context) {
      const { db, caller, installation } = context
      const asked = { hospital, account: caller.account, id: list }
      const { run, queued } = await acceptItemList(db, installation.secrets, asked, keptItems)
      await recordCaller(context, hospital, 'change', 'item', queued)
      await ringItems(installation.doorbell, queued)
      return { run, items: queued.length }
    },
  }),
]

const Kept = z.array(z.object({ reference: z.string(), caseReference: z.string(), data: z.json() }))

const keptItems = (text: string): NewItem[] => Kept.parse(JSON.parse(text))

function knownAlready({ items, rows }: ReadList, known: ReadonlyMap<string, string>): ReadList['errors'] {
  return items.flatMap(({ reference }, index) => {
    if (!known.has(reference)) return []
    const sentence = 'This case is there already: take the row away, or cancel the item that is there.'
    return [{ row: rows[index] ?? 0, code: 'row-known', sentence, column: null }]
  })
}

/** @throws business when the deployment is not there, is off, or its robot is not in this version */
async function botOf(
  { db }: RouteContext,
  { hospital, deployment }: z.output<typeof ListPath>,
): Promise<Bot> {
  const found = await db
    .selectFrom('deployment')
    .select(['bot', 'mode'])
    .where('id', '=', deployment)
    .where('hospital', '=', hospital)
    .executeTakeFirst()
  if (!found) throw new Failure('business', 'not-found', 'There is no such deployment at this hospital.')
  if (found.mode === 'off')
    throw new Failure(
      'business',
      'deployment-off',
      'This deployment is off: put it to work before offering it a list.',
    )
  const bot = bots.get(found.bot)
  if (bot) return bot
  throw new Failure('business', 'bot-unknown', `Robot ${found.bot} is not in this version: update Ontregel.`)
}
