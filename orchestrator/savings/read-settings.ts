import { sql } from 'kysely'
import { KEPT } from '../ledger/kept-plans.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Norm } from './fte.ts'
import type { CountedPeriod } from './period.ts'
import { type Baseline, type ChainPart, type OneOffDays, type Pricing } from './prices.ts'

/** What was decided about hospitals and deployments: it changes when somebody changes it, not when an item ends. */
export interface Settings {
  readonly hospitals: readonly HospitalSettings[]
  readonly norms: ReadonlyMap<string, readonly Norm[]>
  /** By hospital, in the order of their ids. */
  readonly deployments: ReadonlyMap<string, readonly DeploymentSettings[]>
}

export interface HospitalSettings {
  readonly id: string
  readonly name: string
  /** Hours that were signed, and not withdrawn, for days that all lie in the period; decimal text. */
  readonly realisedHours: string
  /** The same of periods that lie partly in it: which of their hours are of its days, nobody signed. */
  readonly realisedAcrossHours: string
}

export interface DeploymentSettings {
  readonly id: string
  readonly hospital: string
  readonly bot: string
  readonly activity: string | null
  /** Whether a robot of another make reported items into it. */
  readonly reported: boolean
  /** Hours booked in the period, those of backlogs with them: which days those are depends on what was counted. */
  readonly bookedHours: number
  /** The first local day ever with hours. */
  readonly firstBooked: string | null
  /** Whether days of it were ever marked as those of a backlog. */
  readonly hadBacklog: boolean
  /** Of the period that was asked for. */
  readonly pricing: Pricing
}

type Row = ReturnType<typeof sql>

/** A query's rows as a list in one column: asking for parts one by one would cost more than reading them. */
export const listOf = (part: Row): Row => sql`coalesce((SELECT json_agg(row) FROM (${part}) row), '[]')`

interface Found {
  readonly hospitals: readonly HospitalSettings[]
  readonly norms: readonly (Norm & { hospital: string })[]
  readonly deployments: readonly Omit<DeploymentSettings, 'pricing'>[]
  readonly baselines: readonly Baseline[]
  readonly chainParts: readonly ChainPart[]
  readonly oneOff: readonly OneOffDays[]
}

/** The settings that count in a period, of one hospital or of all, in one question and one answer. */
export async function readSettings(
  db: LedgerDatabase,
  period: CountedPeriod,
  hospital: string | undefined,
): Promise<Settings> {
  const { from, to, until } = period
  const here = hospital === undefined ? sql`true` : sql`hospital = ${hospital}`
  const inPeriod = sql`valid_from <= ${until} AND (valid_until IS NULL OR valid_until > ${from})`
  const { rows } = await sql<Found>`${KEPT} SELECT
    ${listOf(sql`SELECT id, name, coalesce(within, 0)::text AS "realisedHours", coalesce(across, 0)::text AS "realisedAcrossHours"
      FROM (SELECT *, id AS hospital FROM hospital) h LEFT JOIN LATERAL (
        SELECT sum(hours) FILTER (WHERE whole) AS within, sum(hours) FILTER (WHERE NOT whole) AS across
        FROM (SELECT hours, from_day >= ${from} AND to_day <= ${to} AS whole FROM realised r
          WHERE r.hospital = h.id AND withdrawn_at IS NULL AND from_day <= ${to} AND to_day >= ${from}) own) signed ON true
      WHERE ${here} ORDER BY id`)} AS hospitals,
    ${listOf(sql`SELECT hospital, name, hours_per_year::float8 AS "hoursPerYear", valid_from AS "validFrom"
      FROM norm WHERE ${here}`)} AS norms,
    ${listOf(sql`SELECT d.id, hospital, bot, activity, reported, coalesce(hours, 0)::float8 AS "bookedHours", first_day AS "firstBooked",
        EXISTS (SELECT FROM one_off o WHERE o.deployment = d.id) AS "hadBacklog"
      FROM deployment d LEFT JOIN (SELECT deployment, min(day) AS first_day, sum(hours) FILTER (WHERE day BETWEEN ${from} AND ${until}) AS hours
        FROM upkeep WHERE withdrawn_at IS NULL GROUP BY deployment) booked ON booked.deployment = d.id WHERE ${here} ORDER BY d.id`)} AS deployments,
    ${listOf(sql`SELECT b.id, b.deployment, b.variant, b.minutes::text AS minutes, b.method, b.n,
        b.spread_minutes::text AS "spreadMinutes", b.valid_from AS "validFrom", b.valid_until AS "validUntil", b.measured_on AS "measuredOn"
      FROM baseline b JOIN deployment d ON d.id = b.deployment WHERE ${here} AND ${inPeriod}`)} AS baselines,
    ${listOf(sql`SELECT c.id AS chain, p.deployment, p.variant, p.share::text AS share, c.baseline_deployment AS "baselineDeployment",
        c.baseline_variant AS "baselineVariant", c.valid_from AS "validFrom", c.valid_until AS "validUntil"
      FROM chain_part p JOIN (SELECT * FROM chain WHERE ${here} AND ${inPeriod}) c ON c.id = p.chain`)} AS "chainParts",
    ${listOf(sql`SELECT deployment, from_day AS "from", until_day AS "until" FROM one_off
      WHERE ${here} AND from_day <= ${until} AND until_day >= ${from}`)} AS "oneOff"`.execute(db)
  const [found] = rows
  if (!found) throw new Error('The ledger gave no answer about its settings.')
  return settingsOf(found)
}

/** Whether a row's deployment has its day marked as one of a backlog. */
export const isMarked = (row: string): Row =>
  sql`EXISTS (SELECT FROM one_off o WHERE o.deployment = ${sql.ref(`${row}.deployment`)} AND ${sql.ref(`${row}.day`)} BETWEEN o.from_day AND o.until_day)`

/** Whether that mark took counted items from the regular work: else the day is one like any other, with its upkeep. */
export const isCleared = (row: string): Row =>
  sql`(${isMarked(row)} AND EXISTS (SELECT FROM day_count c WHERE c.deployment = ${sql.ref(`${row}.deployment`)}
    AND c.day = ${sql.ref(`${row}.day`)} AND c.counting > 0 AND c.kind = 'regular'))`

function settingsOf(found: Found): Settings {
  const baselines = Map.groupBy(found.baselines, ({ deployment }) => deployment)
  const chainParts = Map.groupBy(found.chainParts, ({ deployment }) => deployment)
  const oneOff = Map.groupBy(found.oneOff, ({ deployment }) => deployment)
  const deployments = found.deployments.map((row): DeploymentSettings => {
    const parts = chainParts.get(row.id) ?? []
    const of = new Set([row.id, ...parts.map(({ baselineDeployment }) => baselineDeployment)])
    const own = [...of].flatMap((deployment) => baselines.get(deployment) ?? [])
    const pricing = {
      deployment: row.id,
      baselines: own,
      chainParts: parts,
      oneOff: oneOff.get(row.id) ?? [],
    }
    return { ...row, pricing }
  })
  return {
    hospitals: found.hospitals,
    norms: Map.groupBy(found.norms, ({ hospital }) => hospital),
    deployments: Map.groupBy(deployments, ({ hospital }) => hospital),
  }
}
