import { Temporal } from 'temporal-polyfill'

/**
 * When a local day begins, or one some days later.
 * @param day `2026-11-21`
 */
export function dayStart(day: string, timeZone: string, later = 0): Date {
  const start = Temporal.PlainDate.from(day).add({ days: later }).toZonedDateTime(timeZone)
  return new Date(start.epochMilliseconds)
}
