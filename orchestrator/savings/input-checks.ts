import { Failure } from '../../connectors/failure.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { checkDate, dayAfter } from './period.ts'

/** Who changes something, and on which local date. */
export interface ChangedBy {
  /** The account; no name. */
  readonly account: string
  readonly today: string
}

/** A refusal that names the field and the remedy. */
export const refused = (field: string, code: string, remedy: string): Failure =>
  new Failure('business', code, `Field ${field}: ${remedy}`)

/** @throws business when it is not a number above 0 with at most this many decimals, or too large to be meant */
export function checkAmount(field: string, value: number, decimals: number, most: number): void {
  const fits = value > 0 && value <= most && Number(value.toFixed(decimals)) === value
  if (fits) return
  const remedy = `${value} is not possible; give a number above 0 and at most ${most}, with at most ${decimals} decimals.`
  throw refused(field, 'amount-invalid', remedy)
}

/** @throws business when it is no date, or still to come */
export function checkPastDay(field: string, day: string, today: string): void {
  checkDate(field, day)
  if (day <= today) return
  throw refused(
    field,
    'day-to-come',
    `${day} is still to come (today is ${today}); give today or an earlier day.`,
  )
}

/** What begins later is not decided yet, or its year is mistyped. */
const DAYS_AHEAD = 366

/** @throws business when it is no date, or more than a year ahead */
export function checkDayAhead(field: string, day: string, today: string): void {
  checkDate(field, day)
  if (day <= dayAfter(today, DAYS_AHEAD)) return
  throw refused(
    field,
    'day-to-come',
    `${day} is more than a year ahead (today is ${today}); give an earlier day.`,
  )
}

/** A year that is mistyped stretches the measured days of a deployment for ever; nobody writes hours down after two years. */
const DAYS_BACK = 731

/** Whether a day lies so far back that its year is mistyped more likely than meant. */
const isLongPast = (day: string, today: string): boolean => day < dayAfter(today, -DAYS_BACK)

/**
 * @param began of what was written down elsewhere once: a day that was recent then is taken too
 * @throws business when it is no date, still to come, or more than two years before today and before that
 */
export function checkRecentDay(field: string, day: string, today: string, began = today): void {
  checkPastDay(field, day, today)
  if (!isLongPast(day, began < today ? began : today)) return
  const before = began < today ? `, and more than two before ${began}, when its counting began` : ''
  throw refused(
    field,
    'day-long-past',
    `${day} is more than two years ago (today is ${today})${before}; correct the year, or give a later day.`,
  )
}

/** @throws business when nothing is filled in, or more than a line */
export function checkText(field: string, text: string, most = 200): void {
  if (text.trim() !== '' && text.length <= most) return
  throw refused(field, 'text-invalid', `must be filled in, with at most ${most} characters.`)
}

/** The hospital of a deployment. @throws business: not-found when there is none */
export async function hospitalOf(db: LedgerDatabase, deployment: string): Promise<string> {
  return (await deploymentOf(db, deployment)).hospital
}

/** The hospital and the bot of a deployment. @throws business: not-found when there is none */
export async function deploymentOf(
  db: LedgerDatabase,
  deployment: string,
): Promise<{ readonly hospital: string; readonly bot: string }> {
  const row = await db
    .selectFrom('deployment')
    .select(['hospital', 'bot'])
    .where('id', '=', deployment)
    .executeTakeFirst()
  if (row) return row
  const sentence = `Field deployment: there is no deployment "${deployment}"; choose one from the list.`
  throw new Failure('business', 'not-found', sentence)
}
