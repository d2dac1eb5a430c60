import Holidays from 'date-holidays'
import { Temporal } from 'temporal-polyfill'

/** Working days after a local date (`2026-11-21`): the first is the next one that is no weekend or public holiday. */
export function workingDaysAfter(day: string, count: number): readonly string[] {
  const holidays = new Holidays('NL')
  const found: string[] = []
  for (let date = Temporal.PlainDate.from(day); found.length < count;) {
    date = date.add({ days: 1 })
    const free = holidays.isHoliday(new Date(`${date.toString()}T12:00:00Z`))
    const holiday = free && free.some(({ type }) => type === 'public')
    if (date.dayOfWeek <= 5 && !holiday) found.push(date.toString())
  }
  return found
}

/** A local date and time in Amsterdam as a FHIR instant with its offset: `2026-11-24T09:15:00+01:00`. */
export function amsterdamInstant(day: string, minutesAfterMidnight: number): string {
  const time = Temporal.PlainTime.from({
    hour: Math.floor(minutesAfterMidnight / 60),
    minute: minutesAfterMidnight % 60,
  })
  return withOffset(
    Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: 'Europe/Amsterdam', plainTime: time }),
  )
}

/** That moment as Amsterdam's clock shows it, to the minute. */
export function amsterdamMoment(date: Date): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO('Europe/Amsterdam')
  return withOffset(zoned.round({ smallestUnit: 'minute', roundingMode: 'floor' }))
}

function withOffset(moment: Temporal.ZonedDateTime): string {
  return moment.toString({ timeZoneName: 'never', smallestUnit: 'second' })
}
