import { sql, type RawBuilder } from 'kysely'
import { readCursor, writeCursor, type Cursor } from './item-cursor.ts'
import type { ItemOutcome, ItemState, LedgerDatabase, ParkedKind } from './tables.ts'

/** Which items of a hospital; what is left out does not matter. */
export interface ItemQuestion {
  readonly hospital: string
  readonly states?: readonly ItemState[] | undefined
  readonly bot?: string | undefined
  readonly deployment?: string | undefined
  /** The whole business reference, marker or id. */
  readonly reference?: string | undefined
  /** Local dates of arrival, both included. */
  readonly from?: string | undefined
  readonly until?: string | undefined
}

export interface FoundItem {
  readonly id: string
  readonly deployment: string
  readonly bot: string
  readonly reference: string
  readonly state: ItemState
  readonly parkedKind: ParkedKind | null
  readonly code: string | null
  readonly sentence: string | null
  readonly variant: string | null
  readonly outcome: ItemOutcome | null
  readonly attempt: number
  readonly arrivedAt: Date
  readonly dueAt: Date
  readonly finishedAt: Date | null
  /** Who reported it, for what a robot of another make did: an account, or the name of a token. */
  readonly reportedBy: string | null
}

export interface ItemPage {
  readonly items: readonly FoundItem[]
  /** Where the next page begins; null on the last. */
  readonly next: string | null
}

/**
 * A page of items, newest first. It goes on from a cursor and never counts or skips rows, so that the hundred-thousandth
 * costs what the first costs; each deployment is looked up by its own index.
 * @param page `limit` at most, behind `cursor` when that is given
 * @throws business when the cursor is not one of ours
 */
export async function searchItems(
  db: LedgerDatabase,
  question: ItemQuestion,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<ItemPage> {
  const cursor = page.cursor === undefined ? undefined : readCursor(page.cursor)
  const { rows } = await itemQuery(question, page.limit + 1, cursor).execute(db)
  const items = rows.slice(0, page.limit)
  const last = items.at(-1)
  return { items, next: rows.length > items.length && last ? writeCursor(last) : null }
}

/** The statement of a page, for running and for looking at its plan. */
export function itemQuery(
  question: ItemQuestion,
  limit: number,
  cursor: Cursor | undefined,
): RawBuilder<FoundItem & { readonly at: string }> {
  const { hospital, bot, deployment } = question
  return sql<FoundItem & { at: string }>`
    SELECT found.* FROM deployment d JOIN hospital h ON h.id = d.hospital
    CROSS JOIN LATERAL (
      SELECT i.id, i.deployment, d.bot, i.reference, i.state, i.parked_kind AS "parkedKind", i.code, i.sentence, i.variant,
        i.outcome, i.attempt, i.arrived_at AS "arrivedAt", i.due_at AS "dueAt", i.finished_at AS "finishedAt",
        i.reported_by AS "reportedBy", (extract(epoch FROM i.arrived_at) * 1000000)::bigint::text AS at
      FROM item i WHERE i.deployment = d.id AND i.hospital = d.hospital ${conditions(question)} ${behind(cursor)}
      ORDER BY i.arrived_at DESC, i.id DESC LIMIT ${limit}
    ) found
    WHERE d.hospital = ${hospital} ${when(bot, (value) => sql`AND d.bot = ${value}`)}
      ${when(deployment, (value) => sql`AND d.id = ${value}`)}
    ORDER BY found."arrivedAt" DESC, found.id DESC LIMIT ${limit}`
}

const behind = (cursor: Cursor | undefined) =>
  cursor
    ? sql`AND (i.arrived_at, i.id) < (to_timestamp(0) + ${cursor.at}::bigint * interval '1 microsecond', ${cursor.id}::uuid)`
    : sql``

function conditions({ states, reference, from, until }: ItemQuestion): RawBuilder<unknown> {
  return sql.join(
    [
      when(states?.length ? states : undefined, among),
      when(reference?.trim() || undefined, called),
      when(from, (day) => sql`AND i.arrived_at >= ${day}::date::timestamp AT TIME ZONE h.time_zone`),
      when(until, (day) => sql`AND i.arrived_at < (${day}::date + 1)::timestamp AT TIME ZONE h.time_zone`),
    ],
    sql` `,
  )
}

/**
 * Saying that none of them is done lets the index of what is open be used. What is done is told by its outcome: nearly
 * all are, so the newest are found quickest by looking at all, and an index of those alone would be sorted whole.
 */
function among(states: readonly ItemState[]): RawBuilder<unknown> {
  const [only] = states
  if (states.length === 1 && only === 'done') return sql`AND i.outcome IS NOT NULL`
  const one = states.length === 1 ? sql`AND i.state = ${only}` : sql`AND i.state = ANY(${states})`
  return states.includes('done') ? one : sql`${one} AND i.state <> 'done'`
}

const IS_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Each way has its own index, and all find few rows: two for a reference, of which one leaves the cancelled out. */
function called(text: string): RawBuilder<unknown> {
  const ways = [
    sql`SELECT id FROM item r WHERE r.deployment = d.id AND r.reference = ${text} AND r.state <> 'cancelled'`,
    sql`SELECT id FROM item r WHERE r.deployment = d.id AND r.state = 'cancelled' AND r.state <> 'done' AND r.reference = ${text}`,
    sql`SELECT id FROM item r WHERE r.marker = ${text.toUpperCase()}`,
    ...(IS_ID.test(text) ? [sql`SELECT ${text.toLowerCase()}::uuid`] : []),
  ]
  return sql`AND i.id IN (${sql.join(ways, sql` UNION ALL `)})`
}

const when = <T>(value: T | undefined, part: (value: T) => RawBuilder<unknown>) =>
  value === undefined ? sql`` : part(value)
