import { sql } from 'kysely'
import { Failure } from '../../connectors/failure.ts'
import { orderKeysOf } from './item-order.ts'
import { humanTime } from './human-time.ts'
import { parkedCount, parkedEvent } from './parking.ts'
import { transition, type Hold, type Transition } from './transition.ts'
import { IDLE_AFTER_SECONDS } from './work-sessions.ts'
import type { ItemState, LedgerDatabase } from './tables.ts'
import type { BulkHandling } from './worklist-tables.ts'

/** What became of a bulk: the items that were changed, and those that had moved on since the preview and were left. */
export interface BulkResult {
  readonly handling: BulkHandling
  readonly changed: readonly string[]
  readonly left: readonly string[]
  /** Of the patients whose items were cancelled: those behind them go on. */
  readonly freed: readonly Buffer[]
}

/** A preview of yesterday is not what a person looks at. */
const VALID_MINUTES = 60

/**
 * Carries a previewed bulk out, once: each item by its fence and state of then, so that one that a worker or a colleague
 * has touched since is left alone.
 * @throws business when it is not this account's, was carried out already, or is older than an hour
 */
export async function carryOutBulk(
  db: LedgerDatabase,
  { hospital, account, id }: { readonly hospital: string; readonly account: string; readonly id: string },
): Promise<BulkResult> {
  const { rows } = await sql<{ handling: BulkHandling; reason: string; seconds: number }>`
    UPDATE bulk SET carried_out_at = clock_timestamp()
    WHERE id = ${id} AND hospital = ${hospital} AND account = ${account} AND carried_out_at IS NULL
      AND made_at > clock_timestamp() - ${VALID_MINUTES} * interval '1 minute'
    RETURNING handling, reason,
      round(least(extract(epoch FROM clock_timestamp() - made_at), ${IDLE_AFTER_SECONDS}))::int AS seconds`.execute(
    db,
  )
  const [bulk] = rows
  if (!bulk) throw notCarriedOut()
  const items = await db
    .selectFrom('bulk_item')
    .select(['item', 'fence', 'state'])
    .where('bulk', '=', id)
    .where('refused', 'is', null)
    .orderBy('item')
    .execute()
  // Asked before: an item that was cancelled is in the order no more.
  const keys = await orderKeysOf(db, bulk.handling === 'cancel' ? items.map(({ item }) => item) : [])
  const results = { changed: new Array<string>(), left: new Array<string>() }
  for (const [index, { item, fence, state }] of items.entries()) {
    const humanSeconds = shared(bulk.seconds, items.length, index)
    const change = CHANGES[bulk.handling]({ account, reason: bulk.reason, bulk: id, humanSeconds })
    // What was previewed as queued may not be changed as parked: its state must be the same as well as its fence.
    const from = change.from.filter((allowed) => allowed === state)
    const hold: Hold = { item, fence, worker: null }
    const row = await transition(db, hold, { ...change, from, when: NOT_IN_HAND })
    results[row ? 'changed' : 'left'].push(item)
    await noteResult(db, { bulk: id, item, result: row ? 'changed' : 'left' })
  }
  const freed = results.changed.flatMap((item) => keys.get(item) ?? [])
  return { handling: bulk.handling, ...results, freed }
}

async function noteResult(
  db: LedgerDatabase,
  {
    bulk,
    item,
    result,
  }: { readonly bulk: string; readonly item: string; readonly result: 'changed' | 'left' },
): Promise<void> {
  await db
    .updateTable('bulk_item')
    .set({ result })
    .where('bulk', '=', bulk)
    .where('item', '=', item)
    .execute()
}

/** The seconds of looking at the preview, divided over its items so that they add up. */
const shared = (seconds: number, among: number, index: number): number =>
  Math.floor((seconds * (index + 1)) / among) - Math.floor((seconds * index) / among)

/** Also that nothing may have been pressed: that is a question for a person at the target, never for many at once. */
const NOT_IN_HAND = sql`NOT EXISTS (SELECT FROM item_taken t WHERE t.item = item.id)
  AND NOT EXISTS (SELECT FROM act a WHERE a.item = item.id AND a.state = 'armed') AND parked_kind IS DISTINCT FROM 'unsure'`

interface By {
  readonly account: string
  readonly reason: string
  readonly bulk: string
  readonly humanSeconds: number
}

const WAITING: readonly ItemState[] = ['queued', 'parked']

const CHANGES: Readonly<Record<BulkHandling, (by: By) => Transition>> = {
  retry: (by) => ({
    from: WAITING,
    set: sql`state = 'queued', parked_kind = NULL, code = NULL, sentence = NULL, attempt = 0, looks = 0,
      fence = fence + 1, rung_at = NULL, due_at = clock_timestamp()`,
    events: [told('retried', by)],
    along: [humanTime(by.humanSeconds)],
  }),
  park: (by) => ({
    from: ['queued'],
    set: sql`state = 'parked', parked_kind = 'business', code = 'parked-by-person', sentence = ${by.reason},
      fence = fence + 1, rung_at = NULL`,
    events: [told('parked-by-person', by)],
    along: [parkedEvent, parkedCount, humanTime(by.humanSeconds)],
  }),
  cancel: (by) => ({
    from: WAITING,
    set: sql`state = 'cancelled', parked_kind = NULL, code = NULL, sentence = ${by.reason}, fence = fence + 1, finished_at = now()`,
    events: [told('cancelled', by)],
    along: [humanTime(by.humanSeconds)],
  }),
}

const told = (kind: string, { account, reason, bulk, humanSeconds }: By) => ({
  kind,
  sentence: reason,
  detail: { account, bulk, humanSeconds },
})

const notCarriedOut = () =>
  new Failure(
    'business',
    'preview-spent',
    'This preview was carried out already, is older than an hour, or is a colleague’s: make it anew.',
  )
