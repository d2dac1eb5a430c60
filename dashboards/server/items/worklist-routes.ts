import { bots } from '../../../bots/index.ts'
import { Failure } from '../../../connectors/failure.ts'
import { listColleagues } from '../../../orchestrator/ledger/colleagues.ts'
import { letPass, orderKeys } from '../../../orchestrator/ledger/item-order.ts'
import { assignItem, releaseItem, takeItem } from '../../../orchestrator/ledger/taking.ts'
import { countWorklist, readWorklist } from '../../../orchestrator/ledger/worklist.ts'
import { ringBehindItem } from '../../../orchestrator/work/ringing.ts'
import { Done, Hospital } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { recordCaller } from './caller-access.ts'
import { ItemPath } from './item-schemas.ts'
import { maskedReference } from './masking.ts'
import { requirePerson } from './require-worker.ts'
import { AssignTo, Colleagues, Worklist, WorklistAsked } from './worklist-schemas.ts'

const MOST_SHOWN = 200

/** The list of what waits for a person, and whose it is. */
export const worklistRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/worklist',
    roles: ['administrator'],
    access: { action: 'read', subject: 'item' },
    summary: 'What waits for a person, one’s own first; references show their end only.',
    params: Hospital,
    query: WorklistAsked,
    answer: Worklist,
    async handle({ params: { hospital }, query: { deployment } }, { db, caller: { account } }) {
      const items = await readWorklist(db, account, { hospital, deployment, limit: MOST_SHOWN })
      return {
        account,
        counts: await countWorklist(db, hospital),
        items: items.map((item) => ({
          ...item,
          botTitle: bots.get(item.bot)?.title ?? null,
          reference: maskedReference(item.reference),
        })),
      }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/worklist/colleagues',
    roles: ['administrator'],
    summary: 'Who may be given an item of the worklist: the administrators of this hospital.',
    params: Hospital,
    answer: Colleagues,
    handle: ({ params: { hospital } }, { door }) => listColleagues(door.db, hospital),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/worklist/:item/take',
    roles: ['administrator'],
    forPeople: true,
    access: { action: 'change', subject: 'item' },
    summary: 'Takes an item in hand, so that nobody else works on it.',
    params: ItemPath,
    answer: Done,
    async handle({ params: { item } }, context) {
      await takeItem(context.db, { item, account: requirePerson(context) })
      return { done: true }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/worklist/:item/release',
    roles: ['administrator'],
    forPeople: true,
    access: { action: 'change', subject: 'item' },
    summary: 'Puts an item back in the worklist; the time spent on it is counted.',
    params: ItemPath,
    answer: Done,
    async handle({ params: { item } }, context) {
      await releaseItem(context.db, { item, account: requirePerson(context) })
      return { done: true }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/worklist/:item/assign',
    roles: ['administrator'],
    forPeople: true,
    access: { action: 'change', subject: 'item' },
    summary: 'Gives an item to a colleague; what another worked on it is counted and their draft goes along.',
    params: ItemPath,
    body: AssignTo,
    answer: Done,
    async handle({ params: { hospital, item }, body: { account: to } }, context) {
      const by = requirePerson(context)
      const colleagues = await listColleagues(context.door.db, hospital)
      if (!colleagues.some(({ account }) => account === to)) throw noColleague()
      await assignItem(context.db, item, { by, to })
      await recordCaller(context, hospital, 'change', 'item', [item])
      return { done: true }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/worklist/:item/let-pass',
    roles: ['administrator'],
    forPeople: true,
    access: { action: 'change', subject: 'item' },
    summary:
      'Lets the later items of the same patients go on without waiting for this one; it stays in the worklist.',
    params: ItemPath,
    answer: Done,
    async handle({ params: { hospital, item } }, context) {
      const { db, installation } = context
      const account = requirePerson(context)
      const keys = await orderKeys(db, item)
      await letPass(db, item, account)
      await recordCaller(context, hospital, 'change', 'item', [item])
      await ringBehindItem(db, installation.doorbell, { id: item, hospital }, keys)
      return { done: true }
    },
  }),
]

const noColleague = () =>
  new Failure('business', 'field-invalid', 'Field account: must be an administrator of this hospital.')
