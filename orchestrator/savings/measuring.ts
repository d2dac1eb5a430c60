import { sql } from 'kysely'
import { inTransaction } from '../ledger/in-transaction.ts'
import { recordChange } from '../ledger/changes.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { addBaseline } from './baselines.ts'
import { checkText, hospitalOf, refused, type ChangedBy } from './input-checks.ts'

/** The sampling of timed cases: the mean, and the standard deviation of the sample (n − 1); none of fewer than two. */
export interface Sampling {
  readonly n: number
  /** Minutes, three decimals. */
  readonly mean: number
  readonly spread: number | null
}

const MINUTE_MS = 60_000

/**
 * From whole milliseconds, so that anyone can compute it again from the cases that are kept. Added up exactly: in
 * fractions the order of the cases would change what is rounded.
 */
export function samplingOf(milliseconds: readonly number[]): Sampling {
  const n = milliseconds.length
  let sum = 0n
  let squares = 0n
  for (const each of milliseconds.map(BigInt)) {
    sum += each
    squares += each * each
  }
  const rounded = (value: number) => Math.round(value * 1000) / 1000
  const mean = rounded(Number(sum) / (n * MINUTE_MS))
  if (n < 2) return { n, mean, spread: null }
  // The squares of the differences from the mean add up to this, divided by n.
  const differences = BigInt(n) * squares - sum * sum
  return { n, mean, spread: rounded(Math.sqrt(Number(differences) / (n * (n - 1))) / MINUTE_MS) }
}

export interface TimedCase {
  readonly number: number
  readonly milliseconds: number
  readonly account: string
  /** Why it does not count; null when it does. */
  readonly leftOut: string | null
}

export interface Measurement {
  readonly id: string
  readonly hospital: string
  readonly deployment: string
  readonly variant: string
  readonly method: 'stopwatch' | 'shadow'
  readonly begunAt: Date
  readonly closedAt: Date | null
  readonly cases: readonly TimedCase[]
}

/** Begins timing cases of a variant: by stopwatch, or beside the robot in shadow mode. Gives its id. */
export async function beginMeasurement(
  db: LedgerDatabase,
  by: ChangedBy,
  { deployment, variant, method }: Pick<Measurement, 'deployment' | 'variant' | 'method'>,
): Promise<string> {
  checkText('variant', variant)
  const hospital = await hospitalOf(db, deployment)
  const { id } = await db
    .insertInto('measurement')
    .values({ hospital, deployment, variant, method, begun_by: by.account })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Below a second somebody clicked twice; above a day they forgot to stop. */
const LEAST_MS = 1000
const MOST_MS = 86_400_000

/**
 * Keeps the time of one case. In shadow mode `item` is what the robot looked at: its variant must be this one, and one
 * item is timed once.
 * @throws business when the measurement is closed, the time is not possible, or the item is not one to be timed
 */
export async function addTimedCase(
  db: LedgerDatabase,
  by: ChangedBy,
  timed: {
    readonly measurement: string
    readonly hospital: string
    readonly milliseconds: number
    readonly item?: string | undefined
  },
): Promise<number> {
  const { milliseconds, item } = timed
  if (!Number.isInteger(milliseconds) || milliseconds < LEAST_MS || milliseconds > MOST_MS)
    throw refused(
      'milliseconds',
      'amount-invalid',
      'must lie between a second and a day; time the case again.',
    )
  return await inTransaction(db, async (tx) => {
    const { method, deployment, variant } = await openMeasurement(tx, timed)
    if ((method === 'shadow') !== (item !== undefined))
      throw refused(
        'item',
        'item-missing',
        'in shadow mode a time belongs to an item; with a stopwatch it does not.',
      )
    if (item !== undefined) await expectShadowItem(tx, item, deployment, variant)
    const { rows } = await sql<{ number: number }>`
      INSERT INTO timed_case (measurement, hospital, number, milliseconds, item, account)
      SELECT ${timed.measurement}, ${timed.hospital}, coalesce(max(number), 0) + 1, ${milliseconds}, ${item ?? null}::uuid, ${by.account}
      FROM timed_case WHERE measurement = ${timed.measurement}
      ON CONFLICT (item) DO NOTHING RETURNING number`.execute(tx)
    // A colleague timed the same item in another measurement at the same moment.
    if (!rows[0]) throw notToBeTimed(variant)
    return rows[0].number
  })
}

/** Leaves a case out of what is measured, with the reason; it stays in the list. An empty reason puts it back. */
export async function leaveCaseOut(
  db: LedgerDatabase,
  left: {
    readonly measurement: string
    readonly hospital: string
    readonly number: number
    readonly reason: string
  },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await openMeasurement(tx, left)
    await tx
      .updateTable('timed_case')
      .set({ left_out: left.reason.trim() === '' ? null : left.reason })
      .where('measurement', '=', left.measurement)
      .where('number', '=', left.number)
      .execute()
  })
}

