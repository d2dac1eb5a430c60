import { Temporal } from 'temporal-polyfill'
import { Failure } from '../../connectors/failure.ts'

/** Local dates, both inclusive. */
export interface Period {
  readonly from: string
  readonly to: string
}

/** A period as far as it has come: `until` is its end or today, whichever is first. */
export interface CountedPeriod extends Period {
  readonly until: string
}

/** @throws business: names the field when a date cannot be read, or when the period is reversed or still to come */
export function checkPeriod({ from, to }: Period, today: string): CountedPeriod {
  checkDate('from', from)
  checkDate('to', to)
  checkDate('today', today)
  if (to < from) {
    const sentence = `Field to: ${to} lies before ${from}, the period's first day; swap the two dates.`
    throw new Failure('business', 'period-reversed', sentence)
  }
  if (today < from) {
    const sentence = `Field from: ${from} is still to come (today is ${today}); choose a period that has begun.`
    throw new Failure('business', 'period-not-begun', sentence)
  }
  return { from, to, until: today < to ? today : to }
}

const DAY_MS = 86_400_000

/** How many days lie between two local dates, both counted. Dates have no hours: no clock changes them. */
export function daysIn(first: string, last: string): number {
  return (midnight(last) - midnight(first)) / DAY_MS + 1
}

/** The local date some days after another, or before it when negative. */
export function dayAfter(day: string, days = 1): string {
  return new Date(midnight(day) + days * DAY_MS).toISOString().slice(0, 10)
}

const midnight = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** The days of the twelve months that end with this day: 366 when 29 February is one of them. */
export function daysOfYearUpTo(last: string): number {
  const end = dayAfter(last)
  const before = `${Number(end.slice(0, 4)) - 1}${end.slice(4).replace('-02-29', '-02-28')}`
  return (midnight(end) - midnight(before)) / DAY_MS
}

/** @throws business: names the field when this is not a date */
export function checkDate(field: string, text: string): void {
  if (/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text) && exists(text)) return
  const sentence = `Field ${field}: "${text}" is not a date; write year, month and day such as 2026-03-31.`
  throw new Failure('business', 'date-invalid', sentence)
}

function exists(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return Temporal.PlainDate.from({ year, month: month || 1, day: day || 1 }).toString() === text
}
