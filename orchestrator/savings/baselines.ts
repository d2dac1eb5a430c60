import { sql } from 'kysely'
import { recordChange } from '../ledger/changes.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { BaselineMethod } from '../ledger/savings-tables.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { checkBackdated } from './backdated.ts'
import { explainRefusal } from './database-refusal.ts'
import {
  checkAmount,
  checkDayAhead,
  checkPastDay,
  checkText,
  hospitalOf,
  refused,
  type ChangedBy,
} from './input-checks.ts'
import { checkDate, dayAfter } from './period.ts'
import { uncountedWhenEnded, type Uncounted } from './uncounted.ts'

export interface NewBaseline {
  readonly deployment: string
  readonly variant: string
  /** By hand, per item. */
  readonly minutes: number
  readonly method: BaselineMethod
  readonly n?: number | undefined
  readonly spreadMinutes?: number | undefined
  /** Who measured: an account or a function, no name. */
  readonly measuredBy: string
  /** Local dates. */
  readonly measuredOn: string
  readonly validFrom: string
  readonly remeasureOn: string
  /** The timings that it was computed from. */
  readonly measurement?: string | undefined
  /** Leaves days without a baseline on which items were counted: they stay without. */
  readonly leavingGap?: boolean | undefined
  /** Prices items with it that were counted before it was measured. */
  readonly backdated?: boolean | undefined
}

const MOST_MINUTES = 10_000
/** Ten years: later is never. */
const MOST_DAYS_UNMEASURED = 3653
/** Cases of which a few take very long spread by some times their mean; more is a comma in the wrong place. */
const MOST_SPREAD = 10

/**
 * Adds a baseline from its date on, and ends the one before it on that date; before one that is there already it is
 * valid until that one begins. What was counted never changes: a baseline that was used can only be followed up after
 * the last day on which it was.
 * @throws business: names the field when a value is not possible, when it would change what was counted, share a day
 *   with another one, leave counted days without a baseline, or price what was counted before it was measured unasked
 */
export async function addBaseline(db: LedgerDatabase, by: ChangedBy, baseline: NewBaseline): Promise<number> {
  const { deployment, variant, validFrom } = baseline
  checkBaseline(baseline, by.today)
  return await inTransaction(db, async (tx) => {
    const hospital = await hospitalOf(tx, deployment)
    const rows = await tx
      .selectFrom('baseline')
      .select(['id', 'valid_from', 'valid_until'])
      .where('deployment', '=', deployment)
      .where('variant', '=', variant)
      .orderBy('valid_from')
      .forUpdate()
      .execute()
    const earlier = rows.findLast((row) => row.valid_from < validFrom)
    const later = rows.find((row) => row.valid_from >= validFrom)
    const goesOn = earlier && (earlier.valid_until === null || earlier.valid_until > validFrom)
    if (later && (goesOn || later.valid_from === validFrom)) throw taken(variant, goesOn ? earlier : later)
    if (!baseline.leavingGap) await checkGap(tx, baseline, earlier?.valid_until ?? undefined)
    if (goesOn) await end(tx, earlier.id, validFrom)
    if (!baseline.backdated) await checkBackdated(tx, baseline, later?.valid_from)
    const id = await insert(tx, baseline, later?.valid_from ?? null)
    const { leavingGap: _, ...after } = baseline
    const change = { hospital, account: by.account, what: 'baseline', subject: `${deployment} ${variant}` }
    await recordChange(tx, { ...change, before: null, after: JSON.parse(JSON.stringify({ id, ...after })) })
    return id
  })
}

/**
 * Ends a baseline without another one: `until` is the first day on which it is valid no more. Gives what counts nothing
 * from then on. @throws business as above
 */
export async function endBaseline(
  db: LedgerDatabase,
  by: ChangedBy,
  { id, until }: { readonly id: number; readonly until: string },
): Promise<Uncounted[]> {
  checkDate('until', until)
  return await inTransaction(db, async (tx) => {
    const row = await heldToEnd(tx, id)
    if (row.valid_until !== null && until >= row.valid_until)
      throw refused(
        'until',
        'baseline-ended',
        `it ended on ${row.valid_until} already; add another one instead.`,
      )
    if (until <= row.valid_from)
      throw refused('until', 'period-reversed', `it begins on ${row.valid_from}; give a later day.`)
    const hospital = await hospitalOf(tx, row.deployment)
    const ending = { what: 'baseline', id, until } as const
    const uncounted = await uncountedWhenEnded(tx, { hospital, today: by.today }, ending)
    await end(tx, id, until)
    const change = {
      hospital,
      account: by.account,
      what: 'baseline',
      subject: `${row.deployment} ${row.variant}`,
    }
    await recordChange(tx, { ...change, before: { id, until: row.valid_until }, after: { id, until } })
    return uncounted
  })
}

