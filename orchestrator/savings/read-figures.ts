import { sql } from 'kysely'
import { KEPT } from '../ledger/kept-plans.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Norm } from './fte.ts'
import type { Count } from './minutes.ts'
import type { CountedPeriod } from './period.ts'
import { type Baseline, type ChainPart, type OneOffDays, type Pricing } from './prices.ts'
import { readCounts } from './read-counts.ts'

export interface HospitalFigures {
  readonly id: string
  readonly name: string
  readonly norms: readonly Norm[]
  readonly deployments: readonly DeploymentFigures[]
  /** Hours that were signed, and not withdrawn, for days that all lie in the period; decimal text. */
  readonly realisedHours: string
}

export interface DeploymentFigures {
  readonly id: string
  readonly hospital: string
  readonly bot: string
  readonly activity: string | null
  readonly counts: readonly Count[]
  readonly pricing: Pricing
  /** Hours booked in the period, apart from those on days on which a backlog was cleared. */
  readonly upkeepHours: number
  readonly oneOffUpkeepHours: number
  /** The first local day ever with upkeep or an item that was neither in shadow mode nor of a backlog. */
  readonly firstDay: string | undefined
}

/**
 * What the ledger holds for the report of a period, for one hospital or all; counts only, never items. Whole years and
 * months in which nothing changes that the counts are worth come from the roll-ups, the other days from the days' counts.
 */
export async function readFigures(
  db: LedgerDatabase,
  period: CountedPeriod,
  hospital: string | undefined,
): Promise<HospitalFigures[]> {
  const settings = await readSettings(db, period, hospital)
  const baselines = Map.groupBy(settings.baselines, ({ deployment }) => deployment)
  const chainParts = Map.groupBy(settings.chainParts, ({ deployment }) => deployment)
  const oneOff = Map.groupBy(settings.oneOff, ({ deployment }) => deployment)
  const pricings = settings.deployments.map(({ id }): Pricing => {
    const parts = chainParts.get(id) ?? []
    const of = new Set([id, ...parts.map(({ baselineDeployment }) => baselineDeployment)])
    const own = [...of].flatMap((deployment) => baselines.get(deployment) ?? [])
    return { deployment: id, baselines: own, chainParts: parts, oneOff: oneOff.get(id) ?? [] }
  })
  const counts = Map.groupBy(
    await readCounts(db, { from: period.from, to: period.until }, pricings),
    ({ deployment }) => deployment,
  )
  const deployments = settings.deployments.map(({ firstDay, ...row }, index): DeploymentFigures => {
    const none: Pricing = { deployment: row.id, baselines: [], chainParts: [], oneOff: [] }
    const pricing = pricings[index] ?? none
    return { ...row, firstDay: firstDay ?? undefined, pricing, counts: counts.get(row.id) ?? [] }
  })
  const ofHospital = Map.groupBy(deployments, (deployment) => deployment.hospital)
  const norms = Map.groupBy(settings.norms, (norm) => norm.hospital)
  return settings.hospitals.map((row) => ({
    ...row,
    norms: norms.get(row.id) ?? [],
    deployments: ofHospital.get(row.id) ?? [],
  }))
}

interface Settings {
  readonly hospitals: readonly { id: string; name: string; realisedHours: string }[]
  readonly norms: readonly (Norm & { hospital: string })[]
  readonly deployments: readonly DeploymentSettings[]
  readonly baselines: readonly Baseline[]
  readonly chainParts: readonly ChainPart[]
  readonly oneOff: readonly OneOffDays[]
}

interface DeploymentSettings extends Omit<DeploymentFigures, 'counts' | 'pricing' | 'firstDay'> {
  readonly firstDay: string | null
}

