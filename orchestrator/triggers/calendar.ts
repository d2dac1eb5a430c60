import { CronExpressionParser } from 'cron-parser'
import { Temporal } from 'temporal-polyfill'
import { Failure } from '../../connectors/failure.ts'

/** The local date of a moment, `2026-11-21`. */
export function localDate(moment: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString()
}

/**
 * The first firing of a five-field cron after a moment, in the hospital's time zone; a time that the change to summer
 * skips fires an hour later.
 * @throws business: names the field when the cron cannot be read
 */
export function nextFiring(cron: string, timeZone: string, after: Date): Date {
  try {
    return CronExpressionParser.parse(cron, { tz: timeZone, currentDate: after }).next().toDate()
  } catch (error) {
    const sentence = `Field cron: "${cron}" is not a schedule; write five fields such as "0 7 * * 1-5" (07:00 on working days).`
    throw new Failure('business', 'cron-invalid', sentence, { cause: error })
  }
}
