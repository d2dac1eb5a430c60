import { sql, type RawBuilder } from 'kysely'
import type { Json } from '../../bots/bot.ts'
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

export interface Transition {
  readonly from: readonly ItemState[]
  /** The assignments of the UPDATE on `item`. */
  readonly set: RawBuilder<unknown>
  /** A further condition that must hold. */
  readonly when?: RawBuilder<unknown>
  readonly events: readonly EventDraft[]
  /** Common table expressions that decide how the item counts: see credits.ts. The done event tells what `weighed` says. */
  readonly weighed?: readonly RawBuilder<unknown>[]
  /** More common table expressions, each reading the row that changed from `changed`. */
  readonly along?: readonly RawBuilder<unknown>[]
}

/**
 * Changes an item's state and writes its events in one statement, so in one transaction.
 * Gives the row as it is now, or undefined when it was not ours to change and nothing was written.
 */
export async function transition(
  db: LedgerDatabase,
  hold: Hold,
  change: Transition,
): Promise<ItemRow | undefined> {
  const along = (change.along ?? []).map((part) => sql`, ${part}`)
  const before = (change.weighed ?? []).map((part) => sql`${part},`)
  const { rows } = await sql<ItemRow>`${KEPT}
    WITH changed AS (
      UPDATE item SET ${change.set}
      WHERE id = ${hold.item} AND fence = ${hold.fence} AND state = ANY(${change.from})
        AND ${change.when ?? sql`true`}
      RETURNING *
    ), ${sql.join(before, sql` `)} ${noted(change.events, hold.worker, change.weighed && WEIGHED_DETAIL)} ${sql.join(along, sql``)}
    SELECT * FROM changed`.execute(db)
  return rows[0]
}

/** The common table expression that writes events for the row in `changed`; `told` is added to a done event's detail. */
export function noted(
  events: readonly EventDraft[],
  worker: string | null,
  told?: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const detail = told
    ? sql`CASE e.kind WHEN 'done' THEN e.detail || ${told} ELSE e.detail END`
    : sql`e.detail`
  return sql`noted AS (
    INSERT INTO event (item, kind, attempt, fence, worker, name, code, sentence, ms, detail)
    SELECT changed.id, e.kind, changed.attempt, changed.fence, ${worker}::uuid, e.name, e.code, e.sentence, e.ms, ${detail}
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
