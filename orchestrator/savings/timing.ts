import { sql } from 'kysely'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { refused } from './input-checks.ts'
import { addTimedCase, expectItemIn, LEAST_MS, measurementToTime, MOST_MS } from './timed-cases.ts'

/** Whose case it is: one person times one case at a time at a hospital. */
interface Own {
  readonly hospital: string
  readonly account: string
}

/** A case that somebody is at. Its times are those of the ledger's clock: a phone's may stand wrong. */
export interface RunningCase {
  readonly id: string
  readonly measurement: string
  /** What the robot looked at, in shadow mode. */
  readonly item: string | null
  /** So far, or until it was stopped. */
  readonly milliseconds: number
  /** It was stopped, and took so long that it is asked whether it is to be kept. */
  readonly stopped: boolean
  /** More than a day: it cannot be kept. */
  readonly tooLong: boolean
  /** Its measurement was closed meanwhile: it cannot be kept. */
  readonly ended: boolean
}

/**
 * Starts a case. Gives its id; pressing again gives that of the case that runs, when it is the same.
 * @throws business when the measurement is not open, or this person is at another case
 */
export async function startCase(
  db: LedgerDatabase,
  start: Own & { readonly measurement: string; readonly item?: string | undefined },
): Promise<string> {
  const { hospital, account, measurement, item } = start
  const { method } = await measurementToTime(db, start)
  expectItemIn(method, item)
  await forgetEnded(db, start)
  const { rows } = await sql<{ id: string }>`
    INSERT INTO running_case (hospital, account, measurement, item) VALUES (${hospital}, ${account}, ${measurement}, ${item ?? null})
    ON CONFLICT (hospital, account) DO NOTHING RETURNING id`.execute(db)
  const id = rows[0]?.id
  if (id !== undefined) return id
  const running = await readRunningCase(db, start)
  if (running?.measurement === measurement && running.item === (item ?? null) && !running.stopped)
    return running.id
  throw refused('measurement', 'case-runs', 'another case of yours runs: finish that one, or do not keep it.')
}

/** A case whose measurement ended can be kept nowhere, and would be in the way of the next. */
async function forgetEnded(db: LedgerDatabase, { hospital, account }: Own): Promise<void> {
  await sql`DELETE FROM running_case r WHERE r.hospital = ${hospital} AND r.account = ${account}
    AND NOT EXISTS (SELECT FROM measurement m WHERE m.id = r.measurement AND m.closed_at IS NULL)`.execute(db)
}

export interface StopCase extends Own {
  readonly id: string
  /** How long ago it was pressed, in milliseconds, when the server could not be reached at once. */
  readonly ago?: number | undefined
  /** So long a time is right. */
  readonly sure?: boolean | undefined
  /** Goes on with the next case, from when this one was stopped. */
  readonly next?: boolean | undefined
}

/** `number` is null while it is asked whether so long a time is right. */
export interface StoppedCase {
  readonly number: number | null
  readonly milliseconds: number
}

/**
 * Stops a case and keeps its time; asked again it gives the same. What took longer than the measurement expects is kept
 * when who timed it is sure.
 * @throws business when it does not run, took less than a second or more than a day, or the measurement was closed
 */
export async function stopCase(db: LedgerDatabase, stop: StopCase): Promise<StoppedCase> {
  return await inTransaction(db, async (tx) => {
    const stopped = await stopClock(tx, stop)
    if (!stopped) return await keptBefore(tx, stop)
    const { measurement, milliseconds, item, stoppedAt } = stopped
    if (milliseconds < LEAST_MS)
      throw refused('case', 'case-too-short', 'it ran for less than a second; it still runs.')
    const { askAboveMinutes } = await measurementToTime(tx, { ...stop, measurement })
    if (milliseconds > askAboveMinutes * 60_000 && !stop.sure) return { number: null, milliseconds }
    if (milliseconds > MOST_MS)
      throw refused('case', 'case-too-long', 'it ran for more than a day; do not keep it, and time another.')
    await dropCase(tx, stop)
    const kept = { ...{ measurement, hospital: stop.hospital, milliseconds }, timing: stop.id }
    const number = await addTimedCase(tx, stop, { ...kept, item: item ?? undefined })
    if (stop.next) await startNext(tx, stop, { measurement, stoppedAt })
    return { number, milliseconds }
  })
}

