import { sql } from 'kysely'
import { Failure } from '../../connectors/failure.ts'
import { humanTime } from './human-time.ts'
import { noted } from './transition.ts'
import type { LedgerDatabase } from './tables.ts'

/**
 * Longer than this without being seen at work is idle: of a longer wait only these seconds count. So looking something
 * up for a minute counts, and lunch does not (savings/README.md: human minutes).
 */
export const IDLE_AFTER_SECONDS = 60

/** Seconds between the moments a person was seen working, each wait cut off at `IDLE_AFTER_SECONDS`; of the session `w`. */
const MEASURED = sql<number>`(
  SELECT round(coalesce(sum(least(extract(epoch FROM b.at - b.before), ${IDLE_AFTER_SECONDS})), 0))::int
  FROM (SELECT at, lag(at) OVER (ORDER BY at) AS before FROM work_beat WHERE session = w.id) b
  WHERE b.before IS NOT NULL
)`

/** Whose session of work on which item. */
export interface WorkOn {
  readonly item: string
  readonly account: string
}

export interface OpenSession {
  readonly session: string
  readonly seconds: number
  /** When the person chose to do it by hand; what follows is not counted. */
  readonly byHandAt: Date | null
}

/** Begins a session of work on an item that this account has in hand, or goes on with the one that is open. */
export async function openSession(db: LedgerDatabase, work: WorkOn): Promise<OpenSession> {
  await sql`
    INSERT INTO work_session (hospital, item, account)
    SELECT t.hospital, t.item, t.account FROM item_taken t WHERE t.item = ${work.item} AND t.account = ${work.account}
    ON CONFLICT (item) WHERE ended_at IS NULL DO NOTHING`.execute(db)
  await beat(db, work)
  return await measured(db, work)
}

/** The person was seen working just now. Counts nothing once they chose to do it by hand. */
export async function beat(db: LedgerDatabase, { item, account }: WorkOn): Promise<void> {
  await sql`
    INSERT INTO work_beat (session, hospital, at)
    SELECT id, hospital, clock_timestamp() FROM work_session
    WHERE item = ${item} AND account = ${account} AND ended_at IS NULL AND by_hand_at IS NULL
    ON CONFLICT DO NOTHING`.execute(db)
}

/**
 * What was measured in the open session so far.
 * @throws business when this account has none
 */
export async function measured(db: LedgerDatabase, { item, account }: WorkOn): Promise<OpenSession> {
  const { rows } = await sql<OpenSession>`
    SELECT w.id AS session, ${MEASURED} AS seconds, w.by_hand_at AS "byHandAt" FROM work_session w
    WHERE w.item = ${item} AND w.account = ${account} AND w.ended_at IS NULL`.execute(db)
  if (rows[0]) return rows[0]
  const sentence = 'This item is not open for this account: take it from the worklist and open it again.'
  throw new Failure('business', 'not-in-hand', sentence)
}

/** The person does it by hand from here on, or does not after all. */
export async function chooseByHand(db: LedgerDatabase, work: WorkOn, chosen: boolean): Promise<void> {
  if (chosen) await beat(db, work)
  await sql`
    UPDATE work_session SET by_hand_at = ${chosen ? sql`coalesce(by_hand_at, clock_timestamp())` : sql`NULL`}
    WHERE item = ${work.item} AND account = ${work.account} AND ended_at IS NULL`.execute(db)
}

/** Ends the session of whoever has the item open, with an event that carries its seconds; nothing when nobody has. */
export async function endSession(
  db: LedgerDatabase,
  item: string,
  how: 'released' | 'taken-over',
): Promise<void> {
  const { rows } = await sql<{ id: string; account: string; seconds: number }>`
    SELECT w.id, w.account, ${MEASURED} AS seconds FROM work_session w
    WHERE w.item = ${item} AND w.ended_at IS NULL FOR UPDATE`.execute(db)
  const [open] = rows
  if (!open) return
  const detail = { account: open.account, humanSeconds: open.seconds, session: open.id }
  await sql`
    WITH changed AS (SELECT * FROM item WHERE id = ${item}), ${noted([{ kind: how, detail }], null)},
    ${humanTime(open.seconds)}
    UPDATE work_session SET ended_at = clock_timestamp(), ended_how = ${how}, human_seconds = ${open.seconds}
    WHERE id = ${open.id}`.execute(db)
}

/** A session of which the events say something else than its beats. */
export interface SessionDifference {
  readonly session: string
  readonly item: string
  readonly deployment: string
  /** The local day on which it ended. */
  readonly day: string
  /** As its event carries it; null when there is none. */
  readonly told: number | null
  readonly measured: number
}

/** Counts the ended sessions of these local days again from their beats: nothing, when all is well. */
export async function differingSessions(
  db: LedgerDatabase,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<SessionDifference[]> {
  const { rows } = await sql<SessionDifference>`
    SELECT * FROM (
      SELECT w.id AS session, w.item, i.deployment, (w.ended_at AT TIME ZONE h.time_zone)::date AS day, ${MEASURED} AS measured, e.told
      FROM work_session w JOIN hospital h ON h.id = w.hospital JOIN item i ON i.id = w.item
      LEFT JOIN LATERAL (
        SELECT sum((detail ->> 'humanSeconds')::int)::int AS told FROM event
        WHERE item = w.item AND detail ->> 'session' = w.id::text
      ) e ON true
      WHERE w.ended_at >= ${from}::date::timestamp AT TIME ZONE h.time_zone
        AND w.ended_at < (${to}::date + 1)::timestamp AT TIME ZONE h.time_zone
        AND NOT (e.told IS NULL AND w.ended_how NOT IN ('released', 'taken-over'))
    ) counted WHERE told IS DISTINCT FROM measured ORDER BY session`.execute(db)
  return rows
}
