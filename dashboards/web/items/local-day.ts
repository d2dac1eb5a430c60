/** A local date as a person writes it short: `21 nov`. */
export function localDay(day: string, language: 'nl' | 'en'): string {
  const locale = language === 'nl' ? 'nl-NL' : 'en-GB'
  const words = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(locale, words).format(new Date(`${day}T00:00:00Z`)).replace('.', '')
}
