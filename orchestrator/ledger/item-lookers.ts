import { sql } from 'kysely'
import type { AccessTables } from './access-tables.ts'
import type { LedgerDatabase } from './tables.ts'

type Entry = AccessTables['access_entry']

/** That somebody, or a robot, saw or changed an item or its evidence. */
export interface Look {
  readonly at: Date
  readonly kind: Entry['actor_kind']
  readonly actor: string
  readonly action: Entry['action']
  readonly subject: Entry['subject_kind']
  readonly outcome: Entry['outcome']
}

const MOST_LOOKS = 200

/** Who looked at an item and at its evidence, the newest first and at most 200; out of the access log. */
export async function readLooks(db: LedgerDatabase, item: string): Promise<Look[]> {
  const { rows } = await sql<Look>`
    SELECT a.at, a.actor_kind AS kind, a.actor, a.action, a.subject_kind AS subject, a.outcome FROM access_entry a
    WHERE (a.subject = ${item} AND a.subject_kind = 'item')
      OR (a.subject = ANY(ARRAY(SELECT id::text FROM evidence WHERE item = ${item})) AND a.subject_kind = 'evidence')
    ORDER BY a.id DESC LIMIT ${MOST_LOOKS}`.execute(db)
  return rows
}