/** Nobody else ends it until this is over. Who waited for somebody that did so has decided by what is no longer so. */
async function heldToEnd(tx: LedgerDatabase, id: number) {
  const asked = tx.selectFrom('baseline').selectAll().where('id', '=', id)
  const seen = await asked.executeTakeFirst()
  const row = await asked.forUpdate().executeTakeFirst()
  if (!seen || !row) throw refused('id', 'not-found', `there is no baseline ${id}; choose one from the list.`)
  if (row.valid_until === seen.valid_until) return row
  const stands = row.valid_until === null ? 'goes on' : `ends on ${row.valid_until}`
  throw refused(
    'until',
    'baseline-meanwhile',
    `somebody else changed it meanwhile, and it ${stands}; look at that, and end it again if that is not right.`,
  )
}

function checkBaseline(baseline: NewBaseline, today: string): void {
  const { minutes, method, n, spreadMinutes, measuredOn, validFrom, remeasureOn } = baseline
  checkText('variant', baseline.variant)
  checkText('measuredBy', baseline.measuredBy)
  checkAmount('minutes', minutes, 3, MOST_MINUTES)
  if (spreadMinutes !== undefined && spreadMinutes !== 0)
    checkAmount('spreadMinutes', spreadMinutes, 3, Math.min(MOST_MINUTES, minutes * MOST_SPREAD))
  if (n !== undefined && !(Number.isInteger(n) && n > 0 && n <= 1_000_000))
    throw refused('n', 'amount-invalid', `${n} is not possible; give how many cases were timed, 1 or more.`)
  if (method !== 'estimate' && n === undefined)
    throw refused('n', 'amount-missing', 'give how many cases were timed, or choose estimate as the method.')
  if (method !== 'estimate' && n !== undefined && n > 1 && spreadMinutes === undefined)
    throw refused(
      'spreadMinutes',
      'spread-missing',
      `give the standard deviation of the ${n} cases in minutes: without it their mean has no interval; if only the mean is known, choose estimate as the method.`,
    )
  checkPastDay('measuredOn', measuredOn, today)
  checkDayAhead('validFrom', validFrom, today)
  checkDate('remeasureOn', remeasureOn)
  if (remeasureOn > dayAfter(measuredOn, MOST_DAYS_UNMEASURED))
    throw refused(
      'remeasureOn',
      'day-to-come',
      `${remeasureOn} is more than ten years after the measuring; give an earlier day.`,
    )
  if (remeasureOn <= measuredOn)
    throw refused(
      'remeasureOn',
      'period-reversed',
      `lies before the measuring on ${measuredOn}; give a later day.`,
    )
}

/**
 * Items that were counted before it begins, and that no baseline covers, would count nothing for ever. Those that counted
 * by the baseline of a chain lack none.
 */
async function checkGap(
  tx: LedgerDatabase,
  { deployment, variant, validFrom }: NewBaseline,
  ended: string | undefined,
): Promise<void> {
  const { rows } = await sql<{ first: string | null; items: number }>`
    SELECT min(day) AS first, coalesce(sum(counting), 0)::int AS items FROM day_count c
    WHERE deployment = ${deployment} AND variant = ${variant} AND counting > 0 AND day < ${validFrom}
      AND day >= ${ended ?? '-infinity'}::date
      AND NOT EXISTS (SELECT FROM baseline b WHERE b.deployment = c.deployment AND b.variant = c.variant
        AND daterange(b.valid_from, b.valid_until) @> c.day)
      AND NOT EXISTS (SELECT FROM chain_part p JOIN chain ON chain.id = p.chain
        WHERE p.deployment = c.deployment AND p.variant = c.variant AND daterange(chain.valid_from, chain.valid_until) @> c.day
          AND (chain.baseline_deployment, chain.baseline_variant) <> (${deployment}, ${variant}))`.execute(tx)
  const gap = rows[0]
  if (!gap?.first) return
  const remedy = `${gap.items} items from ${gap.first} on have no baseline and would never count; let it begin on ${gap.first} or earlier, or choose to leave them without (leavingGap: true).`
  throw refused('validFrom', 'baseline-gap', remedy)
}

async function end(tx: LedgerDatabase, id: number, until: string): Promise<void> {
  const ending = tx.updateTable('baseline').set({ valid_until: until }).where('id', '=', id)
  await explainRefusal(ending.execute())
}

async function insert(tx: LedgerDatabase, baseline: NewBaseline, until: string | null): Promise<number> {
  const inserting = tx
    .insertInto('baseline')
    .values({
      deployment: baseline.deployment,
      variant: baseline.variant,
      minutes: baseline.minutes.toFixed(3),
      method: baseline.method,
      n: baseline.n ?? null,
      spread_minutes: baseline.spreadMinutes?.toFixed(3) ?? null,
      measured_by: baseline.measuredBy,
      measured_on: baseline.measuredOn,
      valid_from: baseline.validFrom,
      valid_until: until,
      remeasure_on: baseline.remeasureOn,
      measurement: baseline.measurement ?? null,
    })
    .returning('id')
  const { id } = await explainRefusal(inserting.executeTakeFirstOrThrow())
  return id
}

const taken = (
  variant: string,
  row: { readonly valid_from: string; readonly valid_until: string | null },
) => {
  const until = row.valid_until === null ? '' : ` until ${row.valid_until}`
  const remedy = `variant "${variant}" has a baseline from ${row.valid_from}${until} already; a baseline is not edited, give the new one another date.`
  return refused('validFrom', 'baseline-exists', remedy)
}
