import { sql } from 'kysely'
import type { CountKind } from '../ledger/savings-tables.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'

/** Which count is followed down to its items. */
export interface ItemsOfCount {
  readonly hospital: string
  readonly deployment: string
  /** Local date. */
  readonly day: string
  readonly variant: string
  readonly outcome: string
  /** How they counted; all when left out. */
  readonly kind?: CountKind | undefined
  readonly limit: number
  /** Those after this `event`, for the next page. */
  readonly after?: number | undefined
}

/** An item as it was counted; nothing of its data. */
export interface CountedItem {
  readonly id: string
  /** The event that counted it: an item may be parked twice on a day. */
  readonly event: number
  readonly at: Date
  readonly kind: CountKind
  /** Decimal text; 0 for one that was parked or worked on. */
  readonly share: string
  readonly humanSeconds: number
  /** The deployment that counts the case instead. */
  readonly claimedBy: string | null
}

/** The items behind one count, by their events of that day; for who may see items. */
export async function readItemsOfCount(db: LedgerDatabase, asked: ItemsOfCount): Promise<CountedItem[]> {
  const { hospital, deployment, day, variant, outcome, kind, limit, after = 0 } = asked
  const said =
    outcome === 'parked'
      ? sql`e.kind = 'parked'`
      : outcome === 'worklist'
        ? sql`e.kind <> 'parked' AND (e.detail ->> 'humanSeconds')::int > 0`
        : sql`e.kind = 'done' AND e.code = ${outcome} AND e.detail ->> 'variant' = ${variant}`
  const counted = sql`
    SELECT i.id, e.id AS event, e.at,
      CASE WHEN weighed.by ? 'leftOut' THEN 'left-out' WHEN e.detail ? 'shadow' THEN 'shadow' WHEN i.one_off OR EXISTS (SELECT FROM one_off o
        WHERE o.deployment = i.deployment AND ${day} BETWEEN o.from_day AND o.until_day) THEN 'one-off' ELSE 'regular' END AS kind,
      coalesce(CASE e.kind WHEN 'done' THEN e.detail ->> 'share' END, '0') AS share,
      CASE WHEN ${outcome} IN ('parked', 'worklist') THEN coalesce((e.detail ->> 'humanSeconds')::int, 0) ELSE 0 END AS "humanSeconds",
      weighed.by ->> 'leftOut' AS "claimedBy"
    FROM item i JOIN hospital h ON h.id = i.hospital JOIN event e ON e.item = i.id
    CROSS JOIN LATERAL (SELECT CASE WHEN e.kind = 'done' THEN coalesce((SELECT r.detail FROM event r
      WHERE r.item = i.id AND r.kind = 'reweighed' ORDER BY r.id DESC LIMIT 1), e.detail) END AS by) weighed
    WHERE NOT EXISTS (SELECT FROM event w WHERE w.item = i.id AND w.kind = 'withdrawn' OFFSET 0) AND i.deployment = ${deployment} AND i.hospital = ${hospital} AND ${said} AND e.id > ${after}
      AND e.at >= ${day}::date::timestamp AT TIME ZONE h.time_zone
      AND e.at < (${day}::date + 1)::timestamp AT TIME ZONE h.time_zone`
  const { rows } = await sql<CountedItem>`
    SELECT * FROM (${counted}) counted WHERE ${kind === undefined ? sql`true` : sql`kind = ${kind}`}
    ORDER BY event LIMIT ${limit}`.execute(db)
  return rows
}
