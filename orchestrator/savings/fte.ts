import { daysIn, daysOfYearUpTo, type CountedPeriod } from './period.ts'

/** How many hours a year one FTE stands for, from a date on. */
export interface Norm {
  readonly name: string
  readonly hoursPerYear: number
  /** Local date; null for the default of a hospital that chose none for that day. */
  readonly validFrom: string | null
}

/** 36 hours a week: the careful figure, shown beside every other one. */
export const CONTRACT_NORM: Norm = { name: 'contract', hoursPerYear: 1878, validFrom: null }

/** 1,872 hours less 432 for leave, sickness and meetings. */
const DEFAULT_NORM: Norm = { name: 'planning', hoursPerYear: 1440, validFrom: null }

/** The norm a hospital chose that is valid on a local day, else 1,440 hours. */
export function normOn(norms: readonly Norm[], day: string): Norm {
  const valid = norms.filter(({ validFrom }) => validFrom !== null && validFrom <= day)
  return valid.toSorted((a, b) => String(b.validFrom).localeCompare(String(a.validFrom)))[0] ?? DEFAULT_NORM
}

/** Net hours of a period: what the items gave, less what people booked to keep the robot going. */
export function netHours(netMinutes: number, upkeepHours: number): number {
  return netMinutes / 60 - upkeepHours
}

/**
 * The days over which a deployment was measured in a period: from its first counted day ever (regular work that was not
 * in shadow mode, or upkeep), or the period's first day when that is later, up to the period's end or today, whichever
 * is first. Every calendar day in between counts, weekends and days without items too, but for days of a backlog whose
 * items are reported apart: a day that is only marked as one gave the backlog nothing, and stays. 0 when it has not begun.
 * @param backlogDays the days that a backlog took counted items from, each once
 */
export function measuredDays(
  period: CountedPeriod,
  firstCountedDay: string | undefined,
  backlogDays: readonly string[] = [],
): number {
  if (firstCountedDay === undefined || firstCountedDay > period.until) return 0
  const from = firstCountedDay > period.from ? firstCountedDay : period.from
  return daysIn(from, period.until) - backlogDays.filter((day) => from <= day && day <= period.until).length
}

/** Four whole weeks: made into a year, hours of fewer measured days say little yet, and readers are told so. */
export const FEW_DAYS = 28

/** Whether something was measured, but over few days. */
export const isBrief = (days: number): boolean => days > 0 && days < FEW_DAYS

/**
 * What one hour of a period stands for in a year: days of a year / measured days. The year is the twelve months that
 * end with the period, so a full year stands for itself, with 29 February or without. 0 when nothing was measured.
 */
export function yearsPerPeriod(period: CountedPeriod, days: number): number {
  return days === 0 ? 0 : daysOfYearUpTo(period.until) / days
}

/** FTE of hours a year; negative when people put in more than they got. */
export function fteOf(hoursPerYear: number, norm: Norm): number {
  return hoursPerYear / norm.hoursPerYear
}
