import type { ReportLanguage } from './report-words.ts'

/** Figures as a reader sees them: rounded here and nowhere else. */
export interface FigureWriter {
  readonly hours: (value: number) => string
  readonly fte: (value: number) => string
  readonly count: (value: number) => string
  /** Hours of one FTE, which may have a decimal. */
  readonly norm: (hours: number) => string
  readonly share: (value: number) => string
  readonly day: (date: string) => string
  /** As short as it is still a date, for a cell of a table. */
  readonly shortDay: (date: string) => string
  readonly month: (month: string) => string
}

/** Writes figures as the language does. */
export function figuresIn(language: ReportLanguage): FigureWriter {
  const locale = language === 'nl' ? 'nl-NL' : 'en-GB'
  const fixed = (decimals: number) =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format
  const dates = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
  const day = dates({ day: 'numeric', month: 'long', year: 'numeric' })
  const shortDay = dates({ day: 'numeric', month: 'short', year: 'numeric' })
  const month = dates({ month: 'short', year: 'numeric' })
  return {
    hours: fixed(1),
    fte: fixed(2),
    count: fixed(0),
    norm: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format,
    share: (value) => `${fixed(1)(value * 100)} %`,
    day: (date) => day.format(new Date(`${date}T00:00:00Z`)),
    shortDay: (date) => shortDay.format(new Date(`${date}T00:00:00Z`)),
    month: (text) => month.format(new Date(`${text}-01T00:00:00Z`)),
  }
}
