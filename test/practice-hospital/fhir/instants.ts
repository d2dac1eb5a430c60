import { Temporal } from 'temporal-polyfill'

const ZONE = 'Europe/Amsterdam'

/** A stretch of time in epoch milliseconds, the end not included. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

const FHIR_DATE =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/

/**
 * What a FHIR date, dateTime or instant covers: a day is that day in Amsterdam, a second is a second long.
 * Undefined when the text is none.
 */
export function readInstant(text: string): Stretch | undefined {
  const match = FHIR_DATE.exec(text)
  if (!match) return undefined
  const [, year = '', month, day, time, seconds, fraction, offset] = match
  try {
    if (time === undefined) return wholeDays(year, month, day)
    const clock = `${year}-${month}-${day}T${time}:${seconds ?? '00'}${fraction ?? ''}`
    const from = offset
      ? Temporal.Instant.from(clock + offset).epochMilliseconds
      : Temporal.PlainDateTime.from(clock).toZonedDateTime(ZONE).epochMilliseconds
    return { from, to: from + (fraction ? 1 : seconds ? 1000 : 60_000) }
  } catch (error) {
    // A date that does not exist, such as 31 February.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function wholeDays(year: string, month: string | undefined, day: string | undefined): Stretch {
  const first = Temporal.PlainDate.from(`${year}-${month ?? '01'}-${day ?? '01'}`)
  const length = day ? { days: 1 } : month ? { months: 1 } : { years: 1 }
  return { from: midnight(first), to: midnight(first.add(length)) }
}

function midnight(date: Temporal.PlainDate): number {
  return date.toZonedDateTime(ZONE).epochMilliseconds
}
