import { sql } from 'kysely'
import { KEPT } from '../ledger/kept-plans.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { CountedPeriod } from './period.ts'
import { listOf } from './read-settings.ts'

/** Which versions of rows a report would be made of, and what is too small and too often changed to keep. */
export interface Versions {
  /** Differs as soon as anything differs that `readSettings` could read here. */
  readonly settings: string
  /** Hours that were signed, and not withdrawn, for days that all lie in the period; decimal text. Those with none are left out. */
  readonly realised: readonly { readonly hospital: string; readonly hours: string }[]
  readonly deployments: readonly DeploymentVersion[]
}

export interface DeploymentVersion {
  readonly id: string
  /** Differs as soon as one of its counts does; null when nothing was counted. */
  readonly counts: string | null
  /** Hours booked in the period, apart from those on days on which a backlog was cleared. */
  readonly upkeepHours: number
  readonly oneOffUpkeepHours: number
  /** The first local day ever with upkeep or an item that was neither in shadow mode nor of a backlog. */
  readonly firstDay: string | null
}

/**
 * Where a row lies and which transaction wrote it: no two versions of a row share both (PostgreSQL, "System Columns").
 * Added up, these tell whether any row of a set was added, changed or taken away, without reading what is in them.
 */
const VERSION = (table: string) =>
  sql`hash_record_extended(ROW(${sql.ref(`${table}.ctid`)}, ${sql.ref(`${table}.xmin`)}), 0)`

const SETTINGS = ['hospital', 'norm', 'deployment', 'baseline', 'chain', 'chain_part', 'one_off']

/** Of one hospital or of all, in one question and one answer. A change of a day's count changes that of its year. */
export async function readVersions(
  db: LedgerDatabase,
  period: CountedPeriod,
  hospital: string | undefined,
): Promise<Versions> {
  const here = hospital === undefined ? sql`true` : sql`d.hospital = ${hospital}`
  const settings = sql.join(
    SETTINGS.map(
      (table, place) => sql`SELECT ${VERSION(table)} # ${sql.lit(place)} AS version FROM ${sql.table(table)}`,
    ),
    sql` UNION ALL `,
  )
  const { rows } = await sql<Versions>`${KEPT} SELECT
    (SELECT concat_ws(' ', count(*), sum(version), pg_postmaster_start_time(), current_database()) FROM (${settings}) each) AS settings,
    ${listOf(sql`SELECT hospital, sum(hours)::text AS hours FROM realised
      WHERE withdrawn_at IS NULL AND from_day >= ${period.from} AND to_day <= ${period.to} GROUP BY hospital`)} AS realised,
    ${listOf(deploymentVersions(period, here))} AS deployments`.execute(db)
  const [found] = rows
  if (!found) throw new Error('The ledger gave no answer about its versions.')
  return found
}

const deploymentVersions = ({ from, until }: CountedPeriod, here: ReturnType<typeof sql>) => {
  const inOneOff = (day: ReturnType<typeof sql>) =>
    sql`EXISTS (SELECT FROM one_off o WHERE o.deployment = d.id AND ${day} BETWEEN o.from_day AND o.until_day)`
  return sql`SELECT d.id, counted.version::text AS counts, coalesce(booked.regular, 0)::float8 AS "upkeepHours",
      coalesce(booked.one_off, 0)::float8 AS "oneOffUpkeepHours",
      least(booked.first_day, CASE WHEN EXISTS (SELECT FROM one_off o WHERE o.deployment = d.id)
        THEN (SELECT min(c.day) FROM day_count c WHERE c.deployment = d.id AND c.outcome <> 'shadow'
          AND c.kind <> 'one-off' AND NOT ${inOneOff(sql`c.day`)})
        ELSE counted.first_day END) AS "firstDay"
    FROM deployment d
    LEFT JOIN (SELECT deployment, sum(${VERSION('roll_up')}) AS version, min(first_day) AS first_day
      FROM roll_up WHERE span = 'year' GROUP BY deployment) counted ON counted.deployment = d.id
    LEFT JOIN LATERAL (
      SELECT sum(hours) FILTER (WHERE day BETWEEN ${from} AND ${until} AND NOT backlog) AS regular,
        sum(hours) FILTER (WHERE day BETWEEN ${from} AND ${until} AND backlog) AS one_off, min(day) FILTER (WHERE NOT backlog) AS first_day
      FROM (SELECT u.day, u.hours, ${inOneOff(sql`u.day`)} AS backlog FROM upkeep u
        WHERE u.deployment = d.id AND u.withdrawn_at IS NULL) own
    ) booked ON true
    WHERE ${here}`
}
