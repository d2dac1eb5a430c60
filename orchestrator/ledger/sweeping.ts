import { sql, type RawBuilder } from 'kysely'
import { IS_HELD_BY_ORDER } from './item-order.ts'
import { HAS_FAILING_SYSTEM, IS_AT_WORK, MAY_LOOK_UP } from './may-go-on.ts'
import { parkedCount, parkedEvent } from './parking.ts'
import { noted } from './transition.ts'
import type { LedgerDatabase } from './tables.ts'

/** An earlier press was to be repeated: what that one did is not known. */
const MAY_HAVE_HAPPENED = sql`EXISTS (SELECT FROM act WHERE act.item = item.id AND act.state = 'armed')`

/**
 * Claims whose lease ran out while nothing was armed go back to the queue, under a new fence so that their holder
 * is recognised as late. After `maxAttempts` the item waits for a person. Gives how many.
 */
export async function returnExpiredClaims(db: LedgerDatabase, maxAttempts: number): Promise<number> {
  const { rows } = await sql`
    WITH changed AS (
      UPDATE item SET fence = fence + 1, worker = NULL, lease_until = NULL, rung_at = NULL, due_at = clock_timestamp(),
        code = 'worker-lost',
        sentence = CASE WHEN ${MAY_HAVE_HAPPENED} THEN 'Its worker stopped answering before it repeated what may have happened earlier.'
          ELSE 'Its worker stopped answering before anything was pressed.' END,
        state = CASE WHEN attempt >= ${maxAttempts} THEN 'parked' ELSE 'queued' END,
        parked_kind = CASE WHEN attempt < ${maxAttempts} THEN NULL WHEN ${MAY_HAVE_HAPPENED} THEN 'unsure' ELSE 'technical' END
      WHERE state = 'claimed' AND lease_until < clock_timestamp()
      RETURNING *
    ), noted AS (
      INSERT INTO event (item, kind, attempt, fence, code, sentence)
      SELECT id, 'queued', attempt, fence, code, sentence FROM changed WHERE state = 'queued'
    ), ${parkedEvent}, ${parkedCount}
    SELECT id FROM changed`.execute(db)
  return rows.length
}

/**
 * Armed items whose lease ran out become unsure: it may have happened. They are looked up once the quiet period since
 * arming is over. Gives how many.
 */
export async function doubtExpiredPresses(db: LedgerDatabase, quietSeconds: number): Promise<number> {
  const { rows } = await sql`
    WITH changed AS (
      UPDATE item SET state = 'unsure', fence = item.fence + 1, worker = NULL, lease_until = NULL, rung_at = NULL,
        code = 'worker-lost', sentence = 'Its worker stopped answering while it was pressing; it is looked up whether it happened.',
        due_at = greatest(clock_timestamp(), act.armed_at + ${quietSeconds} * interval '1 second')
      FROM act
      WHERE item.state = 'armed' AND item.lease_until < clock_timestamp() AND act.item = item.id AND act.state = 'armed'
      RETURNING item.*
    ), ${noted([{ kind: 'unsure', code: 'worker-lost' }], null)}
    SELECT id FROM changed`.execute(db)
  return rows.length
}

export interface DueItem {
  readonly id: string
  readonly turn: string
}

/**
 * Items that can be taken now and whose bell was not rung, or rung so long ago that it must be lost; marked as rung now.
 * At most `limit`: the deployments by turns, and of each those first that were rung for least lately. What waits at a
 * deployment that takes nothing now is not even read, so that it keeps nobody from a turn and costs nothing.
 */
export async function takeUnrung(
  db: LedgerDatabase,
  ringAgainSeconds: number,
  limit: number,
): Promise<DueItem[]> {
  const due = sql`due_at <= clock_timestamp()
    AND (rung_at IS NULL OR rung_at < clock_timestamp() - ${ringAgainSeconds} * interval '1 second')`
  const ofEach = (deployments: RawBuilder<unknown>, items: RawBuilder<unknown>) => sql`
    SELECT its.id, its.turn FROM deployment d CROSS JOIN LATERAL (
      SELECT id, row_number() OVER (ORDER BY rung_at NULLS FIRST, due_at) AS turn FROM item
      WHERE deployment = d.id AND ${items} AND ${due} ORDER BY rung_at NULLS FIRST, due_at LIMIT ${limit}
    ) its WHERE ${deployments} AND NOT ${HAS_FAILING_SYSTEM}`
  const { rows } = await sql<DueItem>`
    WITH chosen AS MATERIALIZED (
      ${ofEach(MAY_LOOK_UP, sql`state = 'unsure'`)}
      UNION ALL ${ofEach(IS_AT_WORK, sql`state = 'queued' AND NOT ${IS_HELD_BY_ORDER}`)}
      ORDER BY turn LIMIT ${limit}
    )
    UPDATE item SET rung_at = clock_timestamp()
    WHERE id IN (
      SELECT id FROM item WHERE id = ANY(ARRAY(SELECT id FROM chosen)) AND state IN ('queued', 'unsure') AND ${due}
      FOR UPDATE SKIP LOCKED
    )
    RETURNING id, state || '-' || attempt || '-' || looks || '-' || fence AS turn`.execute(db)
  return rows
}

/** Removes workers that gave no sign of life for a day; they were killed and could not sign off. */
export async function forgetLostWorkers(db: LedgerDatabase): Promise<void> {
  await sql`DELETE FROM worker WHERE heartbeat_at < clock_timestamp() - interval '1 day'`.execute(db)
}
