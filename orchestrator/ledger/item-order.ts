import { sql } from 'kysely'
import { Failure } from '../../connectors/failure.ts'
import type { ItemState, LedgerDatabase } from './tables.ts'

/** The part of the ledger that keeps the items of one patient in order. */
export interface ItemOrderTables {
  /** Items that did not end yet, by each key of their patients; lower places go first, equal ones side by side. */
  item_order: { hospital: string; key: Buffer; place: number; item: string }
}

/**
 * Of a row of `item`: an earlier item about one of its patients has not ended, whatever its deployment. One that waits
 * for a person holds the later ones too, and nobody else's; one that nobody will do because its deployment is off does
 * not. A snapshot is enough: an item is there before the later ones of its patients are, and leaves when it ends.
 */
export const IS_HELD_BY_ORDER = sql`(item.ordered AND EXISTS (
  SELECT FROM item_order mine
  JOIN item_order earlier ON earlier.hospital = mine.hospital AND earlier.key = mine.key AND earlier.place < mine.place
  JOIN item holder ON holder.id = earlier.item
  JOIN deployment d ON d.id = holder.deployment
  WHERE mine.item = item.id AND NOT (d.mode = 'off' AND holder.state IN ('queued', 'parked'))
))`

/** The place of the items of one routed message: after all that were routed before. */
export async function nextPlace(tx: LedgerDatabase): Promise<number> {
  const { rows } = await sql<{ place: number }>`SELECT nextval('item_order_place') AS place`.execute(tx)
  return rows[0]?.place ?? 0
}

/**
 * Has the items of a run wait for the earlier ones of these patients. Within the transaction that adds them.
 * @param keys keyed hashes of the patients' numbers; none leaves the items free
 */
export async function orderItems(
  tx: LedgerDatabase,
  run: string,
  { place, keys }: { readonly place: number; readonly keys: readonly Buffer[] },
): Promise<void> {
  if (keys.length === 0) return
  await sql`
    WITH ordered AS (UPDATE item SET ordered = true WHERE run = ${run} RETURNING id, hospital)
    INSERT INTO item_order (hospital, key, place, item)
    SELECT DISTINCT hospital, k.key, ${place}::bigint, id FROM ordered, unnest(${keys}::bytea[]) AS k (key)`.execute(
    tx,
  )
}

/** By what the items behind one are found once it has ended, for then it is in the order no more. */
export async function orderKeys(db: LedgerDatabase, item: string): Promise<readonly Buffer[]> {
  const rows = await db.selectFrom('item_order').select('key').where('item', '=', item).execute()
  return rows.map(({ key }) => key)
}

/** The same for several items. */
export async function orderKeysOf(
  db: LedgerDatabase,
  items: readonly string[],
): Promise<ReadonlyMap<string, readonly Buffer[]>> {
  if (items.length === 0) return new Map()
  const rows = await db.selectFrom('item_order').select(['item', 'key']).where('item', 'in', items).execute()
  const keys = Map.groupBy(rows, ({ item }) => item)
  return new Map([...keys].map(([item, found]) => [item, found.map(({ key }) => key)]))
}

/** At most this many items of one message are about one patient. */
const SIDE_BY_SIDE = 20

/** The items that come next for these patients, wait for a worker and are held by nothing any more. */
export async function itemsBehind(
  db: LedgerDatabase,
  hospital: string,
  keys: readonly Buffer[],
): Promise<readonly { readonly id: string; readonly turn: string }[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<{ id: string; turn: string }>`
    SELECT id, state || '-' || attempt || '-' || looks || '-' || fence AS turn FROM item
    WHERE state = 'queued' AND due_at <= clock_timestamp() AND NOT ${IS_HELD_BY_ORDER} AND id IN (
      SELECT next.item FROM unnest(${keys}::bytea[]) AS k (key) CROSS JOIN LATERAL (
        SELECT item FROM item_order WHERE hospital = ${hospital} AND item_order.key = k.key ORDER BY place LIMIT ${SIDE_BY_SIDE}
      ) next
    )`.execute(db)
  return rows
}

/** An item that another one waits for. */
export interface HoldingItem {
  readonly id: string
  readonly deployment: string
  readonly state: ItemState
  /** Why it stands where it stands. */
  readonly sentence: string | null
}

/** The first item that holds this one because it is about one of its patients; undefined when none does. */
export async function heldBehind(db: LedgerDatabase, id: string): Promise<HoldingItem | undefined> {
  const { rows } = await sql<HoldingItem>`
    SELECT holder.id, holder.deployment, holder.state, holder.sentence FROM item_order mine
    JOIN item ON item.id = mine.item AND item.state = 'queued' AND ${IS_HELD_BY_ORDER}
    JOIN item_order earlier ON earlier.hospital = mine.hospital AND earlier.key = mine.key AND earlier.place < mine.place
    JOIN item holder ON holder.id = earlier.item
    JOIN deployment d ON d.id = holder.deployment
    WHERE mine.item = ${id} AND NOT (d.mode = 'off' AND holder.state IN ('queued', 'parked'))
    ORDER BY earlier.place, holder.id LIMIT 1`.execute(db)
  return rows[0]
}

/**
 * Lets the later items of its patients pass one that waits for a person, who says that their order does not matter here.
 * It stays parked, and no longer has a place of its own when it is given back.
 * @param account of the person; no name
 * @throws business when it does not wait for a person
 */
export async function letPass(db: LedgerDatabase, id: string, account: string): Promise<void> {
  const { rows } = await sql`
    WITH parked AS (
      UPDATE item SET ordered = false WHERE id = ${id} AND state = 'parked' RETURNING id, attempt, fence
    ), left_order AS (
      DELETE FROM item_order USING parked WHERE item_order.item = parked.id
    ), told AS (
      INSERT INTO event (item, kind, attempt, fence, detail)
      SELECT id, 'let-pass', attempt, fence, jsonb_build_object('account', ${account}::text) FROM parked
    )
    SELECT id FROM parked`.execute(db)
  if (rows.length > 0) return
  const sentence =
    'This item does not wait for a person, so nothing can pass it: look at its history for what became of it.'
  throw new Failure('business', 'not-parked', sentence)
}
