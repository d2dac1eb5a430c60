import { sql } from 'kysely'
import { KEPT } from '../ledger/kept-plans.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Period } from './period.ts'
import { isCleared, isMarked, listOf } from './read-settings.ts'
import { overDays, rolledUp, type FoundBeside } from './ask-years.ts'
import { addBeside, keyOf, type YearMemory } from './read-year-counts.ts'
import { daysKey, type Wanted } from './year-counts.ts'

interface FoundMore {
  readonly beside: readonly FoundBeside[]
  readonly backlogs: readonly (Backlog & { readonly deployment: string })[]
}

/** What the days of backlogs leave of the days measured of a deployment, and of the hours booked on it. */
export interface Backlog {
  /** The first day ever that counts towards them; null when there is none. */
  readonly firstDay: string | null
  /** Of the period, those of backlogs on which an item counted. */
  readonly days: readonly string[]
  /** The first day ever with hours that are of no such day. */
  readonly firstBooked: string | null
  /** Hours booked in the period, without those of such days, and those. */
  readonly upkeepHours: number
  readonly oneOffUpkeepHours: number
}

interface Marked {
  readonly deployments: readonly string[]
  readonly days: Period
}

/**
 * Reads months and days of years beside what is known of them, and what the days of backlogs leave of the days measured
 * and the upkeep of deployments that cleared one. To be asked in the snapshot that the years were read in.
 */
export async function readBeside(
  snapshot: LedgerDatabase,
  memory: YearMemory,
  wanted: readonly Wanted[],
  marked: Marked,
): Promise<ReadonlyMap<string, Backlog>> {
  const asked = wanted.map(({ of: { deployment, year }, months, days }) => ({
    deployment,
    year,
    months,
    days,
  }))
  const { rows } = await sql<FoundMore>`${KEPT} SELECT
    coalesce((SELECT json_agg(json_build_object('deployment', y.deployment, 'year', y.year,
        'months', CASE WHEN y.months THEN ${rolledUp('month')} END, 'days', ${overDays(sql`y.days`)}))
      FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS y (deployment text, year date, months boolean, days jsonb)), '[]') AS beside,
    ${listOf(backlogsOf(marked))} AS backlogs`.execute(snapshot)
  const [found] = rows
  if (!found) throw new Error('The ledger gave no answer about what was counted by month and day.')
  const of = new Map(found.beside.map((row) => [keyOf(row), row]))
  for (const each of wanted) {
    const row = of.get(keyOf(each.of))
    if (row) addBeside(each.of, row, each.days.map(daysKey))
  }
  if (wanted.length > 0) memory.beside = undefined
  return new Map(found.backlogs.map(({ deployment, ...backlog }) => [deployment, backlog]))
}

/** Items of a run that clears a backlog are apart by themselves: the mark of their day takes nothing out. */
const backlogsOf = ({ deployments, days: { from, to } }: Marked) => sql`SELECT deployment,
    (SELECT min(day) FROM day_count c WHERE c.deployment = d.deployment AND outcome <> 'shadow' AND kind NOT IN ('one-off', 'shadow')
      AND NOT ${isMarked('c')}) AS "firstDay",
    coalesce((SELECT json_agg(DISTINCT day) FROM day_count c WHERE c.deployment = d.deployment AND counting > 0 AND kind = 'regular'
      AND day BETWEEN ${from} AND ${to} AND ${isMarked('c')}), '[]') AS days, booked.*
  FROM jsonb_to_recordset(${JSON.stringify(deployments.map((deployment) => ({ deployment })))}::jsonb) AS d (deployment text)
  CROSS JOIN LATERAL (SELECT min(day) FILTER (WHERE NOT cleared) AS "firstBooked",
      coalesce(sum(hours) FILTER (WHERE day BETWEEN ${from} AND ${to} AND NOT cleared), 0)::float8 AS "upkeepHours",
      coalesce(sum(hours) FILTER (WHERE day BETWEEN ${from} AND ${to} AND cleared), 0)::float8 AS "oneOffUpkeepHours"
    FROM (SELECT day, hours, ${isCleared('u')} AS cleared FROM upkeep u WHERE u.deployment = d.deployment AND withdrawn_at IS NULL) own) booked`
