import { sql } from 'kysely'
import type { FhirPollRow } from './fhir-tables.ts'
import { pollAccessed } from './robot-access.ts'
import type { LedgerDatabase } from './tables.ts'

/** A poll in hand. A commit under a fence that is no longer the trigger's is refused. */
export interface PollClaim extends FhirPollRow {
  readonly deployment: string
  readonly hospital: string
  readonly subscription_due: boolean
}

/** Polls follow each other no closer than this, however many notifications come. */
const GAP_SECONDS = 1

/** Deployments that are at work, with a system that is not held. */
const ALLOWED = sql`EXISTS (
  SELECT FROM trigger t JOIN deployment d ON d.id = t.deployment
  WHERE t.id = fhir_poll.trigger AND d.mode <> 'off' AND d.stopped_at IS NULL AND NOT EXISTS (
    SELECT FROM deployment_system ds JOIN system s ON s.hospital = ds.hospital AND s.id = ds.system
    WHERE ds.deployment = d.id AND ds.role = fhir_poll.role AND s.held_reason IS NOT NULL
      AND (s.held_until IS NULL OR s.held_until > clock_timestamp())
  )
)`

/** Takes a poll that is due and that nobody else has; undefined otherwise, and for a trigger of another kind. */
export async function claimPoll(
  db: LedgerDatabase,
  trigger: string,
  worker: string,
  leaseSeconds: number,
): Promise<PollClaim | undefined> {
  const { rows } = await sql<PollClaim>`
    WITH claimed AS (
      UPDATE fhir_poll SET fence = fence + 1, worker = ${worker},
        lease_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
      WHERE trigger = ${trigger} AND due_at <= clock_timestamp()
        AND (lease_until IS NULL OR lease_until < clock_timestamp()) AND ${ALLOWED}
      RETURNING *
    ), ${pollAccessed}
    SELECT c.*, t.deployment, d.hospital, c.subscription_due_at <= clock_timestamp() AS subscription_due
    FROM claimed c JOIN trigger t ON t.id = c.trigger JOIN deployment d ON d.id = t.deployment`.execute(db)
  return rows[0]
}

type Held = Pick<FhirPollRow, 'trigger' | 'fence'>

/** Lengthens the lease and locks the poll for the rest of the transaction; false when somebody else has it now. */
export async function holdPoll(db: LedgerDatabase, poll: Held, leaseSeconds: number): Promise<boolean> {
  const { rows } = await sql`
    UPDATE fhir_poll SET lease_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
    WHERE trigger = ${poll.trigger} AND fence = ${poll.fence} AND worker IS NOT NULL RETURNING trigger`.execute(
    db,
  )
  return rows.length > 0
}

/** A version of a resource, as it is recognised when it comes again. */
export interface SeenVersion {
  readonly resource: string
  readonly version: string
  readonly at: Date
}

/** Notes these versions as seen, and gives those that were not before. Within the transaction that adds their items. */
export async function noteSeen(
  tx: LedgerDatabase,
  trigger: string,
  versions: readonly SeenVersion[],
): Promise<readonly Pick<SeenVersion, 'resource' | 'version'>[]> {
  const { rows } = await sql<Pick<SeenVersion, 'resource' | 'version'>>`
    INSERT INTO fhir_seen (trigger, resource, version, last_updated)
    SELECT ${trigger}, v.resource, v.version, v.at
    FROM jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) AS v (resource text, version text, at timestamptz)
    ON CONFLICT DO NOTHING RETURNING resource, version`.execute(tx)
  return rows
}

/** How far a poll came: undefined where the server gave nothing to go by. */
export interface PollEnd {
  readonly cursor: Date | undefined
  readonly seenFrom: Date | undefined
  /** When it stopped before it was through: it goes on at once. */
  readonly unfinished?: boolean
}

/** Ends a poll that went well: the cursor moves forward, never back, and what is older than it needs is forgotten. */
export async function endPoll(tx: LedgerDatabase, poll: PollClaim, end: PollEnd): Promise<void> {
  const soon = end.unfinished ?? false
  await sql`
    UPDATE fhir_poll SET cursor = greatest(cursor, ${end.cursor ?? null}::timestamptz),
      seen_from = greatest(seen_from, ${end.seenFrom ?? null}::timestamptz),
      worker = NULL, lease_until = NULL, failures = 0, reason = NULL, polled_at = clock_timestamp(),
      due_at = clock_timestamp() + interval '1 second' * CASE WHEN asked > ${poll.asked} OR ${soon}
        THEN least(every_seconds, ${GAP_SECONDS}) ELSE every_seconds END
    WHERE trigger = ${poll.trigger} AND fence = ${poll.fence}`.execute(tx)
  await sql`
    DELETE FROM fhir_seen USING fhir_poll p WHERE p.trigger = fhir_seen.trigger AND p.trigger = ${poll.trigger}
      AND p.fence = ${poll.fence} AND fhir_seen.last_updated < p.seen_from`.execute(tx)
}

