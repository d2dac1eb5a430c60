import { CompiledQuery, createQueryId, PostgresQueryCompiler, sql, type RawBuilder } from 'kysely'
import { KEPT } from '../ledger/kept-plans.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { listOf } from './read-settings.ts'
import type { SpanCount } from './year-counts.ts'

/** Written out once: there is much of it, and it changes seldom. */
export interface KnownBeside {
  /** Keys of the years of which the months are known, as JSON. */
  readonly months: string
  /** The ranges of days that are known of a year, by its key. */
  readonly days: ReadonlyMap<string, readonly string[]>
  /** The same as JSON. */
  readonly ranges: string
}

type Part = RawBuilder<unknown>

const COUNTS = sql.raw(`begins, variant, kind, done, nothing, by_hand AS "byHand", parked, shadow, counting,
  shares::text AS shares, human_seconds AS "humanSeconds"`)

export const rolledUp = (span: 'month' | 'year') =>
  listOf(sql`SELECT ${COUNTS} FROM roll_up
    WHERE deployment = y.deployment AND span = ${sql.lit(span)} AND begins >= y.year AND begins < y.year + interval '1 year'`)

const ended = (outcome: string, name: string) =>
  sql`coalesce(sum(items) FILTER (WHERE outcome = ${sql.lit(outcome)}), 0)::int AS ${sql.ref(name)}`

/** @param ranges of days, as a list of JSON */
export const overDays = (ranges: Part) =>
  listOf(sql`SELECT d."from", d."to", c.* FROM jsonb_to_recordset(${ranges}) AS d ("from" date, "to" date)
    CROSS JOIN LATERAL (SELECT d."from" AS begins, variant, kind, ${ended('done', 'done')}, ${ended('nothing', 'nothing')},
        ${ended('by-hand', 'byHand')}, ${ended('parked', 'parked')}, ${ended('shadow', 'shadow')}, sum(counting)::int AS counting,
        sum(shares)::text AS shares, sum(human_seconds)::bigint AS "humanSeconds"
      FROM day_count WHERE deployment = y.deployment AND day BETWEEN d."from" AND d."to" GROUP BY variant, kind OFFSET 0) c`)

export interface FoundBeside {
  readonly deployment: string
  readonly year: string
  readonly months: readonly SpanCount[] | null
  readonly days: readonly (SpanCount & { readonly from: string; readonly to: string })[]
}

export interface FoundYear extends FoundBeside {
  readonly firstDay: string | null
  readonly years: readonly SpanCount[]
}

interface Found {
  readonly reader: string
  readonly seen: string
  /** Whether settings may have been written since the last answer. */
  readonly settings: boolean
  /** Years of which counts may have been written since the last answer; one without counts has none left. */
  readonly changed: readonly FoundYear[]
}

function question(settings: Part, changed: Part): string {
  const asked = sql`${KEPT} SELECT
    concat_ws(' ', pg_postmaster_start_time(), current_database(), current_user, current_setting('ontregel.hospitals', true)) AS reader,
    pg_current_snapshot()::text AS seen, ${settings} AS settings, coalesce((SELECT json_agg(y) FROM (${changed}) y), '[]') AS changed`
  return new PostgresQueryCompiler().compileQuery(asked.toOperationNode(), createQueryId()).sql
}

const EVERYTHING = question(
  sql`true`,
  sql`SELECT deployment, r.begins AS year, min(first_day) AS "firstDay", json_agg(counts) AS years, NULL AS months, '[]'::json AS days
    FROM roll_up r CROSS JOIN LATERAL (SELECT ${COUNTS}) counts WHERE span = 'year' GROUP BY deployment, r.begins`,
)

/**
 * By a transaction that was not over at the last answer ($1): marks that were there already are among them while one takes
 * its time. PostgreSQL takes what has no upper end for a third of the table and reads it whole; and with $1 apart it expects
 * as many rows whichever it is, so that one plan serves for all.
 */
const SINCE = sql`xid BETWEEN (SELECT ${sql.raw('$1')}::text::xid8) AND ${sql.lit(String(2n ** 64n - 1n))}::xid8`

const KEY = sql`(y.deployment || ' ' || y.year)`

/** Since the last answer; which years have months ($2) and which have ranges of days ($3). */
const CHANGES = question(
  sql`EXISTS (SELECT FROM settings_change WHERE ${SINCE})`,
  sql`SELECT y.deployment, y.year, ${rolledUp('year')} AS years,
      (SELECT min(first_day) FROM roll_up WHERE deployment = y.deployment AND span = 'year' AND begins = y.year) AS "firstDay",
      CASE WHEN ${sql.raw('$2')}::text::jsonb ? ${KEY} THEN ${rolledUp('month')} END AS months,
      ${overDays(sql`${sql.raw('$3')}::text::jsonb -> ${KEY}`)} AS days
    FROM (SELECT DISTINCT deployment, year FROM count_change WHERE ${SINCE}) y`,
)

/** @param since the oldest transaction that was not over at the last answer; everything is asked for when it is left out */
export async function askYears(
  db: LedgerDatabase,
  beside: KnownBeside,
  since: bigint | undefined,
): Promise<Found> {
  const given = since === undefined ? [] : [String(since), beside.months, beside.ranges]
  const text = since === undefined ? EVERYTHING : CHANGES
  const { rows } = await db.executeQuery<Found>(CompiledQuery.raw(text, given))
  const [found] = rows
  if (!found) throw new Error('The ledger gave no answer about what was counted.')
  return found
}
