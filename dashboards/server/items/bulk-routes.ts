import type { z } from 'zod'
import { bots } from '../../../bots/index.ts'
import { MOST_IN_BULK, previewBulk } from '../../../orchestrator/ledger/bulk.ts'
import { carryOutBulk } from '../../../orchestrator/ledger/carry-out-bulk.ts'
import { searchItems } from '../../../orchestrator/ledger/item-search.ts'
import { botVersions } from '../../../orchestrator/work/bot-versions.ts'
import { ringAgain, ringBehindItem } from '../../../orchestrator/work/ringing.ts'
import { Hospital } from '../door/account-schemas.ts'
import { defineRoute, type Route, type RouteContext } from '../route.ts'
import { BulkAsked, BulkDone, BulkPath, BulkPreview } from './bulk-schemas.ts'
import { recordCaller } from './caller-access.ts'
import { maskedReference } from './masking.ts'

export const bulkRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/items/bulk',
    roles: ['administrator'],
    access: { action: 'read', subject: 'item' },
    summary:
      'A preview of retrying, parking or cancelling items: which it will be done to, and why not to the others.',
    params: Hospital,
    body: BulkAsked,
    answer: BulkPreview,
    async handle({ params: { hospital }, body }, context) {
      const { ids, more } = await chosen(context, hospital, body)
      const { handling, reason, version } = body
      const onlyVersions =
        handling === 'retry' && version === 'same' ? await botVersions(bots.keys()) : undefined
      const plan = { hospital, account: context.caller.account, handling, reason, items: ids, onlyVersions }
      const { id, items } = await previewBulk(context.db, plan)
      return {
        id,
        more,
        items: items.map((item) => ({ ...item, reference: maskedReference(item.reference) })),
      }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/items/bulk/:bulk',
    roles: ['administrator'],
    access: { action: 'change', subject: 'item' },
    summary: 'Carries a preview out, once and within the hour; an item that changed since is left as it is.',
    params: BulkPath,
    answer: BulkDone,
    async handle({ params: { hospital, bulk } }, context) {
      const { db, caller, installation } = context
      const done = await carryOutBulk(db, { hospital, account: caller.account, id: bulk })
      await recordCaller(context, hospital, 'change', 'item', done.changed)
      if (done.handling === 'retry') await ringAgain(db, installation.doorbell, done.changed)
      await ringBehindItem(db, installation.doorbell, { id: bulk, hospital }, done.freed)
      const { handling, changed, left } = done
      return { handling, changed: [...changed], left: [...left] }
    },
  }),
]

/** Who looks items up by a reference gets to know whether a patient has any: that is written down as it is elsewhere. */
async function chosen(
  context: RouteContext,
  hospital: string,
  { items, search }: z.output<typeof BulkAsked>,
): Promise<{ ids: readonly string[]; more: boolean }> {
  if (!search) return { ids: [...new Set(items)], more: false }
  const found = await searchItems(context.db, { hospital, ...search }, { limit: MOST_IN_BULK })
  const ids = found.items.map(({ id }) => id)
  if (search.reference) await recordCaller(context, hospital, 'search', 'item', ids)
  return { ids, more: found.next !== null }
}
