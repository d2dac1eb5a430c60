import { sql } from 'kysely'
import { messagePurpose } from '../../orchestrator/triggers/sort-left-behind.ts'
import type { Installation } from '../../orchestrator/installation.ts'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'

const HOSPITAL = 'noord'
const CHANNEL = 'noord-adt'
/** Those that `seedSetup` makes, with two variants of the second and one that has no baseline. */
const DEPLOYMENTS = ['noord-insurance-check', 'noord-referral-intake', 'noord-deceased-appointments']
const DAYS = 90
const RUNS_A_DAY = 24
/** Of a hundred thousand: 250 wait for a person, 200 for a worker, 100 were cancelled; 4,000 a person finished. */
const STATE = sql`CASE WHEN n % 400 = 0 THEN 'parked' WHEN n % 1000 = 1 THEN 'cancelled' WHEN n % 500 = 3 THEN 'queued' ELSE 'done' END`
const BY_HAND = sql`n % 25 = 7`
/** One in so many items came with a message. */
const ITEMS_A_MESSAGE = 5
const HAND_OVER = sql`interval '5 minutes'`

/**
 * Three months of a hospital on top of what is seeded already: items with their runs, events, acts, credits and counts,
 * an access for each, and messages. Written straight into the tables, for one by one it would take an hour.
 */
export async function fillHospital(
  owner: LedgerDatabase,
  { secrets }: Pick<Installation, 'secrets'>,
  items: number,
): Promise<void> {
  await addRuns(owner)
  await addItems(owner, items)
  await addStories(owner)
  await addCounts(owner)
  await addAccesses(owner)
  const sealed = secrets.seal(messagePurpose(HOSPITAL, CHANNEL), Buffer.from('MSH|^~\\&|ZIS|NOORD'))
  await addMessages(owner, Math.round(items / ITEMS_A_MESSAGE), sealed)
  await sql`VACUUM ANALYZE`.execute(owner)
}

const addRuns = (owner: LedgerDatabase) =>
  sql`
  INSERT INTO run (hospital, deployment, kind, fired_at, state, found, added)
  SELECT ${HOSPITAL}, d, 'schedule', now() - n * interval '1 hour', 'collected', 20, 15
  FROM generate_series(1, ${DAYS * RUNS_A_DAY}::int) n, unnest(${DEPLOYMENTS}::text[]) d`.execute(owner)

const addItems = (owner: LedgerDatabase, items: number) =>
  sql`
  INSERT INTO item (hospital, deployment, run, reference, case_reference, data, marker, state, parked_kind, code, sentence,
    outcome, variant, attempt, fence, bot_version, arrived_at, due_at, finished_at)
  SELECT ${HOSPITAL}, deployment, (SELECT id FROM run r WHERE r.deployment = m.deployment AND r.fired_at <= at ORDER BY fired_at DESC LIMIT 1),
    'zaak-' || n, 'zaak-' || n, jsonb_build_object('appointment', 'zaak-' || n, 'patient', 'patient-' || n % 20000, 'date', '2026-12-01'),
    'OR-' || n, state, CASE state WHEN 'parked' THEN 'business' END,
    CASE state WHEN 'parked' THEN 'not-insured' END, CASE state WHEN 'parked' THEN 'The insurer knows no policy on this date: ask the patient.' END,
    CASE WHEN state <> 'done' THEN NULL WHEN ${BY_HAND} THEN 'by-hand' ELSE 'done' END,
    CASE state WHEN 'done' THEN CASE WHEN n % 3 = 0 THEN 'first-check' ELSE 'renewed' END END,
    CASE state WHEN 'queued' THEN 0 ELSE 1 END, CASE state WHEN 'queued' THEN 0 ELSE 1 END, '0.1.0', at, at,
    CASE WHEN state IN ('done', 'cancelled') THEN at + ${HAND_OVER} END
  FROM (
    SELECT n, (${DEPLOYMENTS}::text[])[1 + n % 3] AS deployment, ${STATE} AS state,
      now() - interval '2 minutes' - n * interval '1 day' * ${DAYS}::int / ${items}::int AS at
    FROM generate_series(1, ${items}::int) n
  ) m`.execute(owner)

