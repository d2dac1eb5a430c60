import { useLanguage } from '../shared/use-texts.ts'

/** A local date as it is read aloud: `1 maart 2026`. A date has no zone: it is the same day everywhere. */
export function useDay(): (date: string) => string {
  const locale = useLanguage() === 'nl' ? 'nl-NL' : 'en-GB'
  const format = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return (date) => format.format(new Date(`${date}T00:00:00Z`))
}

/** Today in the Netherlands, `2026-11-22`. */
export const today = (): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(new Date())
