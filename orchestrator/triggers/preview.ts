import { nextFiringTold } from './calendar.ts'
import type { FreeDay, FreeDays } from './free-days.ts'

/** A time at which a schedule will fire. */
export interface PlannedFiring {
  readonly at: Date
  readonly words: { readonly nl: string; readonly en: string }
  /** The free days on which it would have fired since the firing before. */
  readonly skipped: readonly FreeDay[]
}

/**
 * When a schedule fires next, in words.
 * @throws business: names the field when the cron cannot be read, or only ever falls on free days
 */
export function nextFirings(
  cron: string,
  timeZone: string,
  after: Date,
  { count, free }: { readonly count: number; readonly free: FreeDays | undefined },
): readonly PlannedFiring[] {
  const found: PlannedFiring[] = []
  let moment = after
  while (found.length < count) {
    const { at, skipped } = nextFiringTold(cron, timeZone, moment, free)
    found.push({ at, skipped, words: inWords(at, timeZone) })
    moment = at
  }
  return found
}

/** `maandag 23 november 2026 om 07:00`. The hour that comes twice when summer time ends has its zone beside it. */
function inWords(at: Date, timeZone: string): PlannedFiring['words'] {
  const zone = comesTwice(at, timeZone) ? ({ timeZoneName: 'short' } as const) : {}
  const told = (locale: string) => {
    const day = new Intl.DateTimeFormat(locale, { ...DAY, timeZone }).format(at)
    return [day, new Intl.DateTimeFormat(locale, { ...TIME, ...zone, timeZone }).format(at)] as const
  }
  const [dayNl, timeNl] = told('nl-NL')
  const [dayEn, timeEn] = told('en-GB')
  return { nl: `${dayNl} om ${timeNl}`, en: `${dayEn} at ${timeEn}` }
}

const DAY = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const
const TIME = { hour: '2-digit', minute: '2-digit' } as const
const HOUR_MS = 3_600_000

function comesTwice(at: Date, timeZone: string): boolean {
  const time = (moment: Date) =>
    new Intl.DateTimeFormat('nl-NL', { ...DAY, ...TIME, timeZone }).format(moment)
  const [before, after] = [-HOUR_MS, HOUR_MS].map((shift) => time(new Date(at.getTime() + shift)))
  return [before, after].includes(time(at))
}
