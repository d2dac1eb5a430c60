/** A schedule as most people mean one; `own` for any other, which is written as a cron. */
export type Schedule =
  | { readonly pattern: 'daily' | 'workdays'; readonly time: string }
  | { readonly pattern: 'weekly'; readonly time: string; readonly day: number }
  | { readonly pattern: 'minutes'; readonly every: number }
  | { readonly pattern: 'own'; readonly cron: string }

export type Pattern = Schedule['pattern']
export const PATTERNS: readonly Pattern[] = ['workdays', 'daily', 'weekly', 'minutes', 'own']
/** How many minutes may lie between two firings: those that divide an hour. */
export const MINUTES: readonly number[] = [5, 10, 15, 20, 30, 60]

/** What a cron of five fields means, where it is one of the usual ones. */
export function readSchedule(cron: string): Schedule {
  const [minute = '', hour = '', day = '', month = '', weekday = '', ...more] = cron.trim().split(/\s+/)
  const own: Schedule = { pattern: 'own', cron }
  if (more.length > 0 || day !== '*' || month !== '*') return own
  const every = hour === '*' && weekday === '*' ? everyOf(minute) : undefined
  if (every !== undefined) return { pattern: 'minutes', every }
  const time = timeOf(hour, minute)
  if (time === undefined) return own
  if (weekday === '*') return { pattern: 'daily', time }
  if (weekday === '1-5') return { pattern: 'workdays', time }
  return /^[0-6]$/.test(weekday) ? { pattern: 'weekly', time, day: Number(weekday) } : own
}

/** The cron of a schedule. */
export function writeSchedule(schedule: Schedule): string {
  switch (schedule.pattern) {
    case 'own':
      return schedule.cron
    case 'minutes':
      return schedule.every === 60 ? '0 * * * *' : `*/${schedule.every} * * * *`
    case 'daily':
      return `${clock(schedule.time)} * * *`
    case 'workdays':
      return `${clock(schedule.time)} * * 1-5`
    case 'weekly':
      return `${clock(schedule.time)} * * ${schedule.day}`
  }
}

/** Another pattern with as much of the schedule as it can keep. */
export function asPattern(schedule: Schedule, pattern: Pattern): Schedule {
  const time = 'time' in schedule ? schedule.time : '07:00'
  switch (pattern) {
    case 'own':
      return { pattern, cron: writeSchedule(schedule) }
    case 'minutes':
      return { pattern, every: 15 }
    case 'weekly':
      return { pattern, time, day: 1 }
    case 'daily':
    case 'workdays':
      return { pattern, time }
  }
}

function everyOf(minute: string): number | undefined {
  const every = minute === '0' ? 60 : Number(/^\*\/(\d+)$/.exec(minute)?.[1])
  return MINUTES.includes(every) ? every : undefined
}

function timeOf(hour: string, minute: string): string | undefined {
  if (!/^([01]?\d|2[0-3])$/.test(hour) || !/^[0-5]?\d$/.test(minute)) return undefined
  return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
}

/** `07:05` as the first two fields of a cron. */
function clock(time: string): string {
  const [hour = '7', minute = '0'] = time.split(':')
  return `${Number(minute)} ${Number(hour)}`
}
