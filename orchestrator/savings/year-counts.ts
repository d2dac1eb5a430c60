import type { Count } from './minutes.ts'
import type { Period } from './period.ts'
import { steadyParts, type Pricing } from './prices.ts'
import { coverWithSpans, type SpanRange } from './spans.ts'

/** Counts of some days of a deployment as the ledger keeps them: of a year, of a month, or added up over single days. */
export type SpanCount = Omit<Count, 'deployment' | 'day'> & {
  /** The first of those days. */
  readonly begins: string
}

/**
 * What a deployment counted in one calendar year, as long as none of its rows is written again: by year; by month and over
 * single days of it once a report needed them.
 */
export interface YearCounts {
  readonly deployment: string
  /** Its first day. */
  readonly year: string
  /** The first day in it with an item that was neither in shadow mode nor of a backlog. */
  readonly firstDay: string | null
  readonly years: readonly SpanCount[]
  months?: readonly SpanCount[]
  /** By their first and last day. */
  readonly days: Map<string, readonly SpanCount[]>
}

/** What is to be read of a year before a period can be counted. */
export interface Wanted {
  readonly of: YearCounts
  readonly months: boolean
  readonly days: readonly Period[]
}

export const daysKey = ({ from, to }: Period): string => `${from} ${to}`

/** Days of one year's counts that are worth the same, as they are read. */
interface Piece extends SpanRange {
  readonly of: YearCounts
  /** The first of the days that are worth the same; they may lie in several pieces. */
  readonly part: string
}

/** How a period of a deployment is read from its years, one piece after the other. Nearly all have the same days. */
export function piecesOf(
  years: readonly YearCounts[],
  pricing: Pricing,
  period: Period,
  covers: Map<string, SpanRange[]>,
): Piece[] {
  return steadyParts(pricing, period).flatMap((part) => {
    const key = daysKey(part)
    const cover = covers.get(key) ?? coverWithSpans(part)
    covers.set(key, cover)
    return cover.flatMap((range) => years.flatMap((of) => clip(range, of, part.from)))
  })
}

/** What must be read of years before their pieces can be counted; nothing when all is here. */
export function wantedOf(pieces: readonly Piece[]): Wanted[] {
  const lacking = pieces.filter((piece) => piece.span !== 'year' && !rowsOf(piece))
  return [...Map.groupBy(lacking, ({ of }) => of)].map(([of, own]) => ({
    of,
    months: own.some(({ span }) => span === 'month'),
    days: own.flatMap(({ span, from, to }) => (span === 'day' ? [{ from, to }] : [])),
  }))
}

/**
 * The counts of pieces, each with the first of the days that are worth the same.
 * @throws Error when something was not read that {@link wantedOf} asks for
 */
export const countsOf = (pieces: readonly Piece[]): Count[] =>
  pieces.flatMap((piece) => {
    const rows = rowsOf(piece)
    if (!rows) throw new Error(`The counts of ${piece.of.deployment} by ${piece.span} were not read.`)
    return rows.map(({ begins: _begins, ...row }) => ({
      ...{ ...row, deployment: piece.of.deployment, day: piece.part },
    }))
  })

function rowsOf({ of, ...range }: Piece): readonly SpanCount[] | undefined {
  if (range.span === 'year') return of.years
  if (range.span === 'day') return of.days.get(daysKey(range))
  return of.months?.filter(({ begins }) => range.from <= begins && begins <= range.to)
}

/** The days of a range that lie in a year. */
function clip({ span, from, to }: SpanRange, of: YearCounts, part: string): Piece[] {
  const last = `${of.year.slice(0, 4)}-12-31`
  if (to < of.year || last < from) return []
  return [{ of, part, span, from: from < of.year ? of.year : from, to: last < to ? last : to }]
}
