import type { Language } from '../texts.ts'

/** A local date as a person reads it: `donderdag 24 december 2026`. */
export function longDay(day: string, language: Language): string {
  const words = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', words).format(
    new Date(`${day}T00:00:00Z`),
  )
}
