import { sql } from 'kysely'
import { HAS_FAILING_SYSTEM, HAS_HELD_SYSTEM } from './may-go-on.ts'
import type { DeploymentMode, LedgerDatabase } from './tables.ts'

/** What waits for one deployment. */
export interface DeploymentQueue {
  readonly deployment: string
  readonly bot: string
  readonly mode: DeploymentMode
  readonly stopped: boolean
  /** Queued, those that are not due yet among them. */
  readonly waiting: number
  /** Queued and due. */
  readonly due: number
  /** Since when the oldest of those is due. */
  readonly oldestDueAt: Date | null
  readonly inHand: number
  /** Of which it is not known whether it happened. */
  readonly unsure: number
  readonly parked: number
  /** Why nothing of it is taken now: it is off or stopped, or a system of it is held or failing. */
  readonly heldBy: 'off' | 'stopped' | 'system-held' | 'system-failing' | null
}

/** Nothing of the deployment `d` is taken while one of these holds; the first that does, as text. */
export const HELD_BY = sql`CASE WHEN d.mode = 'off' THEN 'off' WHEN d.stopped_at IS NOT NULL THEN 'stopped'
  WHEN ${HAS_HELD_SYSTEM} THEN 'system-held' WHEN ${HAS_FAILING_SYSTEM} THEN 'system-failing' END`

/** The queue of each deployment of a hospital, the longest waiting first; costs what waits, not what there is. */
export async function readQueue(db: LedgerDatabase, hospital: string): Promise<DeploymentQueue[]> {
  const { rows } = await sql<DeploymentQueue>`
    SELECT d.id AS deployment, d.bot, d.mode, d.stopped_at IS NOT NULL AS stopped, coalesce(q.waiting, 0) AS waiting,
      coalesce(q.due, 0) AS due, q.oldest AS "oldestDueAt", coalesce(q.hand, 0) AS "inHand",
      coalesce(q.unsure, 0) AS unsure, coalesce(q.parked, 0) AS parked, ${HELD_BY} AS "heldBy"
    FROM deployment d LEFT JOIN (
      SELECT deployment, count(*) FILTER (WHERE state = 'queued')::int AS waiting,
        count(*) FILTER (WHERE state = 'queued' AND due_at <= clock_timestamp())::int AS due,
        min(due_at) FILTER (WHERE state = 'queued' AND due_at <= clock_timestamp()) AS oldest,
        count(*) FILTER (WHERE state IN ('claimed', 'armed'))::int AS hand,
        count(*) FILTER (WHERE state = 'unsure')::int AS unsure, count(*) FILTER (WHERE state = 'parked')::int AS parked
      FROM item WHERE hospital = ${hospital}
        AND (state = 'queued' OR state = 'unsure' OR state IN ('claimed', 'armed') OR state = 'parked')
      GROUP BY deployment
    ) q ON q.deployment = d.id
    WHERE d.hospital = ${hospital} ORDER BY q.oldest NULLS LAST, d.id`.execute(db)
  return rows
}
