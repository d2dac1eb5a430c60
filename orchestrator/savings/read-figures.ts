import { sql } from 'kysely'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Norm } from './fte.ts'
import type { Baseline, Count } from './minutes.ts'
import type { CountedPeriod } from './period.ts'

export interface HospitalFigures {
  readonly id: string
  readonly name: string
  readonly norms: readonly Norm[]
  readonly deployments: readonly DeploymentFigures[]
}

export interface DeploymentFigures {
  readonly id: string
  readonly hospital: string
  readonly bot: string
  readonly counts: readonly Count[]
  readonly baselines: readonly Baseline[]
  /** Hours booked in the period. */
  readonly upkeepHours: number
  /** The first local day ever with upkeep or an item that was not in shadow mode. */
  readonly firstDay: string | undefined
}

/** What the ledger holds for the report of a period, for one hospital or all; counts only, never items. */
export async function readFigures(
  db: LedgerDatabase,
  period: CountedPeriod,
  hospital: string | undefined,
): Promise<HospitalFigures[]> {
  const hospitals = await db
    .selectFrom('hospital')
    .select(['id', 'name'])
    .$if(hospital !== undefined, (query) => query.where('id', '=', hospital ?? ''))
    .orderBy('id')
    .execute()
  const ids = hospitals.map(({ id }) => id)
  const deployments = Map.groupBy(await readDeployments(db, ids, period), (row) => row.hospital)
  const norms = Map.groupBy(await readNorms(db, ids), (row) => row.hospital)
  return hospitals.map(({ id, name }) => ({
    id,
    name,
    norms: norms.get(id) ?? [],
    deployments: deployments.get(id) ?? [],
  }))
}

async function readNorms(
  db: LedgerDatabase,
  hospitals: readonly string[],
): Promise<(Norm & { hospital: string })[]> {
  const rows = await db
    .selectFrom('norm')
    .selectAll()
    .where('hospital', 'in', ['', ...hospitals])
    .execute()
  return rows.map(({ hospital, name, hours_per_year, valid_from }) => ({
    hospital,
    name,
    hoursPerYear: Number(hours_per_year),
    validFrom: valid_from,
  }))
}

async function readDeployments(
  db: LedgerDatabase,
  hospitals: readonly string[],
  period: CountedPeriod,
): Promise<DeploymentFigures[]> {
  const { rows } = await sql<Omit<DeploymentFigures, 'counts' | 'baselines' | 'firstDay'> & FirstDay>`
    SELECT d.id, d.hospital, d.bot,
      (SELECT coalesce(sum(hours), 0)::float8 FROM upkeep
        WHERE deployment = d.id AND day BETWEEN ${period.from} AND ${period.until}) AS "upkeepHours",
      least((SELECT min(day) FROM day_count WHERE deployment = d.id AND outcome <> 'shadow'),
        (SELECT min(day) FROM upkeep WHERE deployment = d.id)) AS "firstDay"
    FROM deployment d WHERE d.hospital = ANY(${hospitals}) ORDER BY d.hospital, d.id`.execute(db)
  const ids = ['', ...rows.map(({ id }) => id)]
  const counts = Map.groupBy(await readCounts(db, ids, period), (count) => count.deployment)
  const baselines = Map.groupBy(await readBaselines(db, ids), (baseline) => baseline.deployment)
  return rows.map((row) => ({
    ...row,
    firstDay: row.firstDay ?? undefined,
    counts: counts.get(row.id) ?? [],
    baselines: baselines.get(row.id) ?? [],
  }))
}

interface FirstDay {
  readonly firstDay: string | null
}

async function readCounts(
  db: LedgerDatabase,
  deployments: readonly string[],
  { from, until }: CountedPeriod,
): Promise<Count[]> {
  return await db
    .selectFrom('day_count')
    .select(['deployment', 'day', 'variant', 'outcome', 'items', 'shares', 'human_seconds as humanSeconds'])
    .where('deployment', 'in', deployments)
    .where('day', '>=', from)
    .where('day', '<=', until)
    .execute()
}

async function readBaselines(db: LedgerDatabase, deployments: readonly string[]): Promise<Baseline[]> {
  return await db
    .selectFrom('baseline')
    .select(['id', 'deployment', 'variant', 'minutes', 'method', 'n'])
    .select(['spread_minutes as spreadMinutes', 'valid_from as validFrom', 'valid_until as validUntil'])
    .where('deployment', 'in', deployments)
    .execute()
}
