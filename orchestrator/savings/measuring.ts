import { sql } from 'kysely'
import { inTransaction } from '../ledger/in-transaction.ts'
import { recordChange } from '../ledger/changes.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { addBaseline } from './baselines.ts'
import { checkText, deploymentOf, refused, type ChangedBy } from './input-checks.ts'

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
  readonly instruction: string
  readonly askAboveMinutes: number
  /** How many cases are being timed now. */
  readonly running: number
  readonly cases: readonly TimedCase[]
}

interface Wanted extends Pick<Measurement, 'deployment' | 'variant' | 'method'> {
  /** From what to what is timed, for who times it. */
  readonly instruction?: string | undefined
  /** Who times a longer case is asked whether that is right; whole minutes. */
  readonly askAboveMinutes?: number | undefined
}

const ASK_ABOVE_MINUTES = 30

/** Begins timing cases of a variant: by stopwatch, or beside the robot in shadow mode. Gives its id. */
export async function beginMeasurement(db: LedgerDatabase, by: ChangedBy, wanted: Wanted): Promise<string> {
  const { deployment, variant, method, instruction = '', askAboveMinutes = ASK_ABOVE_MINUTES } = wanted
  checkText('variant', variant)
  if (instruction !== '') checkText('instruction', instruction, 300)
  if (!Number.isInteger(askAboveMinutes) || askAboveMinutes < 1 || askAboveMinutes > 1440)
    throw refused('askAboveMinutes', 'amount-invalid', 'must be whole minutes, 1 to 1440.')
  const { hospital, bot } = await deploymentOf(db, deployment)
  const { id } = await db
    .insertInto('measurement')
    .values({
      ...{ hospital, deployment, bot, variant, method, begun_by: by.account },
      ...{ instruction: instruction.trim(), ask_above_minutes: askAboveMinutes },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export interface MeasuredBaseline {
  readonly measurement: string
  readonly hospital: string
  /** Local dates. */
  readonly validFrom: string
  readonly remeasureOn: string
  /** As with any new baseline. */
  readonly leavingGap?: boolean | undefined
  readonly backdated?: boolean | undefined
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
      ...{ leavingGap: end.leavingGap, backdated: end.backdated },
    })
    const change = { hospital, account: by.account, what: 'measurement', subject: end.measurement }
    await recordChange(tx, { ...change, before: null, after: { deployment, variant, n, mean, spread } })
    return sampling
  })
}

/**
 * Ends a measurement without a baseline of it: nobody times for it any more, who is at a case hears so, and its cases stay
 * to be seen.
 * @throws business when it is not one of the hospital, or closed
 */
export async function endMeasurement(
  db: LedgerDatabase,
  by: ChangedBy,
  ended: { readonly measurement: string; readonly hospital: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { hospital, deployment, variant, cases } = await openMeasurement(tx, ended)
    await sql`UPDATE measurement SET closed_at = clock_timestamp() WHERE id = ${ended.measurement}`.execute(
      tx,
    )
    const change = { hospital, account: by.account, what: 'measurement', subject: ended.measurement }
    await recordChange(tx, { ...change, before: null, after: { deployment, variant, cases, n: null } })
  })
}

/** One row locked: it is closed once, and the database holds back cases that are kept or left out meanwhile. */
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
  throw measurementClosed()
}

export const measurementClosed = () =>
  refused('measurement', 'measurement-closed', 'it does not exist here, or it is closed; begin another.')
