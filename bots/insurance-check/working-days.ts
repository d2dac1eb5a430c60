import Holidays from 'date-holidays'
import { Temporal } from 'temporal-polyfill'

/**
 * The local date of the `count`-th working day after a local date, both as `2026-11-21`: no Saturday, Sunday or Dutch
 * public holiday. Good Friday and Liberation Day are working days: they are not public in the sense of the law.
 */
export function workingDayAfter(day: string, count: number): string {
  const calendar = new Holidays('NL')
  const free = new Map<number, ReadonlySet<string>>()
  const isFree = (date: Temporal.PlainDate) => {
    const known = free.get(date.year) ?? publicHolidays(calendar, date.year)
    free.set(date.year, known)
    return date.dayOfWeek > 5 || known.has(date.toString())
  }
  let date = Temporal.PlainDate.from(day)
  for (let found = 0; found < count;) {
    date = date.add({ days: 1 })
    if (!isFree(date)) found += 1
  }
  return date.toString()
}

function publicHolidays(calendar: Holidays, year: number): ReadonlySet<string> {
  const holidays = calendar.getHolidays(year).filter(({ type }) => type === 'public')
  return new Set(holidays.map(({ date }) => date.slice(0, 10)))
}
