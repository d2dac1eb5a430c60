import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Norm } from './fte.ts'
import type { Count } from './minutes.ts'
import type { CountedPeriod } from './period.ts'
import {
  readSettings,
  type DeploymentSettings,
  type HospitalSettings,
  type Settings,
} from './read-settings.ts'
import { readBeside, type Backlog } from './read-beside.ts'
import { newYearMemory, readYears, type CountedYears, type YearMemory } from './read-year-counts.ts'
import { inSnapshot } from './snapshot.ts'
import type { SpanRange } from './spans.ts'
import { countsOf, piecesOf, wantedOf, type YearCounts } from './year-counts.ts'

export interface HospitalFigures extends HospitalSettings {
  readonly norms: readonly Norm[]
  readonly period: CountedPeriod
  readonly deployments: readonly DeploymentFigures[]
}

/** Of one deployment in one period. */
export interface DeploymentFigures extends DeploymentSettings {
  readonly period: CountedPeriod
  /** What it counted, of all years; the counts of the period are made of these. */
  readonly years: readonly YearCounts[]
  readonly counts: readonly Count[]
  /** The first local day ever with upkeep or an item that was neither in shadow mode nor of a backlog. */
  readonly firstDay: string | undefined
  /** The days of the period on which a backlog took counted items out of regular work. */
  readonly backlogDays: readonly string[]
  /** Hours booked in the period, apart from those on such days. */
  readonly upkeepHours: number
  readonly oneOffUpkeepHours: number
}

/**
 * What was read for reports, for those who read them again and again: each part serves as long as the rows are the same
 * that it was made of. One for each database, and better one for readers who see the same: what one read serves no other.
 */
export interface FigureMemory {
  readonly years: YearMemory
  readonly questions: Map<string, Answered>
}

interface Answered {
  readonly settings: Settings
  /** By deployment. */
  readonly figures: ReadonlyMap<string, DeploymentFigures>
  /** The same objects again where nothing changed, so that what is made of them need not be made again. */
  readonly hospitals: readonly HospitalFigures[]
}

interface Question {
  readonly period: CountedPeriod
  readonly hospital: string | undefined
}

export const newFigureMemory = (): FigureMemory => ({
  years: newYearMemory(),
  questions: new Map(),
})

/** So many sets of hospitals have a memory; the one that was made first is forgotten first. */
const MOST_READERS = 32

/** A memory for those who see the same hospitals. */
export function figureMemories(): (hospitals: readonly string[]) => FigureMemory {
  const memories = new Map<string, FigureMemory>()
  return (hospitals) => {
    const key = hospitals.toSorted().join()
    const memory = memories.get(key) ?? newFigureMemory()
    memories.set(key, memory)
    const [oldest] = memories.keys()
    if (memories.size > MOST_READERS && oldest !== undefined) memories.delete(oldest)
    return memory
  }
}

/** So many questions are remembered: a trend asks about 60 months, and each keeps some tens of kB for 40 hospitals. */
export const MOST_KEPT = 128

/**
 * What the ledger holds for the report of a period, for one hospital or all; counts only, never items. Whole years and
 * months in which nothing changes that the counts are worth come from the roll-ups, the other days from the days' counts.
 * All is of one moment: with a memory that lacks nothing one statement gives it, else it is read in a snapshot.
 */
export async function readFigures(
  db: LedgerDatabase,
  period: CountedPeriod,
  hospital: string | undefined,
  memory: FigureMemory = newFigureMemory(),
): Promise<readonly HospitalFigures[]> {
  const question = { period, hospital }
  const lacksNothing = !db.isTransaction && memory.questions.size > 0
  const remembered = lacksNothing ? await answer(db, question, memory) : undefined
  const found = remembered ?? (await inSnapshot(db, (snapshot) => answer(snapshot, question, memory)))
  if (!found) throw new Error('A snapshot of the ledger answered only in part.')
  return found
}

/** Undefined outside a snapshot when the memory lacks something. */
async function answer(
  db: LedgerDatabase,
  { period, hospital }: Question,
  memory: FigureMemory,
): Promise<readonly HospitalFigures[] | undefined> {
  const counted = await yearsOf(db, memory)
  const key = JSON.stringify([period, hospital, counted.settings])
  const before = memory.questions.get(key)
  if (!before && !db.isTransaction) return undefined
  const settings = before?.settings ?? (await readSettings(db, period, hospital))
  const stale = [...settings.deployments.values()].flatMap((rows) =>
    rows.filter(({ id }) => before?.figures.get(id)?.years !== yearsIn(counted, id)),
  )
  if (before && stale.length === 0) {
    keep(memory, key, before)
    return before.hospitals
  }
  const again = await countAgain(db, period, memory, { counted, stale })
  if (!again) return undefined
  const figures = new Map([...(before?.figures ?? []), ...again.map((row) => [row.id, row] as const)])
  const hospitals = hospitalsOf(period, settings, figures, before)
  keep(memory, key, { settings, figures, hospitals })
  return hospitals
}

