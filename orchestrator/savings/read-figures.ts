import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Norm } from './fte.ts'
import type { Count } from './minutes.ts'
import type { CountedPeriod } from './period.ts'
import { readCounts } from './read-counts.ts'
import { readSettings, type DeploymentSettings, type Settings } from './read-settings.ts'
import { readVersions, type DeploymentVersion } from './read-versions.ts'

export interface HospitalFigures {
  readonly id: string
  readonly name: string
  readonly norms: readonly Norm[]
  readonly deployments: readonly DeploymentFigures[]
  /** Hours that were signed, and not withdrawn, for days that all lie in the period; decimal text. */
  readonly realisedHours: string
}

/** Of one deployment in one period; never changed once made. */
export interface DeploymentFigures extends DeploymentSettings {
  readonly period: CountedPeriod
  /** What was booked in the period, the first day, and which versions of its counts these are. */
  readonly version: DeploymentVersion
  readonly counts: readonly Count[]
}

/**
 * What questions were answered with, for those who read reports again and again: each part serves as long as the rows
 * are the same that it was made of. One for each database.
 */
export type FigureMemory = Map<string, Answered>

interface Answered {
  readonly settings: Settings
  readonly figures: ReadonlyMap<string, DeploymentFigures>
}

/** So many questions are remembered: a trend asks about 60 months, and each keeps some tens of kB for 40 hospitals. */
export const MOST_KEPT = 128

/**
 * What the ledger holds for the report of a period, for one hospital or all; counts only, never items. Whole years and
 * months in which nothing changes that the counts are worth come from the roll-ups, the other days from the days' counts.
 * With a memory, only those deployments are counted again of which a count has changed; it must be asked in a snapshot,
 * so that versions and counts are of the same moment.
 */
export async function readFigures(
  db: LedgerDatabase,
  period: CountedPeriod,
  hospital: string | undefined,
  memory: FigureMemory = new Map(),
): Promise<HospitalFigures[]> {
  const versions = await readVersions(db, period, hospital)
  const question = JSON.stringify([period, hospital, versions.settings])
  const before = memory.get(question)
  const settings = before?.settings ?? (await readSettings(db, period, hospital))
  // A copy: whoever asks at the same time reads another moment of the ledger.
  const figures = new Map(before?.figures)
  const stale = versions.deployments.filter((version) => !isOf(figures.get(version.id), version))
  await countAgain(db, period, settings, stale, figures)
  keep(memory, question, { settings, figures })
  const realised = new Map(versions.realised.map(({ hospital: of, hours }) => [of, hours]))
  return settings.hospitals.map(({ id, name }) => ({
    ...{ id, name, norms: settings.norms.get(id) ?? [], realisedHours: realised.get(id) ?? '0' },
    deployments: (settings.deployments.get(id) ?? []).flatMap((row) => figures.get(row.id) ?? []),
  }))
}

const isOf = (figures: DeploymentFigures | undefined, version: DeploymentVersion): boolean =>
  figures !== undefined &&
  figures.version.counts === version.counts &&
  figures.version.firstDay === version.firstDay &&
  figures.version.upkeepHours === version.upkeepHours &&
  figures.version.oneOffUpkeepHours === version.oneOffUpkeepHours

async function countAgain(
  db: LedgerDatabase,
  period: CountedPeriod,
  settings: Settings,
  stale: readonly DeploymentVersion[],
  figures: Map<string, DeploymentFigures>,
): Promise<void> {
  if (stale.length === 0) return
  const versions = new Map(stale.map((version) => [version.id, version]))
  const rows = [...settings.deployments.values()].flat().filter(({ id }) => versions.has(id))
  const pricings = rows.map(({ pricing }) => pricing)
  const counted = await readCounts(db, { from: period.from, to: period.until }, pricings)
  const counts = Map.groupBy(counted, ({ deployment }) => deployment)
  for (const row of rows) {
    const version = versions.get(row.id)
    if (version) figures.set(row.id, { ...row, period, version, counts: counts.get(row.id) ?? [] })
  }
}

/** The question that was asked longest ago is forgotten first. */
function keep(memory: FigureMemory, question: string, answered: Answered): void {
  memory.delete(question)
  memory.set(question, answered)
  const [oldest] = memory.keys()
  if (memory.size > MOST_KEPT && oldest !== undefined) memory.delete(oldest)
}
