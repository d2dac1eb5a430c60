import type { LedgerDatabase } from '../ledger/tables.ts'
import { askYears, type FoundBeside, type FoundYear, type KnownBeside } from './ask-years.ts'
import type { Period } from './period.ts'
import { readSeen, seesAllOf, type SeenTransactions } from './seen-transactions.ts'
import { daysKey, type YearCounts } from './year-counts.ts'

/** What was counted, as far as the reader sees it, at one moment. */
export interface CountedYears {
  /** Who sees it, and where: another reader may see other rows, another server has others. */
  readonly reader: string
  readonly seen: SeenTransactions
  /** Differs as soon as anything differs that `readSettings` could read; the same number is given once. */
  readonly settings: number
  /** By deployment, the years that it counted in: the same list again while none of them was read again. */
  readonly years: ReadonlyMap<string, readonly YearCounts[]>
}

/** What was read last, to read again only what was written since. */
export interface YearMemory {
  last: CountedYears | undefined
  /** What is known beside the years of the last answer; undefined when more became known since it was written out. */
  beside: KnownBeside | undefined
  /** How many states of the settings were numbered. */
  numbered: number
}

export const newYearMemory = (): YearMemory => ({ last: undefined, beside: undefined, numbered: 0 })

/** Of so many ranges of single days a year is remembered; then they are read anew. */
const MOST_RANGES = 32

/**
 * What was counted until now: of years that are known, only those are read again of which a count was written since, with
 * the months and days that were known of them. One statement, so all is of one moment.
 */
export async function readYears(db: LedgerDatabase, memory: YearMemory): Promise<CountedYears> {
  if (!memory.beside && memory.last) memory.last = withoutManyDays(memory.last)
  const { last } = memory
  memory.beside ??= besideOf(last)
  const counted =
    (last && (await readSince(db, memory, { last, beside: memory.beside }))) ?? (await readSince(db, memory))
  if (!counted) throw new Error('The ledger gave no answer about what was counted.')
  const newest = memory.last
  if (!newest || newest.reader !== counted.reader || seesAllOf(counted.seen, newest.seen))
    memory.last = counted
  return counted
}

interface Known {
  readonly last: CountedYears | undefined
  readonly beside: KnownBeside
}

const NOTHING: Known = { last: undefined, beside: besideOf(undefined) }

/** Undefined when the last answer says nothing of this one: for another reader, or a snapshot from before it. */
async function readSince(
  db: LedgerDatabase,
  memory: YearMemory,
  { last, beside }: Known = NOTHING,
): Promise<CountedYears | undefined> {
  const found = await askYears(db, beside, last?.seen.oldest)
  const { reader } = found
  const seen = readSeen(found.seen)
  if (last && !followsOn(last, { reader, seen })) return undefined
  const settings = last && !found.settings ? last.settings : ++memory.numbered
  return { reader, seen, settings, years: yearsWith(last?.years, found.changed, beside) }
}

function yearsWith(
  last: CountedYears['years'] | undefined,
  changed: readonly FoundYear[],
  beside: KnownBeside,
): CountedYears['years'] {
  if (last && changed.length === 0) return last
  const years = new Map(last)
  for (const [deployment, own] of Map.groupBy(changed, (row) => row.deployment)) {
    const others = (years.get(deployment) ?? []).filter(({ year }) => !own.some((row) => row.year === year))
    const again = own.filter((row) => row.years.length > 0).map((row) => yearOf(row, beside))
    const after = [...others, ...again].toSorted((one, other) => (one.year < other.year ? -1 : 1))
    years.set(deployment, after)
  }
  return years
}

function yearOf(row: FoundYear, beside: KnownBeside): YearCounts {
  const { deployment, year, firstDay, years } = row
  const of: YearCounts = { deployment, year, firstDay, years, days: new Map() }
  // Others may add to what is known while this is asked: what is not asked for is not answered.
  addBeside(of, row, beside.days.get(keyOf(of)) ?? [])
  return of
}

/** What was seen and is not seen now would not be found among what was written since. */
const followsOn = (last: CountedYears, now: Pick<CountedYears, 'reader' | 'seen'>): boolean =>
  last.reader === now.reader && seesAllOf(now.seen, last.seen)

/** Others may be counting with those days, so they are forgotten in a copy. */
function withoutManyDays(last: CountedYears): CountedYears {
  const years = new Map(last.years)
  for (const [deployment, own] of last.years) {
    if (own.every(({ days }) => days.size <= MOST_RANGES)) continue
    years.set(
      deployment,
      own.map((of) => (of.days.size > MOST_RANGES ? { ...of, days: new Map() } : of)),
    )
  }
  return { ...last, years }
}

function besideOf(last: CountedYears | undefined): KnownBeside {
  const all = [...(last?.years.values() ?? [])].flat()
  const days = new Map(all.flatMap((of) => (of.days.size > 0 ? [[keyOf(of), [...of.days.keys()]]] : [])))
  const ranges = [...days].map(([key, keys]) => [key, keys.map(rangeOf)])
  return {
    months: JSON.stringify(all.flatMap((of) => (of.months ? [keyOf(of)] : []))),
    days,
    ranges: JSON.stringify(Object.fromEntries(ranges)),
  }
}

/** Days without any count are known to have none. */
export function addBeside(of: YearCounts, { months, days }: FoundBeside, ranges: Iterable<string>): void {
  if (months) of.months = months
  const byRange = Map.groupBy(days, daysKey)
  for (const range of ranges) {
    of.days.set(
      range,
      (byRange.get(range) ?? []).map(({ from: _from, to: _to, ...row }) => row),
    )
  }
}

const rangeOf = (key: string): Period => ({ from: key.slice(0, 10), to: key.slice(11) })

export const keyOf = ({ deployment, year }: Pick<YearCounts, 'deployment' | 'year'>): string =>
  `${deployment} ${year}`
