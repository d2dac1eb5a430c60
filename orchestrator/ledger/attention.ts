import { sql } from 'kysely'
import type { LedgerDatabase } from './tables.ts'

/** Something at a hospital that a person should look at first. What belongs to its kind is filled in. */
export interface Attention {
  readonly kind: AttentionKind
  readonly deployment: string | null
  readonly system: string | null
  readonly trigger: string | null
  /** Of which a baseline is missing. */
  readonly variant: string | null
  readonly alarm: number | null
  readonly item: string | null
  /** Those that caused an alarm, when they are several. */
  readonly items: readonly string[]
  /** The local days that an alarm is about, both included. */
  readonly from: string | null
  readonly to: string | null
  readonly count: number | null
  /** Since when, or for a hold until when. */
  readonly at: Date | null
  /** What kind of failure or alarm the sentence tells of. */
  readonly code: string | null
  /** As it was written down when it happened; a person's own words for a hold. */
  readonly sentence: string | null
}

/** In the order in which they are shown: what stands still first. */
export const ATTENTION_KINDS = [
  'stopped',
  'circuit-open',
  'sign-in',
  'not-fired',
  'run-failed',
  'overdue',
  'unsure',
  'parked',
  'alarm',
  'without-baseline',
  'remeasure',
  'held',
] as const
export type AttentionKind = (typeof ATTENTION_KINDS)[number]

/** An item that is due for longer than this and that no worker took, and a schedule that is late by that much. */
export interface AttentionLimits {
  readonly overdueMinutes: number
  readonly lateFiringMinutes: number
}

export const ATTENTION_LIMITS: AttentionLimits = { overdueMinutes: 60, lateFiringMinutes: 5 }

const MOST_ALARMS = 20

/** What needs a person first, the most pressing kind first. Costs what is open, never what was ever done. */
export async function readAttention(
  db: LedgerDatabase,
  hospital: string,
  limits: AttentionLimits = ATTENTION_LIMITS,
): Promise<Attention[]> {
  const parts = sql.join(
    [
      STANDSTILL(hospital),
      LATE(hospital, limits),
      OPEN_ITEMS(hospital, limits),
      ALARMS(hospital),
      WITHOUT_BASELINE(hospital),
      REMEASURE(hospital),
    ],
    sql` UNION ALL `,
  )
  const { rows } = await sql<Attention>`
    SELECT needs.*, coalesce(alarm.items, '{}') AS items, alarm.from_day AS "from", alarm.to_day AS "to"
    FROM (${parts}) needs (kind, deployment, system, trigger, alarm, item, count, at, code, sentence, variant)
    LEFT JOIN alarm ON alarm.id = needs.alarm
    ORDER BY array_position(${[...ATTENTION_KINDS]}::text[], needs.kind), needs.at, needs.deployment, variant`.execute(
    db,
  )
  return rows
}

const NOTHING = {
  text: sql`NULL::text`,
  number: sql`NULL::int`,
  id: sql`NULL::uuid`,
  alarm: sql`NULL::bigint`,
}

/** Deployments that were stopped, systems that fail or are held. */
const STANDSTILL = (hospital: string) => sql`
  SELECT 'stopped', d.id, ${NOTHING.text}, ${NOTHING.text}, ${NOTHING.alarm}, ${NOTHING.id}, ${NOTHING.number}, d.stopped_at,
    'deployment-stopped', d.stopped_reason, ${NOTHING.text}
  FROM deployment d WHERE d.hospital = ${hospital} AND d.stopped_at IS NOT NULL
  UNION ALL SELECT 'circuit-open', NULL, s.id, NULL, NULL, NULL, s.failures, s.open_until, NULL, NULL, NULL
  FROM system s WHERE s.hospital = ${hospital} AND s.open_until IS NOT NULL
  UNION ALL SELECT 'held', NULL, s.id, NULL, NULL, NULL, NULL, s.held_until, NULL, s.held_reason, NULL
  FROM system s WHERE s.hospital = ${hospital} AND s.held_reason IS NOT NULL
    AND (s.held_until IS NULL OR s.held_until > clock_timestamp())`

/** Schedules that did not fire when they should have, and last runs that failed. */
const LATE = (hospital: string, { lateFiringMinutes }: AttentionLimits) => sql`
  SELECT 'not-fired', t.deployment, NULL, t.id, NULL, NULL, NULL, t.next_at, NULL, NULL, NULL
  FROM trigger t JOIN deployment d ON d.id = t.deployment
  WHERE d.hospital = ${hospital} AND d.mode <> 'off' AND t.kind = 'schedule'
    AND t.next_at < clock_timestamp() - ${lateFiringMinutes} * interval '1 minute'
  UNION ALL SELECT 'run-failed', d.id, NULL, NULL, NULL, NULL, NULL, last.fired_at, 'run-failed', last.reason, NULL
  FROM deployment d CROSS JOIN LATERAL (
    SELECT state, fired_at, reason FROM run WHERE run.deployment = d.id ORDER BY fired_at DESC LIMIT 1
  ) last WHERE d.hospital = ${hospital} AND d.mode <> 'off' AND last.state = 'failed'`