export interface MeasuredBaseline {
  readonly measurement: string
  readonly hospital: string
  /** Local dates. */
  readonly validFrom: string
  readonly remeasureOn: string
}

/** Fewer cases say too little about the mean of work that differs from case to case. */
const LEAST_CASES = 5

/** Closes a measurement and makes its mean the baseline from a date on; n, mean and spread are kept with its cases. */
export async function closeMeasurement(
  db: LedgerDatabase,
  by: ChangedBy,
  end: MeasuredBaseline,
): Promise<Sampling> {
  return await inTransaction(db, async (tx) => {
    const { deployment, variant, method, hospital } = await openMeasurement(tx, end)
    const cases = await tx
      .selectFrom('timed_case')
      .select('milliseconds')
      .where('measurement', '=', end.measurement)
      .where('left_out', 'is', null)
      .execute()
    if (cases.length < LEAST_CASES)
      throw refused(
        'cases',
        'too-few-cases',
        `${cases.length} were timed; time at least ${LEAST_CASES}, better 30.`,
      )
    const sampling = samplingOf(cases.map(({ milliseconds }) => milliseconds))
    const { n, mean, spread } = sampling
    await sql`UPDATE measurement SET closed_at = clock_timestamp(), n = ${n}, mean_minutes = ${mean.toFixed(3)}::numeric,
      spread_minutes = ${spread?.toFixed(3) ?? null}::numeric WHERE id = ${end.measurement}`.execute(tx)
    await addBaseline(tx, by, {
      ...{ deployment, variant, method, n, minutes: mean, spreadMinutes: spread ?? undefined },
      ...{ measuredBy: by.account, measuredOn: by.today, measurement: end.measurement },
      ...{ validFrom: end.validFrom, remeasureOn: end.remeasureOn },
    })
    const change = { hospital, account: by.account, what: 'measurement', subject: end.measurement }
    await recordChange(tx, { ...change, before: null, after: { deployment, variant, n, mean, spread } })
    return sampling
  })
}

/** One row locked: what is timed, left out and closed at the same time happens one after the other. */
async function openMeasurement(
  tx: LedgerDatabase,
  asked: { readonly measurement: string; readonly hospital: string },
) {
  const row = await tx
    .selectFrom('measurement')
    .selectAll()
    .where('id', '=', asked.measurement)
    .where('hospital', '=', asked.hospital)
    .where('closed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (row) return row
  throw refused('measurement', 'not-found', 'it does not exist here, or it is closed; begin another.')
}

async function expectShadowItem(
  tx: LedgerDatabase,
  item: string,
  deployment: string,
  variant: string,
): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM item i WHERE i.id = ${item} AND i.deployment = ${deployment}
    AND i.outcome = 'shadow' AND i.variant = ${variant}
    AND NOT EXISTS (SELECT FROM timed_case t WHERE t.item = i.id)`.execute(tx)
  if (rows.length > 0) return
  throw notToBeTimed(variant)
}

const notToBeTimed = (variant: string) =>
  refused(
    'item',
    'item-not-shadow',
    `it is not an item of variant "${variant}" that the robot did in shadow mode, or it was timed already; choose another.`,
  )
