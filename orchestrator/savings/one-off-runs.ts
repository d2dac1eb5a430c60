import { sql } from 'kysely'
import type { LedgerDatabase } from '../ledger/tables.ts'

/** A run that collected work, as somebody who marks backlogs sees it. */
export interface OneOffRun {
  readonly run: string
  readonly deployment: string
  readonly kind: 'schedule' | 'by-hand' | 'list'
  readonly firedAt: Date
  /** How many items it put in the ledger so far. */
  readonly items: number
  /** Whether it was marked as the clearing of a backlog; else it still can be. */
  readonly marked: boolean
}

/** Of each deployment, so many of its newest runs are looked at: whatever is older has counted long since. */
const NEWEST = 20

/**
 * The newest runs of a hospital that were marked as the clearing of a backlog or still can be, by the rule of
 * `markRunOneOff`: not while it is being collected, and not once an item of it has counted. Only runs that collect much at
 * once, so none that a message or a change set off.
 */
export async function readOneOffRuns(db: LedgerDatabase, hospital: string): Promise<OneOffRun[]> {
  const { rows } = await sql<OneOffRun>`
    SELECT r.id AS run, r.deployment, r.kind, r.fired_at AS "firedAt", r.added AS items, r.one_off AS marked
    FROM deployment d CROSS JOIN LATERAL (
      SELECT * FROM run WHERE run.deployment = d.id AND kind IN ('schedule', 'by-hand', 'list')
      ORDER BY fired_at DESC LIMIT ${NEWEST}
    ) r
    WHERE d.hospital = ${hospital} AND (r.one_off OR (
      (r.state = 'waiting' OR (r.state <> 'collecting' AND r.added > 0))
      AND NOT EXISTS (SELECT FROM item i JOIN event e ON e.item = i.id
        WHERE i.run = r.id AND (e.kind IN ('done', 'parked') OR e.detail ? 'humanSeconds'))
    ))
    ORDER BY r.fired_at DESC, r.id`.execute(db)
  return rows
}