interface Stopped {
  readonly measurement: string
  readonly item: string | null
  readonly milliseconds: number
  readonly stoppedAt: Date
}

/** The first time that it is stopped counts; undefined when there is no such case any more. */
async function stopClock(
  tx: LedgerDatabase,
  { hospital, account, id, ago = 0 }: StopCase,
): Promise<Stopped | undefined> {
  const { rows } = await sql<Stopped>`
    UPDATE running_case SET stopped_at = coalesce(stopped_at,
      greatest(started_at, clock_timestamp() - ${ago} * interval '1 millisecond'))
    WHERE id = ${id} AND hospital = ${hospital} AND account = ${account}
    RETURNING measurement, item, stopped_at AS "stoppedAt",
      round(extract(epoch FROM stopped_at - started_at) * 1000)::float8 AS milliseconds`.execute(tx)
  return rows[0]
}

/** The answer got lost on its way, and it is asked once more. */
async function keptBefore(
  tx: LedgerDatabase,
  { hospital, account, id }: Pick<StopCase, 'hospital' | 'account' | 'id'>,
): Promise<StoppedCase> {
  const row = await tx
    .selectFrom('timed_case')
    .select(['number', 'milliseconds'])
    .where('timing', '=', id)
    .where('hospital', '=', hospital)
    .where('account', '=', account)
    .executeTakeFirst()
  if (row) return row
  throw refused(
    'case',
    'case-not-running',
    'it does not run: it was not kept, or the measurement ended; start another.',
  )
}

async function startNext(
  tx: LedgerDatabase,
  { hospital, account }: Own,
  { measurement, stoppedAt }: Pick<Stopped, 'measurement' | 'stoppedAt'>,
): Promise<void> {
  await tx
    .insertInto('running_case')
    .values({ hospital, account, measurement, item: null, started_at: stoppedAt })
    .execute()
}

/** Ends a case that went wrong; nothing is kept of it. Nothing happens when it does not run. */
export async function dropCase(
  db: LedgerDatabase,
  { hospital, account, id }: Own & { readonly id: string },
): Promise<void> {
  await db
    .deleteFrom('running_case')
    .where('id', '=', id)
    .where('hospital', '=', hospital)
    .where('account', '=', account)
    .execute()
}

/** The case that somebody is at, after reloading the page too. */
export async function readRunningCase(
  db: LedgerDatabase,
  { hospital, account }: Own,
): Promise<RunningCase | undefined> {
  const { rows } = await sql<Omit<RunningCase, 'tooLong'>>`
    SELECT id, measurement, item, stopped_at IS NOT NULL AS stopped,
      NOT EXISTS (SELECT FROM measurement m WHERE m.id = r.measurement AND m.closed_at IS NULL) AS ended,
      greatest(0, round(extract(epoch FROM coalesce(stopped_at, clock_timestamp()) - started_at) * 1000))::float8 AS milliseconds
    FROM running_case r WHERE hospital = ${hospital} AND account = ${account}`.execute(db)
  const [row] = rows
  return row && { ...row, tooLong: row.milliseconds > MOST_MS }
}

/** A measurement as who times cases for it sees it: of the times only their own. */
export interface OpenMeasurement {
  readonly id: string
  readonly bot: string
  readonly variant: string
  readonly instruction: string
  readonly askAboveMinutes: number
  /** How many cases were timed, by all together. */
  readonly cases: number
  readonly own: readonly {
    readonly number: number
    readonly milliseconds: number
    readonly leftOut: string | null
  }[]
}

/** Measurements of a hospital that are open for timing with the stopwatch, the newest first, with the newest own cases first. */
export async function readOpenMeasurements(
  db: LedgerDatabase,
  { hospital, account }: Own,
): Promise<OpenMeasurement[]> {
  const { rows } = await sql<OpenMeasurement>`
    SELECT m.id, m.bot, m.variant, m.instruction, m.ask_above_minutes AS "askAboveMinutes", m.cases,
      coalesce((SELECT jsonb_agg(jsonb_build_object('number', number, 'milliseconds', milliseconds, 'leftOut', left_out)
        ORDER BY number DESC) FROM timed_case t WHERE t.measurement = m.id AND t.account = ${account}), '[]') AS own
    FROM measurement m
    WHERE m.hospital = ${hospital} AND m.method = 'stopwatch' AND m.closed_at IS NULL
    ORDER BY m.begun_at DESC LIMIT 100`.execute(db)
  return rows
}
