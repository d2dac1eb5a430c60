import { jsonText } from '../../../orchestrator/ledger/json-text.ts'
import { decide, type Decision } from '../../../orchestrator/ledger/handling.ts'
import { orderKeys } from '../../../orchestrator/ledger/item-order.ts'
import { keepDraft, takeItem } from '../../../orchestrator/ledger/taking.ts'
import {
  beat,
  chooseByHand,
  measured,
  openSession,
  type WorkOn,
} from '../../../orchestrator/ledger/work-sessions.ts'
import { ringAgain, ringBehindItem } from '../../../orchestrator/work/ringing.ts'
import { defineRoute, type Route, type RouteContext } from '../route.ts'
import { recordCaller } from './caller-access.ts'
import { correctedItem, expectVariant, type KnownItem } from './corrected-item.ts'
import { ItemPath } from './item-schemas.ts'
import { noSuchItem } from './item-story.ts'
import { readOpenItem } from './open-item.ts'
import { requirePerson } from './require-worker.ts'
import {
  Beat,
  ByHand,
  Cancel,
  DoneByHand,
  GiveBack,
  Handled,
  Measured,
  OpenItem,
} from './worklist-schemas.ts'

/** Working on one item of the worklist, and how it ends. */
export const handlingRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/worklist/:item/open',
    roles: ['administrator'],
    forPeople: true,
    access: { action: 'reveal', subject: 'item' },
    summary:
      'Opens an item to work on it: takes it when nobody has it, shows its data and begins to measure.',
    params: ItemPath,
    answer: OpenItem,
    async handle({ params: { hospital, item } }, context) {
      const work = { item, account: requirePerson(context) }
      await knownItem(context, hospital, item)
      await takeItem(context.db, work)
      await openSession(context.db, work)
      await recordCaller(context, hospital, 'reveal', 'item', [item])
      return await readOpenItem(context.db, hospital, work, context.caller.language)
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/worklist/:item/beat',
    roles: ['administrator'],
    forPeople: true,
    access: { action: 'change', subject: 'item' },
    summary: 'Tells that one was seen working on it, and keeps what was filled in so far.',
    params: ItemPath,
    body: Beat,
    answer: Measured,
    async handle({ params: { item }, body: { active, draft } }, context) {
      const work = { item, account: requirePerson(context) }
      if (draft !== undefined) await keepDraft(context.db, work, jsonText(draft))
      if (active) await beat(context.db, work)
      return await measured(context.db, work)
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/worklist/:item/by-hand',
    roles: ['administrator'],
    forPeople: true,
    access: { action: 'change', subject: 'item' },
    summary: 'One does it by hand from here on, so that nothing more is counted; or not after all.',
    params: ItemPath,
    body: ByHand,
    answer: Measured,
    async handle({ params: { item }, body: { chosen } }, context) {
      const work = { item, account: requirePerson(context) }
      await chooseByHand(context.db, work, chosen)
      return await measured(context.db, work)
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/worklist/:item/give-back',
    roles: ['administrator'],
    access: { action: 'change', subject: 'item' },
    summary: 'Gives an item back to the robot with its corrected data.',
    params: ItemPath,
    body: GiveBack,
    answer: Handled,
    async handle({ params: { hospital, item }, body: { data, looked } }, context) {
      const corrected = correctedItem(await knownItem(context, hospital, item), data)
      return await handled(context, hospital, item, { to: 'give-back', corrected, looked })
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/worklist/:item/done',
    roles: ['administrator'],
    access: { action: 'change', subject: 'item' },
    summary: 'Writes down that an item was done by hand, as which variant and under which reference.',
    params: ItemPath,
    body: DoneByHand,
    answer: Handled,
    async handle({ params: { hospital, item }, body }, context) {
      const { bot } = await knownItem(context, hospital, item)
      expectVariant(bot, body.variant)
      return await handled(context, hospital, item, { to: 'done', ...body })
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/worklist/:item/cancel',
    roles: ['administrator'],
    forPeople: true,
    access: { action: 'change', subject: 'item' },
    summary: 'Cancels an item that is not wanted; the same case may come again.',
    params: ItemPath,
    body: Cancel,
    answer: Handled,
    handle: ({ params: { hospital, item }, body }, context) =>
      handled(context, hospital, item, { to: 'cancel', ...body }),
  }),
]

const ENDS = { 'give-back': 'queued', done: 'done', cancel: 'cancelled' } as const

async function handled(context: RouteContext, hospital: string, item: string, decision: Decision) {
  const { db, installation } = context
  const work: WorkOn = { item, account: requirePerson(context) }
  const keys = await orderKeys(db, item)
  const { humanSeconds } = await decide(db, work, decision)
  await recordCaller(context, hospital, 'change', 'item', [item])
  if (decision.to === 'give-back') await ringAgain(db, installation.doorbell, [item])
  else await ringBehindItem(db, installation.doorbell, { id: item, hospital }, keys)
  return { state: ENDS[decision.to], seconds: humanSeconds }
}

async function knownItem({ db }: RouteContext, hospital: string, item: string): Promise<KnownItem> {
  const row = await db
    .selectFrom('item')
    .innerJoin('deployment', 'deployment.id', 'item.deployment')
    .select(['bot', 'reference'])
    .where('item.id', '=', item)
    .where('item.hospital', '=', hospital)
    .executeTakeFirst()
  if (!row) throw noSuchItem()
  return row
}
