import { sql, type RawBuilder } from 'kysely'
import type { Json } from '../../bots/bot.ts'
import { DETAIL_IN_SHADOW } from './counted-in-shadow.ts'
import { WEIGHED_DETAIL } from './credits.ts'
import { KEPT } from './kept-plans.ts'
import { jsonText } from './json-text.ts'
import type { ItemRow, ItemState, LedgerDatabase } from './tables.ts'

/** One line of an item's history. `name` is the step's or act's; `detail` holds counts and ids, no patient data. */
export interface EventDraft {
  readonly kind: string
  readonly name?: string
  readonly code?: string
  readonly sentence?: string
  /** Duration in milliseconds. */
  readonly ms?: number
  readonly detail?: Json
}

/** Who holds an item: a writer whose fence is no longer the item's changes nothing. */
export interface Hold {
  readonly item: string
  readonly fence: number
  readonly worker: string | null
}

/** How items change, whichever they are. What is said of each stands in the row of `asked` that is of `item`. */
export interface Change {
  /** The assignments of the UPDATE on `item`. */
  readonly set: RawBuilder<unknown>
  /** A further condition that must hold. */
  readonly when?: RawBuilder<unknown>
  /** Common table expressions that decide how the items count: see credits.ts. The done event tells what `weighed` says. */
  readonly weighed?: readonly RawBuilder<unknown>[] | undefined
  /** More common table expressions, each reading the rows that changed from `changed`. */
  readonly along?: readonly RawBuilder<unknown>[]
}

/** What is said of one of the items that change. */
export interface Asked {
  readonly hold: Hold
  readonly from: readonly ItemState[]
  readonly events: readonly EventDraft[]
  /** What `set` and `along` read of it, from the JSON in `asked.own`. */
  readonly own?: object
}

export interface Transition extends Change {
  readonly from: readonly ItemState[]
  readonly events: readonly EventDraft[]
}

/**
 * Changes an item's state and writes its events in one statement, so in one transaction.
 * Gives the row as it is now, or undefined when it was not ours to change and nothing was written.
 */
export async function transition(
  db: LedgerDatabase,
  hold: Hold,
  { from, events, ...change }: Transition,
): Promise<ItemRow | undefined> {
  const [row] = await transitAll(db, [{ hold, from, events }], change)
  return row
}

/** The same for several items, each named once, in one statement: what is not ours to change is no matter of the others. */
export async function transitAll(
  db: LedgerDatabase,
  asked: readonly Asked[],
  change: Change,
): Promise<(ItemRow | undefined)[]> {
  const told = change.weighed && WEIGHED_DETAIL
  // Named beside the join as well, so that they are looked up by their ids however many items there are when it is planned.
  const ids = asked.map(({ hold }) => hold.item)
  // Of parts that nothing reads, PostgreSQL does the last one first: what led to it is told before that an item was parked.
  const parts = [...(change.weighed ?? []), ...(change.along ?? []), notedAsAsked(told)]
  const { rows } = await sql<ItemRow>`${KEPT}
    WITH ${askedOf(asked)}, changed AS (
      UPDATE item SET ${change.set} FROM asked
      WHERE item.id = asked.of AND item.id = ANY(${ids}::uuid[]) AND item.fence = asked.held AND item.state = ANY(asked.allowed)
        AND ${change.when ?? sql`true`}
      RETURNING item.*
    ), ${sql.join(parts)}
    SELECT * FROM changed`.execute(db)
  return inOrderOf(ids, rows)
}

/** The common table expression of what is said of each item; `own` is what a statement of its own reads. */
export function askedOf(asked: readonly Asked[]): RawBuilder<unknown> {
  const rows = asked.map(({ hold, from, events, own }) => ({
    ...{ of: hold.item, held: hold.fence, by: hold.worker, allowed: from, told: events },
    ...(own && { own }),
  }))
  return sql`asked AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(${jsonText(rows)}::jsonb)
      AS a (of uuid, held bigint, by uuid, allowed text[], told jsonb, own jsonb)
  )`
}

/** For each item its row, or undefined when it is not among them. */
export function inOrderOf(items: readonly string[], rows: readonly ItemRow[]): (ItemRow | undefined)[] {
  const found = new Map(rows.map((row) => [row.id, row]))
  return items.map((item) => found.get(item))
}

/** The common table expression that writes the events that were asked for; `told` is added to a done event's detail. */
export function notedAsAsked(told?: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`noted AS (
    INSERT INTO event (item, kind, attempt, fence, worker, name, code, sentence, ms, detail)
    SELECT changed.id, e.kind, changed.attempt, changed.fence, asked.by, e.name, e.code, e.sentence, e.ms,
      ${told ? sql`CASE e.kind WHEN 'done' THEN ${DETAIL_IN_SHADOW} || ${told} ELSE ${DETAIL_IN_SHADOW} END` : DETAIL_IN_SHADOW}
    FROM changed JOIN asked ON asked.of = changed.id, ROWS FROM (jsonb_to_recordset(asked.told)
      AS (kind text, name text, code text, sentence text, ms integer, detail jsonb))
      WITH ORDINALITY AS e (kind, name, code, sentence, ms, detail, n)
    ORDER BY changed.id, e.n
  )`
}

/** The common table expression that writes the same events for all rows in `changed`. */
export function noted(events: readonly EventDraft[], worker: string | null): RawBuilder<unknown> {
  return sql`noted AS (
    INSERT INTO event (item, kind, attempt, fence, worker, name, code, sentence, ms, detail)
    SELECT changed.id, e.kind, changed.attempt, changed.fence, ${worker}::uuid, e.name, e.code, e.sentence, e.ms, ${DETAIL_IN_SHADOW}
    FROM changed, jsonb_to_recordset(${jsonText(events)}::jsonb)
      AS e (kind text, name text, code text, sentence text, ms integer, detail jsonb)
  )`
}

/**
 * Writes down that somebody tried to change an item that another holder has or had since, and raises an alarm.
 * Gives whether that was so: with the same fence still on the item nobody is late.
 */
export async function noteLate(db: LedgerDatabase, hold: Hold, wanted: string): Promise<boolean> {
  const sentence = `A worker came back after its time and tried to write "${wanted}"; nothing was changed. Look at the item's history and at the target.`
  const { rows } = await sql<{ id: number }>`
    WITH late AS (
      INSERT INTO event (item, kind, attempt, fence, worker, name)
      SELECT id, 'late', attempt, ${hold.fence}, ${hold.worker}::uuid, ${wanted} FROM item
      WHERE id = ${hold.item} AND fence <> ${hold.fence} RETURNING item
    )
    INSERT INTO alarm (hospital, deployment, item, kind, sentence)
    SELECT hospital, deployment, item.id, 'late', ${sentence} FROM item JOIN late ON late.item = item.id
    RETURNING id`.execute(db)
  return rows.length > 0
}
