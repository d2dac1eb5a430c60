import Holidays from 'date-holidays'
import type { ClosingDay } from '../ledger/closing-days.ts'

/** A day on which schedules may rest. */
export interface FreeDay {
  /** Local date, `2026-12-25`. */
  readonly day: string
  readonly name: { readonly nl: string; readonly en: string }
  readonly kind: 'public' | 'closing'
}

/** The free day that a local date is; undefined for any other day. */
export type FreeDays = (day: string) => FreeDay | undefined

/**
 * The Dutch public holidays of a year, in order. Only those that are public by law: Good Friday and Liberation Day are
 * working days for a hospital's office (Algemene termijnenwet, article 3, which date-holidays calls `public`).
 */
export function publicHolidays(year: number): readonly FreeDay[] {
  const english = new Map(holidays(year, 'en').map(({ date, name }) => [date.slice(0, 10), name]))
  return holidays(year, 'nl').map(({ date, name }) => {
    const day = date.slice(0, 10)
    return { day, name: { nl: name, en: english.get(day) ?? name }, kind: 'public' as const }
  })
}

function holidays(year: number, language: 'nl' | 'en') {
  return new Holidays('NL', { languages: [language] })
    .getHolidays(year)
    .filter(({ type }) => type === 'public')
}

/** Public holidays and a hospital's own closing days. A closing day on a holiday keeps the holiday's name. */
export function freeDays(closing: readonly ClosingDay[]): FreeDays {
  const own = new Map(closing.map(({ day, name }) => [day, closingDay(day, name)]))
  const years = new Map<number, ReadonlyMap<string, FreeDay>>()
  return (day) => {
    const year = Number(day.slice(0, 4))
    const known = years.get(year) ?? new Map(publicHolidays(year).map((holiday) => [holiday.day, holiday]))
    years.set(year, known)
    return known.get(day) ?? own.get(day)
  }
}

function closingDay(day: string, name: string): FreeDay {
  return { day, name: { nl: name, en: name }, kind: 'closing' }
}