/** In one question and one answer: reading it in parts would cost more than the counts do. */
async function readSettings(
  db: LedgerDatabase,
  { from, until, to }: CountedPeriod,
  hospital: string | undefined,
): Promise<Settings> {
  const here = hospital === undefined ? sql`true` : sql`hospital = ${hospital}`
  const inPeriod = sql`valid_from <= ${until} AND (valid_until IS NULL OR valid_until > ${from})`
  const rows = (part: ReturnType<typeof sql>) =>
    sql`coalesce((SELECT json_agg(row) FROM (${part}) row), '[]')`
  const { rows: found } = await sql<Settings>`${KEPT} SELECT
    ${rows(sql`SELECT h.id, h.name, (SELECT coalesce(sum(r.hours), 0)::text FROM realised r WHERE r.hospital = h.id
        AND r.withdrawn_at IS NULL AND r.from_day >= ${from} AND r.to_day <= ${to}) AS "realisedHours"
      FROM (SELECT *, id AS hospital FROM hospital) h WHERE ${here} ORDER BY h.id`)} AS hospitals,
    ${rows(sql`SELECT hospital, name, hours_per_year::float8 AS "hoursPerYear", valid_from AS "validFrom"
      FROM norm WHERE ${here}`)} AS norms,
    ${rows(deploymentSettings(from, until, here))} AS deployments,
    ${rows(sql`SELECT b.id, b.deployment, b.variant, b.minutes::text AS minutes, b.method, b.n,
        b.spread_minutes::text AS "spreadMinutes", b.valid_from AS "validFrom", b.valid_until AS "validUntil"
      FROM baseline b JOIN deployment d ON d.id = b.deployment WHERE ${here} AND ${inPeriod}`)} AS baselines,
    ${rows(sql`SELECT c.id AS chain, p.deployment, p.variant, p.share::text AS share, c.baseline_deployment AS "baselineDeployment",
        c.baseline_variant AS "baselineVariant", c.valid_from AS "validFrom", c.valid_until AS "validUntil"
      FROM chain_part p JOIN (SELECT * FROM chain WHERE ${here} AND ${inPeriod}) c ON c.id = p.chain`)} AS "chainParts",
    ${rows(sql`SELECT deployment, from_day AS "from", until_day AS "until" FROM one_off
      WHERE ${here} AND from_day <= ${until} AND until_day >= ${from}`)} AS "oneOff"`.execute(db)
  const [settings] = found
  if (!settings) throw new Error('The ledger gave no answer about its settings.')
  return settings
}

const deploymentSettings = (from: string, until: string, here: ReturnType<typeof sql>) => {
  const inOneOff = (day: ReturnType<typeof sql>) =>
    sql`EXISTS (SELECT FROM one_off o WHERE o.deployment = d.id AND ${day} BETWEEN o.from_day AND o.until_day)`
  return sql`SELECT d.id, d.hospital, d.bot, d.activity, coalesce(booked.regular, 0)::float8 AS "upkeepHours",
      coalesce(booked.one_off, 0)::float8 AS "oneOffUpkeepHours",
      least(booked.first_day, CASE WHEN EXISTS (SELECT FROM one_off o WHERE o.deployment = d.id)
        THEN (SELECT min(c.day) FROM day_count c WHERE c.deployment = d.id AND c.outcome <> 'shadow'
          AND c.kind <> 'one-off' AND NOT ${inOneOff(sql`c.day`)})
        ELSE counted.first_day END) AS "firstDay"
    FROM deployment d
    LEFT JOIN (SELECT deployment, min(first_day) AS first_day FROM roll_up WHERE span = 'year' GROUP BY deployment) counted
      ON counted.deployment = d.id
    LEFT JOIN LATERAL (
      SELECT sum(hours) FILTER (WHERE day BETWEEN ${from} AND ${until} AND NOT backlog) AS regular,
        sum(hours) FILTER (WHERE day BETWEEN ${from} AND ${until} AND backlog) AS one_off, min(day) FILTER (WHERE NOT backlog) AS first_day
      FROM (SELECT u.day, u.hours, ${inOneOff(sql`u.day`)} AS backlog FROM upkeep u
        WHERE u.deployment = d.id AND u.withdrawn_at IS NULL) own
    ) booked ON true
    WHERE ${here} ORDER BY d.hospital, d.id`
}
