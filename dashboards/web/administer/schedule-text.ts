import type { Language } from '../texts.ts'
import type { Texts } from '../shared/use-texts.ts'
import { readSchedule } from './schedule-words.ts'

/** A cron as a person says it: `Elke werkdag om 07:00`. One that has no such words stays as it is written. */
export function scheduleText(cron: string, t: Texts, language: Language): string {
  const every = /^\*(?:\/(\d+))?( \*){4}$/.exec(cron.trim().replaceAll(/\s+/g, ' '))
  if (every) return t('administer.when.minutes', { count: Number(every[1] ?? 1) })
  const schedule = readSchedule(cron)
  switch (schedule.pattern) {
    case 'own':
      return t('administer.trigger.schedule', { cron })
    case 'minutes':
      return schedule.every === 60
        ? t('administer.when.hour')
        : t('administer.when.minutes', { count: schedule.every })
    case 'weekly':
      return t('administer.when.weekly', { day: weekday(schedule.day, language), time: schedule.time })
    case 'daily':
    case 'workdays':
      return t(`administer.when.${schedule.pattern}`, { time: schedule.time })
  }
}

/** @param day 0 is Sunday */
function weekday(day: number, language: Language): string {
  const sunday = Date.UTC(2026, 0, 4)
  return new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', {
    weekday: 'long',
    timeZone: 'UTC',
  }).format(sunday + day * 24 * 60 * 60 * 1000)
}
