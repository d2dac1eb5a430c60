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

/** A longer period would be hundreds of months to count and to show. */
export const MOST_YEARS = 10

/** @throws business: names the field when a date cannot be read, or when the period is reversed, to come, or too long */
export function checkPeriod({ from, to }: Period, today: string): CountedPeriod {
  expectDate('from', from)
  expectDate('to', to)
  expectDate('today', today)
  if (to < from) {
    const sentence = `Field to: ${to} lies before ${from}, the period's first day; swap the two dates.`
    throw new Failure('business', 'period-reversed', sentence)
  }
  if (today < from) {
    const sentence = `Field from: ${from} is still to come (today is ${today}); choose a period that has begun.`
    throw new Failure('business', 'period-not-begun', sentence)
  }
  const until = today < to ? today : to
  const next = `${Number(from.slice(0, 4)) + MOST_YEARS}${from.slice(4)}`
  if (until >= next) {
    const sentence = `Field from: ${from} to ${until} is more than ${MOST_YEARS} years; choose a later day, and ask for the years before it apart.`
    throw new Failure('business', 'period-too-long', sentence)
  }
  return { from, to, until }
}

/** @throws business: names the field when a period does not begin and end with calendar months */
export function checkWholeMonths({ from, to }: Period): void {
  const wrong = from.slice(8) === '01' ? (dayAfter(to).slice(8) === '01' ? undefined : 'to') : 'from'
  if (wrong === undefined) return
  const sentence = `Field ${wrong}: ${from} up to and including ${to} are not whole months; give the first day of a month and the last one of a month.`
  throw new Failure('business', 'period-not-months', sentence)
}

/** The calendar year of a local date. */
export function yearOf(day: string): Period {
  const year = day.slice(0, 4)
  return { from: `${year}-01-01`, to: `${year}-12-31` }
}

/** @throws business: names the field when a period lies in several calendar years */
export function checkOneYear({ from, to }: Period): void {
  const { to: end } = yearOf(from)
  if (to <= end) return
  const sentence = `Field to: ${from} up to and including ${to} lie in several years; give ${end} at most, and take each year by itself.`
  throw new Failure('business', 'period-over-years', sentence)
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
  const before = `${Number(end.slice(0, 4)) - 1}${end.slice(4).replace('-02-29', '-03-01')}`
  return (midnight(end) - midnight(before)) / DAY_MS
}

/** No day that anybody enters lies outside these: its year is mistyped. */
export const FIRST_DAY = '2000-01-01'
const LAST_DAY = '2099-12-31'

/** @throws business: names the field when this is not a date, or none of these hundred years */
export function checkDate(field: string, text: string): void {
  expectDate(field, text)
  if (FIRST_DAY <= text && text <= LAST_DAY) return
  const sentence = `Field ${field}: ${text} is not a day from ${FIRST_DAY} to ${LAST_DAY}; correct the year.`
  throw new Failure('business', 'date-unlikely', sentence)
}

function expectDate(field: string, text: string): void {
  if (/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text) && exists(text)) return
  const sentence = `Field ${field}: "${text}" is not a date; write year, month and day such as 2026-03-31.`
  throw new Failure('business', 'date-invalid', sentence)
}

function exists(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return Temporal.PlainDate.from({ year, month: month || 1, day: day || 1 }).toString() === text
}
