import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Norm } from './fte.ts'
import type { Count } from './minutes.ts'
import type { CountedPeriod } from './period.ts'
import { readCounts } from './read-counts.ts'
import {
  readSettings,
  type DeploymentSettings,
  type HospitalSettings,
  type Settings,
} from './read-settings.ts'
import { readVersions, type Versions } from './read-versions.ts'

export interface HospitalFigures extends HospitalSettings {
  readonly norms: readonly Norm[]
  readonly period: CountedPeriod
  readonly deployments: readonly DeploymentFigures[]
}

/** Of one deployment in one period. */
export interface DeploymentFigures extends DeploymentSettings {
  readonly period: CountedPeriod
  /** Which versions of its counts these are; undefined when there are none. */
  readonly version: string | undefined
  readonly counts: readonly Count[]
  /** The first local day ever with upkeep or an item that was neither in shadow mode nor of a backlog. */
  readonly firstDay: string | undefined
}

/**
 * What questions were answered with, for those who read reports again and again: each part serves as long as the rows
 * are the same that it was made of. One for each database.
 */
export type FigureMemory = Map<string, Answered>

interface Answered {
  readonly settings: Settings
  /** The same objects again where nothing changed, so that what is made of them need not be made again. */
  readonly hospitals: readonly HospitalFigures[]
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
): Promise<readonly HospitalFigures[]> {
  const versions = await readVersions(db)
  const question = JSON.stringify([period, hospital, versions.settings])
  const before = memory.get(question)
  const settings = before?.settings ?? (await readSettings(db, period, hospital))
  const known = new Map(
    before?.hospitals.flatMap(({ deployments }) => deployments).map((row) => [row.id, row]),
  )
  const rows = [...settings.deployments.values()].flat()
  const stale = rows.filter(({ id }) => known.get(id)?.version !== versions.counts[id] || !known.has(id))
  for (const row of await countAgain(db, period, versions, stale)) known.set(row.id, row)
  const hospitals = settings.hospitals.map((each, place) => {
    const deployments = (settings.deployments.get(each.id) ?? []).flatMap(({ id }) => known.get(id) ?? [])
    const again = before?.hospitals[place]
    if (again && deployments.every((row, index) => row === again.deployments[index])) return again
    return { ...each, period, norms: settings.norms.get(each.id) ?? [], deployments }
  })
  keep(memory, question, { settings, hospitals })
  return hospitals
}

async function countAgain(
  db: LedgerDatabase,
  period: CountedPeriod,
  versions: Versions,
  stale: readonly DeploymentSettings[],
): Promise<DeploymentFigures[]> {
  if (stale.length === 0) return []
  const pricings = stale.map(({ pricing }) => pricing)
  const counted = await readCounts(db, { from: period.from, to: period.until }, pricings)
  const counts = Map.groupBy(counted.counts, ({ deployment }) => deployment)
  const firstDays = new Map(counted.firstDays.map(({ deployment, day }) => [deployment, day]))
  return stale.map((row) => {
    const [firstDay] = [row.firstBooked, firstDays.get(row.id)].flatMap((day) => day ?? []).toSorted()
    return { ...row, period, version: versions.counts[row.id], counts: counts.get(row.id) ?? [], firstDay }
  })
}

/** The question that was asked longest ago is forgotten first. */
function keep(memory: FigureMemory, question: string, answered: Answered): void {
  memory.delete(question)
  memory.set(question, answered)
  const [oldest] = memory.keys()
  if (memory.size > MOST_KEPT && oldest !== undefined) memory.delete(oldest)
}
