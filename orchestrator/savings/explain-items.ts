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
  readonly limit: number
  /** Those after this id, for the next page. */
  readonly after?: string | undefined
}

/** An item as it was counted; nothing of its data. */
export interface CountedItem {
  readonly id: string
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
  const { hospital, deployment, day, variant, outcome, limit, after } = asked
  const said =
    outcome === 'parked'
      ? sql`e.kind = 'parked'`
      : outcome === 'worklist'
        ? sql`e.kind <> 'parked' AND e.detail ? 'humanSeconds'`
        : sql`e.kind = 'done' AND e.code = ${outcome} AND e.detail ->> 'variant' = ${variant}`
  const { rows } = await sql<CountedItem>`
    SELECT i.id, e.at, CASE WHEN e.detail ? 'leftOut' THEN 'left-out' WHEN i.one_off THEN 'one-off' ELSE 'regular' END AS kind,
      coalesce(CASE e.kind WHEN 'done' THEN e.detail ->> 'share' END, '0') AS share,
      CASE WHEN ${outcome} IN ('parked', 'worklist') THEN coalesce((e.detail ->> 'humanSeconds')::int, 0) ELSE 0 END AS "humanSeconds",
      e.detail ->> 'leftOut' AS "claimedBy"
    FROM item i JOIN hospital h ON h.id = i.hospital JOIN event e ON e.item = i.id
    WHERE i.deployment = ${deployment} AND i.hospital = ${hospital} AND ${said}
      AND e.at >= ${day}::date::timestamp AT TIME ZONE h.time_zone
      AND e.at < (${day}::date + 1)::timestamp AT TIME ZONE h.time_zone
      AND i.id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid
    ORDER BY i.id LIMIT ${limit}`.execute(db)
  return rows
}