const MADE = sql`reference LIKE 'zaak-%'`
const EVENTS = sql`(VALUES (1, 'claimed', NULL, NULL), (2, 'step', 'read the appointment', 210), (3, 'step', 'check at the insurer', 1840),
  (4, 'armed', 'store the coverage', NULL), (5, 'pressed', 'store the coverage', 320), (6, 'done', NULL, NULL)) AS e (place, kind, name, ms)`

/** In the order in which it happened, as the log of a hospital that is at work has it. */
async function addStories(owner: LedgerDatabase): Promise<void> {
  await sql`
    INSERT INTO event (item, at, kind, attempt, fence, name, ms, code, detail)
    SELECT i.id, i.arrived_at + e.place * interval '2 seconds', CASE WHEN e.place = 6 THEN i.state ELSE e.kind END, 1, 1, e.name, e.ms,
      CASE WHEN e.place = 6 THEN coalesce(i.code, i.state) END,
      CASE WHEN e.place < 6 THEN NULL WHEN i.state = 'parked' THEN '{"kind": "business", "humanSeconds": 45}'::jsonb ELSE '{}'::jsonb END
    FROM item i, ${EVENTS}
    WHERE i.${MADE} AND i.state IN ('done', 'parked', 'cancelled') AND (e.place NOT IN (4, 5) OR i.outcome = 'done')
    ORDER BY i.arrived_at + e.place * interval '2 seconds'`.execute(owner)
  await sql`
    INSERT INTO act (item, name, state, how, fence, payload_hash, verifiable, repeatable, reference, armed_at, finished_at)
    SELECT id, 'store the coverage', 'done', 'pressed', 1, '\\x00', true, false, 'POLIS-' || marker, arrived_at, finished_at
    FROM item WHERE ${MADE} AND outcome = 'done'`.execute(owner)
}

async function addCounts(owner: LedgerDatabase): Promise<void> {
  await sql`
    INSERT INTO credit (item, deployment, variant, share, completed_on)
    SELECT id, deployment, variant, CASE outcome WHEN 'done' THEN 1 ELSE 0.5 END, (finished_at AT TIME ZONE 'Europe/Amsterdam')::date
    FROM item WHERE ${MADE} AND state = 'done'`.execute(owner)
  await sql`
    INSERT INTO day_count AS c (deployment, day, variant, outcome, items, counting, shares)
    SELECT i.deployment, c.completed_on, c.variant, i.outcome, count(*), count(*), sum(c.share)
    FROM credit c JOIN item i ON i.id = c.item WHERE i.${MADE} GROUP BY 1, 2, 3, 4
    ON CONFLICT (deployment, day, variant, outcome, kind) DO UPDATE
      SET items = c.items + excluded.items, counting = c.counting + excluded.counting, shares = c.shares + excluded.shares`.execute(
    owner,
  )
}

const addAccesses = (owner: LedgerDatabase) =>
  sql`
  INSERT INTO access_entry (hospital, actor_kind, actor, responsible, action, subject_kind, subject, outcome)
  SELECT ${HOSPITAL}, 'robot', deployment, 'team planning', 'read', 'item', id::text, 'given' FROM item WHERE ${MADE}`.execute(
    owner,
  )

/** All of this month, for there are no months before the first start. */
const addMessages = (owner: LedgerDatabase, messages: number, sealed: Buffer) =>
  sql`
  INSERT INTO message (hospital, channel, sender, control_id, type, event, sealed, sorted, state, reason, received_at)
  SELECT ${HOSPITAL}, ${CHANNEL}, 'ZIS|NOORD', 'Z-' || n, 'ADT', 'A08', ${sealed}, true,
    CASE WHEN n % 500 = 0 THEN 'aside' WHEN n % 3 = 0 THEN 'routed' ELSE 'ignored' END,
    CASE WHEN n % 500 = 0 THEN 'The message contradicts itself about a death: PID-29 and PID-30 say different things. Ask its sender.' END,
    greatest(date_trunc('month', now()), now() - n * interval '1 minute')
  FROM generate_series(${messages}::int, 1, -1) n`.execute(owner)