/** The codes of failures to sign in, as connectors/browser and connectors/fhir give them. */
const SIGN_IN = sql`code IN ('credentials-missing', 'sign-in-code-missing', 'sign-in-lost', 'sign-in-refused',
  'sign-in-settings', 'sign-in-unavailable')`

/** Each deployment's open items by its own index; a stopped one is mentioned as such, not for what it leaves waiting. */
const OPEN_ITEMS = (hospital: string, { overdueMinutes }: AttentionLimits) => sql`
  SELECT counted.kind, d.id, NULL, NULL, NULL, NULL, counted.items, counted.at, counted.code, counted.sentence,
    NULL
  FROM deployment d CROSS JOIN LATERAL (
    SELECT CASE parked_kind WHEN 'unsure' THEN 'unsure' ELSE 'parked' END AS kind, count(*)::int AS items,
      min(arrived_at) AS at, NULL AS code, NULL AS sentence
    FROM item WHERE deployment = d.id AND state = 'parked' AND state <> 'done' GROUP BY 1
    UNION ALL SELECT 'overdue', count(*)::int, min(due_at), NULL, NULL
    FROM item WHERE deployment = d.id AND state = 'queued' AND state <> 'done' AND d.stopped_at IS NULL AND d.mode <> 'off'
      AND due_at < clock_timestamp() - ${overdueMinutes} * interval '1 minute'
    UNION ALL SELECT 'sign-in', count(*)::int, NULL, (array_agg(item.code ORDER BY arrived_at DESC))[1],
      (array_agg(item.sentence ORDER BY arrived_at DESC))[1]
    FROM item WHERE deployment = d.id AND state <> 'done' AND ${SIGN_IN} AND state IN ('queued', 'parked')
  ) counted WHERE d.hospital = ${hospital} AND counted.items > 0`

const ALARMS = (hospital: string) => sql`
  (SELECT 'alarm', a.deployment, NULL, a.kind, a.id, a.item, NULL, a.at, a.kind, a.sentence, NULL FROM alarm a
  WHERE a.hospital = ${hospital} AND a.closed_at IS NULL ORDER BY a.id DESC LIMIT ${MOST_ALARMS})`

const TODAY = sql`SELECT (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date AS today`

/** Of these last days. */
const UNCOUNTED_DAYS = 28

/** Baselines that are missing today, for whose want items of these last days count nothing. */
const WITHOUT_BASELINE = (hospital: string) => sql`
  SELECT 'without-baseline', coalesce(part.baseline_deployment, d.id), NULL, NULL, NULL, NULL, sum(c.counting)::int,
    min(c.day)::timestamp AT TIME ZONE 'UTC', NULL, NULL, coalesce(part.baseline_variant, c.variant)
  FROM deployment d JOIN day_count c ON c.deployment = d.id CROSS JOIN LATERAL (${TODAY}) now
  LEFT JOIN LATERAL (${partOn(sql`now.today`)}) part ON true
  WHERE d.hospital = ${hospital} AND c.day > now.today - ${UNCOUNTED_DAYS}::int AND c.counting > 0 AND c.kind <> 'left-out'
    AND NOT ${isWorth(sql`c.day`)} AND NOT ${isWorth(sql`now.today`)}
  GROUP BY 2, 11`

type Sql = ReturnType<typeof sql>

/** Whose baseline items like those of the count \`c\` have a share of on a day; none outside a chain. */
const partOn = (day: Sql): Sql => sql`
  SELECT chain.baseline_deployment, chain.baseline_variant FROM chain_part p JOIN chain ON chain.id = p.chain
  WHERE p.deployment = c.deployment AND p.variant = c.variant AND daterange(chain.valid_from, chain.valid_until) @> ${day}`

/** Whether items like those of the count \`c\` are worth something on a day. */
const isWorth = (day: Sql): Sql => sql`EXISTS (
  SELECT FROM (SELECT 1) one LEFT JOIN LATERAL (${partOn(day)}) of ON true
  JOIN baseline b ON b.deployment = coalesce(of.baseline_deployment, c.deployment)
    AND b.variant = coalesce(of.baseline_variant, c.variant)
  WHERE daterange(b.valid_from, b.valid_until) @> ${day})`

/** Baselines that are valid and should have been measured again. */
const REMEASURE = (hospital: string) => sql`
  SELECT 'remeasure', d.id, NULL, NULL, NULL, NULL, count(*)::int, min(b.remeasure_on)::timestamptz, NULL, NULL,
    NULL
  FROM deployment d JOIN baseline b ON b.deployment = d.id,
    LATERAL (${TODAY}) now
  WHERE d.hospital = ${hospital} AND d.mode <> 'off' AND b.remeasure_on < now.today
    AND daterange(b.valid_from, b.valid_until) @> now.today
  GROUP BY d.id`

/** An alarm that somebody has seen to; false when it was closed already or is not of this hospital. */
export async function closeAlarm(
  db: LedgerDatabase,
  {
    hospital,
    alarm,
    account,
  }: { readonly hospital: string; readonly alarm: number; readonly account: string },
): Promise<boolean> {
  const closed = await db
    .updateTable('alarm')
    .set({ closed_at: sql<Date>`clock_timestamp()`, closed_by: account })
    .where('id', '=', alarm)
    .where('hospital', '=', hospital)
    .where('closed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return closed !== undefined
}
