import { dayAfter, type Period } from './period.ts'

/** Days that are read from one kind of roll-up: whole years, whole months, or single days. Both ends included. */
export interface SpanRange {
  readonly span: 'year' | 'month' | 'day'
  readonly from: string
  readonly to: string
}

/**
 * Covers a period, every day once, with as few roll-ups as there can be: the whole years in it, the whole months
 * beside them, and single days for what is left at both ends. A month or year that the period only touches is never
 * read from its roll-up.
 */
export function coverWithSpans(period: Period): SpanRange[] {
  return cover(period, ['year', 'month'])
}

function cover({ from, to }: Period, [span, ...finer]: readonly ('year' | 'month')[]): SpanRange[] {
  if (from > to) return []
  if (span === undefined) return [{ span: 'day', from, to }]
  const first = startOf(span, from) === from ? from : startOfNext(span, from)
  const last = dayAfter(startOf(span, dayAfter(to)), -1)
  if (first > last) return cover({ from, to }, finer)
  return [
    ...cover({ from, to: dayAfter(first, -1) }, finer),
    { span, from: first, to: last },
    ...cover({ from: dayAfter(last), to }, finer),
  ]
}

const startOf = (span: 'year' | 'month', day: string): string =>
  span === 'year' ? `${day.slice(0, 4)}-01-01` : `${day.slice(0, 7)}-01`

/** 31 days after the first of a month is the next month; 366 after a New Year's day, the next year. */
const startOfNext = (span: 'year' | 'month', day: string): string =>
  startOf(span, dayAfter(startOf(span, day), span === 'year' ? 366 : 31))