const NONE: readonly YearCounts[] = []

const yearsIn = ({ years }: CountedYears, deployment: string) => years.get(deployment) ?? NONE

const inSnapshots = new WeakMap<YearMemory, WeakMap<LedgerDatabase, Promise<CountedYears>>>()

/** In a snapshot they stay as they are, so there it is asked once; what a memory numbers says nothing to another. */
async function yearsOf(db: LedgerDatabase, { years }: FigureMemory): Promise<CountedYears> {
  if (!db.isTransaction) return await readYears(db, years)
  const own = inSnapshots.get(years) ?? new WeakMap<LedgerDatabase, Promise<CountedYears>>()
  inSnapshots.set(years, own)
  const asked = own.get(db) ?? readYears(db, years)
  own.set(db, asked)
  return await asked
}

/** Undefined outside a snapshot when months or days of them are not known. */
async function countAgain(
  db: LedgerDatabase,
  period: CountedPeriod,
  memory: FigureMemory,
  { counted, stale }: { readonly counted: CountedYears; readonly stale: readonly DeploymentSettings[] },
): Promise<DeploymentFigures[] | undefined> {
  const days = { from: period.from, to: period.until }
  const covers = new Map<string, SpanRange[]>()
  const of = stale.map((row) => {
    const years = yearsIn(counted, row.id)
    return { row, years, pieces: piecesOf(years, row.pricing, days, covers) }
  })
  const wanted = of.flatMap(({ pieces }) => wantedOf(pieces))
  const withBacklog = stale.flatMap(({ id, hadBacklog }) => (hadBacklog ? [id] : []))
  const lacks = wanted.length > 0 || withBacklog.length > 0
  if (lacks && !db.isTransaction) return undefined
  const marked = { days, deployments: withBacklog }
  const beside = lacks ? await readBeside(db, memory.years, wanted, marked) : undefined
  return of.map(({ row, years, pieces }) => ({
    ...{ ...row, period, years },
    counts: countsOf(pieces),
    ...besideBacklog(row, years, row.hadBacklog ? beside?.get(row.id) : undefined),
  }))
}

/** What is measured and booked, but for the days that a backlog took items from. */
function besideBacklog(
  { bookedHours, firstBooked }: DeploymentSettings,
  years: readonly YearCounts[],
  backlog: Backlog | undefined,
): Pick<DeploymentFigures, 'firstDay' | 'backlogDays' | 'upkeepHours' | 'oneOffUpkeepHours'> {
  if (!backlog) {
    const firstDay = firstOf([firstBooked, firstDayOf(years)])
    return { firstDay, backlogDays: [], upkeepHours: bookedHours, oneOffUpkeepHours: 0 }
  }
  const { upkeepHours, oneOffUpkeepHours, days: backlogDays } = backlog
  const firstDay = firstOf([backlog.firstBooked, backlog.firstDay])
  return { firstDay, backlogDays, upkeepHours, oneOffUpkeepHours }
}

const firstDayOf = (years: readonly YearCounts[]) => firstOf(years.map(({ firstDay }) => firstDay))

const firstOf = (days: readonly (string | null | undefined)[]): string | undefined =>
  days.flatMap((day) => day ?? []).toSorted()[0]

const hospitalsOf = (
  period: CountedPeriod,
  { hospitals, norms, deployments }: Settings,
  figures: ReadonlyMap<string, DeploymentFigures>,
  before: Answered | undefined,
): HospitalFigures[] =>
  hospitals.map((each, place) => {
    const own = (deployments.get(each.id) ?? []).flatMap(({ id }) => figures.get(id) ?? [])
    const again = before?.hospitals[place]
    if (again && own.every((row, index) => row === again.deployments[index])) return again
    return { ...each, period, norms: norms.get(each.id) ?? [], deployments: own }
  })

/** The question that was asked longest ago is forgotten first. */
function keep({ questions }: FigureMemory, question: string, answered: Answered): void {
  questions.delete(question)
  questions.set(question, answered)
  const [oldest] = questions.keys()
  if (questions.size > MOST_KEPT && oldest !== undefined) questions.delete(oldest)
}
