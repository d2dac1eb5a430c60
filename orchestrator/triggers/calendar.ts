import { CronExpressionParser } from 'cron-parser'
import { Temporal } from 'temporal-polyfill'
import { Failure } from '../../connectors/failure.ts'
import type { FreeDay, FreeDays } from './free-days.ts'

/** The local date of a moment, `2026-11-21`. */
export function localDate(moment: Date, timeZone: string): string {
  return inZone(moment, timeZone).toPlainDate().toString()
}

/** More free days in a row than this, and a schedule never fires. */
const MOST_FREE_DAYS = 100

export interface Firing {
  readonly at: Date
  /** The free days between the moment asked for and the firing on which it would have fired. */
  readonly skipped: readonly FreeDay[]
}

/**
 * The next firing of a five-field cron after a moment, in the hospital's time zone; a time that the change to summer
 * skips fires an hour later. With free days, a firing on one of them is left out.
 * @throws business: names the field when the cron cannot be read, or when it only ever falls on free days
 */
export function nextFiring(cron: string, timeZone: string, after: Date, free?: FreeDays): Date {
  return nextFiringTold(cron, timeZone, after, free).at
}

/** The same, with the free days that were left out on the way. */
export function nextFiringTold(cron: string, timeZone: string, after: Date, free?: FreeDays): Firing {
  const skipped: FreeDay[] = []
  let at = planned(cron, timeZone, after)
  for (;;) {
    const day = free?.(localDate(at, timeZone))
    if (!day) return { at, skipped }
    skipped.push(day)
    if (skipped.length > MOST_FREE_DAYS) throw neverFires(cron)
    at = planned(cron, timeZone, endOfDay(at, timeZone))
  }
}

function planned(cron: string, timeZone: string, after: Date): Date {
  try {
    if (cron.trim().split(/\s+/).length !== 5) throw new RangeError('A schedule has five fields.')
    return CronExpressionParser.parse(cron, { tz: timeZone, currentDate: after }).next().toDate()
  } catch (error) {
    const sentence = `Field cron: "${cron}" is not a schedule; write five fields such as "0 7 * * 1-5" (07:00 on working days).`
    throw new Failure('business', 'cron-invalid', sentence, { cause: error })
  }
}

/** The last millisecond of the local day of a moment, also when that day has 23 or 25 hours. */
function endOfDay(moment: Date, timeZone: string): Date {
  const next = inZone(moment, timeZone).startOfDay().add({ days: 1 }).startOfDay()
  return new Date(next.epochMilliseconds - 1)
}

function inZone(moment: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone)
}

const neverFires = (cron: string) =>
  new Failure(
    'business',
    'cron-never-fires',
    `Field cron: "${cron}" only falls on holidays and closing days; choose other days, or let it fire on those too.`,
  )
