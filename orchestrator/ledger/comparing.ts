import { sql } from 'kysely'
import { stopDeployment } from './deployments.ts'
import { inTransaction } from './in-transaction.ts'
import { HAS_FAILING_SYSTEM, MAY_LOOK_UP } from './may-go-on.ts'
import type { ItemRow, LedgerDatabase } from './tables.ts'

/** How far back items are compared that could not be before; an hour between two tries of one item. */
const DAYS_BACK = 3
const TRY_AGAIN_HOURS = 1
/** So long a target may take to show what was done there. */
const SHOWN_WITHIN_HOURS = 1

/**
 * Items that the robot finished before today and that were not yet compared with their target; taken, so that they are
 * not given again within the hour. At most `limit`: those that were tried least lately, the oldest first. Those whose system
 * cannot be looked into now are left out.
 * @param today the local date
 */
export async function takeUncompared(db: LedgerDatabase, today: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE item SET rung_at = clock_timestamp()
    WHERE id IN (
      SELECT item.id FROM item
      JOIN hospital ON hospital.id = item.hospital
      JOIN deployment d ON d.id = item.deployment AND ${MAY_LOOK_UP} AND NOT ${HAS_FAILING_SYSTEM}
      WHERE item.state = 'done' AND item.outcome = 'done' AND item.compared_at IS NULL
        AND item.finished_at < (${today}::date)::timestamp AT TIME ZONE hospital.time_zone
        AND item.finished_at < clock_timestamp() - ${SHOWN_WITHIN_HOURS} * interval '1 hour'
        AND item.finished_at > (${today}::date - ${DAYS_BACK}::int)::timestamp AT TIME ZONE hospital.time_zone
        AND (item.rung_at IS NULL OR item.rung_at < clock_timestamp() - ${TRY_AGAIN_HOURS} * interval '1 hour')
      ORDER BY item.rung_at NULLS FIRST, item.finished_at LIMIT ${limit} FOR UPDATE OF item SKIP LOCKED
    )
    RETURNING id`.execute(db)
  return rows.map((row) => row.id)
}

/** What the ledger holds for done stands at the target. */
export async function noteCompared(db: LedgerDatabase, item: ItemRow): Promise<void> {
  await compared(db, item, 'compared', null)
}

/** It does not: an alarm for a person, and the deployment is stopped; in one transaction, or it is compared another time. */
export async function noteContradicted(db: LedgerDatabase, item: ItemRow, sentence: string): Promise<void> {
  const { hospital, deployment, id } = item
  await inTransaction(db, async (tx) => {
    await compared(tx, item, 'contradicted', sentence)
    await tx
      .insertInto('alarm')
      .values({ hospital, deployment, item: id, kind: 'target-differs', sentence })
      .execute()
    await stopDeployment(tx, deployment, sentence)
  })
}

async function compared(
  db: LedgerDatabase,
  item: ItemRow,
  kind: string,
  sentence: string | null,
): Promise<void> {
  await sql`
    WITH changed AS (
      UPDATE item SET compared_at = clock_timestamp() WHERE id = ${item.id} AND state = 'done' RETURNING id, attempt, fence
    )
    INSERT INTO event (item, kind, attempt, fence, sentence)
    SELECT id, ${kind}, attempt, fence, ${sentence}::text FROM changed`.execute(db)
}
