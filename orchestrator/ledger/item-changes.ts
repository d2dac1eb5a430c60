import { sql } from 'kysely'
import type { LedgerDatabase } from './tables.ts'

/** What changed at a hospital since the last look. */
export interface HospitalChange {
  readonly hospital: string
  readonly deployments: readonly string[]
  /** At most 100; when there were more, all may have changed. */
  readonly items: readonly string[]
  readonly more: boolean
  /** Whether something came into the worklist, left it, or changed hands. */
  readonly worklist: boolean
}

/** How far the ledger was looked at. */
export interface Seen {
  readonly event: number
  /** By hospital: what deployments, systems, schedules, runs and alarms look like. */
  readonly outlines: ReadonlyMap<string, string>
}

const MOST_ITEMS = 100
/** An event may be committed after one with a higher number: this many are looked at again. */
const OVERLAP = 200

const WORKLIST_KINDS = [
  'parked',
  'taken',
  'assigned',
  'released',
  'taken-over',
  'given-back',
  'done',
  'cancelled',
  'retried',
]

/** Where the ledger stands now; `changesSince` tells what came after. */
export async function seenNow(db: LedgerDatabase): Promise<Seen> {
  const { rows } = await sql<{ event: number }>`SELECT coalesce(max(id), 0) AS event FROM event`.execute(db)
  return { event: rows[0]?.event ?? 0, outlines: await outlines(db) }
}

/** What changed at which hospital; costs what happened since, not what there is. An event may be told of twice. */
export async function changesSince(
  db: LedgerDatabase,
  seen: Seen,
): Promise<{ seen: Seen; changes: HospitalChange[] }> {
  const { rows } = await sql<Omit<HospitalChange, 'more'> & { last: number; count: number }>`
    SELECT i.hospital, max(e.id) AS last, array_agg(DISTINCT i.deployment) AS deployments,
      (array_agg(DISTINCT i.id))[1:${MOST_ITEMS}::int] AS items, count(DISTINCT i.id)::int AS count,
      bool_or(e.kind = ANY(${WORKLIST_KINDS})) AS worklist
    FROM event e JOIN item i ON i.id = e.item
    WHERE e.id > ${seen.event - OVERLAP} AND (e.id > ${seen.event} OR e.at > now() - interval '3 seconds')
    GROUP BY i.hospital`.execute(db)
  const now = await outlines(db)
  const changed = new Map(
    rows.map(({ hospital, deployments, items, worklist, count }) => [
      hospital,
      { hospital, deployments, items, worklist, more: count > MOST_ITEMS },
    ]),
  )
  for (const [hospital, outline] of now) {
    if (seen.outlines.get(hospital) === outline || changed.has(hospital)) continue
    changed.set(hospital, { hospital, deployments: [], items: [], worklist: false, more: false })
  }
  const event = Math.max(seen.event, ...rows.map(({ last }) => last))
  return { seen: { event, outlines: now }, changes: [...changed.values()] }
}

async function outlines(db: LedgerDatabase): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; outline: string }>`
    SELECT h.id, concat_ws('|',
      (SELECT md5(string_agg(concat_ws(',', d.id, d.mode, d.stopped_at, last.fired_at, last.state, last.added), ';' ORDER BY d.id))
        FROM deployment d LEFT JOIN LATERAL (
          SELECT fired_at, state, added FROM run WHERE run.deployment = d.id ORDER BY fired_at DESC LIMIT 1
        ) last ON true WHERE d.hospital = h.id),
      (SELECT md5(string_agg(concat_ws(',', s.id, s.held_reason, s.held_until, s.open_until IS NULL), ';' ORDER BY s.id))
        FROM system s WHERE s.hospital = h.id),
      (SELECT concat(count(*), '-', max(a.id)) FROM alarm a WHERE a.hospital = h.id AND a.closed_at IS NULL)
    ) AS outline FROM hospital h`.execute(db)
  return new Map(rows.map(({ id, outline }) => [id, outline]))
}
