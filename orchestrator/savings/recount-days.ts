import { sql } from 'kysely'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Period } from './period.ts'
import { told, WORTH } from './recount-sql.ts'

/** What the events of one deployment and local day come to; of regular work, or of backlogs. Seconds as decimal text. */
export interface RecountedDay {
  readonly deployment: string
  readonly day: string
  readonly oneOff: boolean
  readonly grossSeconds: string
  readonly humanSeconds: string
  /** How often items ended in each way. */
  readonly done: number
  readonly nothing: number
  readonly byHand: number
  readonly parked: number
  readonly shadow: number
  /** Items that count, with a baseline or without, and those without. */
  readonly counting: number
  readonly withoutBaseline: number
  readonly leftOut: number
  /** The worst grade among the baselines; null when none was used. */
  readonly grade: string | null
  /** Whether the day counts as measured: not all of it was in shadow mode. */
  readonly measured: boolean
  /** Whether regular work counted: on a day of a backlog, that it took something out. */
  readonly regular: boolean
  /** How many shares were counted by each baseline, what a chain leaves of it taken off; decimal text. */
  readonly used: readonly { readonly baseline: number; readonly shares: string }[]
}

const ended = (outcome: string) =>
  sql`coalesce(sum(f.items) FILTER (WHERE f.outcome = ${sql.lit(outcome)}), 0)::integer`

const COUNTING = sql`f.share > 0 AND f.kind <> 'left-out'`

/** What each deployment and day of a period comes to, from the events alone; from `from` to `to`, both included. */
export async function recountDays(db: LedgerDatabase, period: Period): Promise<RecountedDay[]> {
  const { rows } = await sql<RecountedDay>`
    WITH ${told(period)}, by_baseline AS (
      SELECT f.deployment, f.day, f.kind = 'one-off' OR EXISTS (SELECT FROM one_off o WHERE o.deployment = f.deployment
          AND f.day BETWEEN o.from_day AND o.until_day) AS one_off, valid.baseline,
        coalesce(sum(f.share * valid.minutes * 60), 0) AS gross, sum(f.human) AS human, sum(f.share * valid.weight) AS shares,
        ${ended('done')} AS done, ${ended('nothing')} AS nothing, ${ended('by-hand')} AS by_hand,
        ${ended('parked')} AS parked, ${ended('shadow')} AS shadow, count(*) FILTER (WHERE ${COUNTING}) AS counting,
        count(*) FILTER (WHERE ${COUNTING} AND valid.minutes IS NULL) AS without,
        count(*) FILTER (WHERE f.share > 0 AND f.kind = 'left-out') AS left_out,
        max(valid.grade) FILTER (WHERE f.share > 0) AS grade, bool_or(f.outcome <> 'shadow') AS measured,
        bool_or(f.share > 0 AND f.kind = 'regular') AS regular
      FROM told f ${WORTH}
      WHERE f.kind NOT IN ('shadow', 'withdrawn')
      GROUP BY 1, 2, 3, 4
    )
    SELECT deployment, day, one_off AS "oneOff", sum(gross)::text AS "grossSeconds", sum(human)::text AS "humanSeconds",
      sum(done)::integer AS done, sum(nothing)::integer AS nothing, sum(by_hand)::integer AS "byHand",
      sum(parked)::integer AS parked, sum(shadow)::integer AS shadow, sum(counting)::integer AS counting,
      sum(without)::integer AS "withoutBaseline", sum(left_out)::integer AS "leftOut", max(grade) AS grade,
      bool_or(measured) AS measured, bool_or(regular) AS regular,
      coalesce(jsonb_agg(jsonb_build_object('baseline', baseline, 'shares', shares::text) ORDER BY baseline)
        FILTER (WHERE baseline IS NOT NULL AND shares > 0), '[]') AS used
    FROM by_baseline GROUP BY 1, 2, 3 ORDER BY 2, 1, 3`.execute(db)
  return rows
}
