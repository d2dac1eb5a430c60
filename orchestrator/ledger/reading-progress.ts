import { sql } from 'kysely'
import type { DeploymentMode, ItemState, LedgerDatabase, RunRow } from './tables.ts'

export interface DeploymentSummary {
  readonly id: string
  readonly hospital: string
  readonly bot: string
  readonly mode: DeploymentMode
  readonly stoppedAt: Date | null
  readonly stoppedReason: string | null
  readonly lastRunAt: Date | null
  readonly lastRunState: RunRow['state'] | null
  readonly lastRunReason: string | null
  /** Queued. */
  readonly waiting: number
  /** Claimed, armed or unsure. */
  readonly busy: number
  readonly parked: number
  /** Ended well on the hospital's local day, by the robot or by hand. */
  readonly doneToday: number
  /** Of its schedules, and when a server is next asked for changes. */
  readonly nextFiring: Date | null
  /** What starts it, in the order of the ids. */
  readonly triggers: readonly TriggerSummary[]
  readonly timeZone: string
}

export interface TriggerSummary {
  readonly id: string
  readonly kind: 'schedule' | 'hl7' | 'fhir'
  /** `0 7 * * *`, `ADT^A08 ADT^A31`, or `Appointment`. */
  readonly says: string
  /** Why a server could not be asked for changes the last time; null when it could. */
  readonly reason: string | null
}

/** How many open items each deployment has: each arm of the OR has its own partial index. */
const OPEN = sql`SELECT deployment, count(*) FILTER (WHERE state = 'queued')::int AS waiting,
    count(*) FILTER (WHERE state IN ('claimed', 'armed', 'unsure'))::int AS busy,
    count(*) FILTER (WHERE state = 'parked')::int AS parked
  FROM item WHERE state = 'queued' OR state = 'unsure' OR state IN ('claimed', 'armed') OR state = 'parked'
  GROUP BY deployment`

const DONE_TODAY = sql`coalesce((SELECT sum(items)::int FROM day_count c WHERE c.deployment = d.id
  AND c.day = (now() AT TIME ZONE h.time_zone)::date AND c.outcome IN ('done', 'nothing', 'by-hand', 'shadow')), 0)`

/** Every deployment with how it stands. */
export async function readDeployments(db: LedgerDatabase): Promise<DeploymentSummary[]> {
  const { rows } = await sql<DeploymentSummary>`
    SELECT d.id, d.hospital, d.bot, d.mode, d.stopped_at AS "stoppedAt", d.stopped_reason AS "stoppedReason",
      last.fired_at AS "lastRunAt", last.state AS "lastRunState", last.reason AS "lastRunReason",
      coalesce(open.waiting, 0) AS waiting, coalesce(open.busy, 0) AS busy, coalesce(open.parked, 0) AS parked,
      ${DONE_TODAY} AS "doneToday", h.time_zone AS "timeZone",
      (SELECT min(coalesce(t.next_at, p.due_at)) FROM trigger t LEFT JOIN fhir_poll p ON p.trigger = t.id
        WHERE t.deployment = d.id AND d.mode <> 'off') AS "nextFiring",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, 'reason', p.reason,
          'says', coalesce(t.cron, p.resource_type, array_to_string(t.message_types, ' '))) ORDER BY t.id), '[]')
        FROM trigger t LEFT JOIN fhir_poll p ON p.trigger = t.id WHERE t.deployment = d.id) AS triggers
    FROM deployment d JOIN hospital h ON h.id = d.hospital LEFT JOIN (${OPEN}) open ON open.deployment = d.id
    LEFT JOIN LATERAL (SELECT fired_at, state, reason FROM run WHERE run.deployment = d.id
      ORDER BY fired_at DESC LIMIT 1) last ON true
    ORDER BY d.hospital, d.id`.execute(db)
  return rows
}

/** A deployment at this moment, for showing while it works. */
export interface DeploymentProgress {
  readonly id: string
  readonly mode: DeploymentMode
  readonly stopped: boolean
  readonly doneToday: number
  readonly parked: number
  readonly waiting: number
  readonly busy: number
  /** How many items the run that is being collected found so far. */
  readonly collecting: number | null
  /** The item that was taken last, and the last that was written down about it. */
  readonly reference: string | null
  readonly eventKind: string | null
  readonly eventName: string | null
}

/** Where these deployments stand; costs what is open, not what was ever done. */
export async function readProgress(
  db: LedgerDatabase,
  ids: readonly string[],
): Promise<DeploymentProgress[]> {
  const { rows } = await sql<DeploymentProgress>`
    SELECT d.id, d.mode, d.stopped_at IS NOT NULL AS stopped, ${DONE_TODAY} AS "doneToday",
      coalesce(open.parked, 0) AS parked, coalesce(open.waiting, 0) AS waiting, coalesce(open.busy, 0) AS busy,
      (SELECT found FROM run WHERE run.deployment = d.id AND run.state = 'collecting' ORDER BY due_at LIMIT 1) AS collecting,
      current.reference, current.kind AS "eventKind", current.name AS "eventName"
    FROM deployment d JOIN hospital h ON h.id = d.hospital LEFT JOIN (${OPEN}) open ON open.deployment = d.id
    LEFT JOIN LATERAL (
      SELECT held.reference, e.kind, e.name
      FROM (SELECT id, reference FROM item WHERE deployment = d.id AND state IN ('claimed', 'armed')
        ORDER BY lease_until DESC LIMIT 1) held
      LEFT JOIN LATERAL (SELECT kind, name FROM event WHERE item = held.id ORDER BY id DESC LIMIT 1) e ON true
    ) current ON true
    WHERE d.id = ANY(${ids}) ORDER BY array_position(${ids}::text[], d.id)`.execute(db)
  return rows
}

export interface RunProgress {
  readonly state: RunRow['state']
  readonly reason: string | null
  /** What it found, and how many of those were new. */
  readonly found: number
  readonly added: number
  readonly states: Readonly<Record<ItemState, number>>
}

/** What became of a run's items so far. @throws when there is no such run */
export async function readRunProgress(db: LedgerDatabase, id: string): Promise<RunProgress> {
  const run = await db
    .selectFrom('run')
    .select(['hospital', 'deployment', 'fired_at', 'state', 'reason', 'found', 'added'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const rows = await db
    .selectFrom('item')
    .select((eb) => ['state', eb.fn.countAll<number>().as('items')])
    .where('deployment', '=', run.deployment)
    .where('hospital', '=', run.hospital)
    .where('arrived_at', '>=', run.fired_at)
    .where('run', '=', id)
    .groupBy('state')
    .execute()
  const none = { queued: 0, claimed: 0, armed: 0, unsure: 0, done: 0, parked: 0, cancelled: 0 }
  const states = { ...none, ...Object.fromEntries(rows.map(({ state, items }) => [state, items])) }
  const { state, reason, found, added } = run
  return { state, reason, found, added, states }
}

/** How many workers gave a sign of life within this many seconds. */
export async function countWorkers(db: LedgerDatabase, withinSeconds: number): Promise<number> {
  const { rows } = await sql<{ workers: number }>`SELECT count(*)::int AS workers FROM worker
    WHERE heartbeat_at > clock_timestamp() - ${withinSeconds} * interval '1 second'`.execute(db)
  return rows[0]?.workers ?? 0
}