/** Puts a poll that failed off; the `alarmAt`-th in a row raises an alarm. The cursor stays where it was. */
export async function failPoll(
  db: LedgerDatabase,
  poll: PollClaim,
  failure: { readonly sentence: string; readonly delaySeconds: number; readonly alarmAt: number },
): Promise<void> {
  const text = `Trigger ${poll.trigger} could not ask for changes ${failure.alarmAt} times in a row; nothing is lost, it goes on trying. ${failure.sentence}`
  await sql`
    WITH failed AS (
      UPDATE fhir_poll SET failures = failures + 1, reason = ${failure.sentence}, worker = NULL, lease_until = NULL,
        due_at = clock_timestamp() + ${failure.delaySeconds} * interval '1 second'
      WHERE trigger = ${poll.trigger} AND fence = ${poll.fence} RETURNING failures
    )
    INSERT INTO alarm (hospital, deployment, kind, sentence)
    SELECT ${poll.hospital}, ${poll.deployment}, 'fhir-poll', ${text} FROM failed
    WHERE failures = ${failure.alarmAt}`.execute(db)
}

/** Gives a poll back untouched because its worker stops: due at once. */
export async function givePollBack(db: LedgerDatabase, poll: Held): Promise<void> {
  await sql`UPDATE fhir_poll SET worker = NULL, lease_until = NULL
    WHERE trigger = ${poll.trigger} AND fence = ${poll.fence}`.execute(db)
}

/** Asks for a poll now; one that is failing keeps its own pace. False when there is no such trigger. */
export async function askPoll(db: LedgerDatabase, trigger: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE fhir_poll SET asked = asked + 1, due_at = CASE WHEN failures > 0 THEN due_at ELSE least(due_at,
      greatest(clock_timestamp(), polled_at + ${GAP_SECONDS} * interval '1 second')) END
    WHERE trigger = ${trigger} RETURNING trigger`.execute(db)
  return rows.length > 0
}

export interface WaitingPoll {
  readonly trigger: string
  readonly due_at: Date
  /** Until it is due by the database's clock; 0 or less when it is. */
  readonly seconds: number
}

/** When each poll that may go on and is in nobody's hands is due; of one trigger when it is named. */
export async function waitingPolls(db: LedgerDatabase, trigger?: string): Promise<readonly WaitingPoll[]> {
  const { rows } = await sql<WaitingPoll>`
    SELECT trigger, due_at, extract(epoch FROM due_at - clock_timestamp())::float8 AS seconds FROM fhir_poll
    WHERE (lease_until IS NULL OR lease_until < clock_timestamp()) AND ${ALLOWED}
      ${trigger === undefined ? sql`` : sql`AND trigger = ${trigger}`}`.execute(db)
  return rows
}

/** Whether any trigger wants the server to notify us. */
export async function wantsNotifications(db: LedgerDatabase): Promise<boolean> {
  const row = await db
    .selectFrom('fhir_poll')
    .select('trigger')
    .where('notified', '=', true)
    .executeTakeFirst()
  return row !== undefined
}

/** What a look after the Subscription came to: looked after again in an hour, or later after a failure. */
export async function noteSubscription(
  db: LedgerDatabase,
  poll: PollClaim,
  result: { readonly endpoint: string } | { readonly sentence: string; readonly alarmAt: number },
): Promise<void> {
  if ('endpoint' in result) {
    await sql`UPDATE fhir_poll SET subscribed_endpoint = ${result.endpoint}, subscription_failures = 0,
      subscription_due_at = clock_timestamp() + interval '1 hour' WHERE trigger = ${poll.trigger}`.execute(db)
    return
  }
  const text = `Trigger ${poll.trigger} cannot have itself notified; it goes on asking for changes every ${poll.every_seconds} s. ${result.sentence}`
  await sql`
    WITH failed AS (
      UPDATE fhir_poll SET subscription_failures = subscription_failures + 1,
        subscription_due_at = clock_timestamp() + least(subscription_failures + 1, 60) * interval '1 minute'
      WHERE trigger = ${poll.trigger} RETURNING subscription_failures AS failures
    )
    INSERT INTO alarm (hospital, deployment, kind, sentence)
    SELECT ${poll.hospital}, ${poll.deployment}, 'fhir-subscription', ${text} FROM failed
    WHERE failures = ${result.alarmAt}`.execute(db)
}
