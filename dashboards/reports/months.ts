import { Temporal } from 'temporal-polyfill'

/** A month, or the part of it that lies in a period. Local dates, both included. */
export interface Month {
  /** `2026-03` */
  readonly month: string
  readonly from: string
  readonly to: string
}

/** The months of a period as far as it has come, in order. */
export function monthsOf({ from, until }: { readonly from: string; readonly until: string }): Month[] {
  const months: Month[] = []
  let month = Temporal.PlainYearMonth.from(from.slice(0, 7))
  while (month.toPlainDate({ day: 1 }).toString() <= until) {
    const first = month.toPlainDate({ day: 1 }).toString()
    const last = month.toPlainDate({ day: month.daysInMonth }).toString()
    months.push({
      month: month.toString(),
      from: first < from ? from : first,
      to: last > until ? until : last,
    })
    month = month.add({ months: 1 })
  }
  return months
}
