import { Failure } from '../../connectors/failure.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { checkDate } from './period.ts'

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
  const scaled = value * 10 ** decimals
  const fits = Number.isFinite(value) && Math.abs(scaled - Math.round(scaled)) < 1e-6
  if (fits && value > 0 && value <= most) return
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

/** @throws business when nothing is filled in, or more than a line */
export function checkText(field: string, text: string, most = 200): void {
  if (text.trim() !== '' && text.length <= most) return
  throw refused(field, 'text-invalid', `must be filled in, with at most ${most} characters.`)
}

/** The hospital of a deployment. @throws business: not-found when there is none */
export async function hospitalOf(db: LedgerDatabase, deployment: string): Promise<string> {
  const row = await db
    .selectFrom('deployment')
    .select('hospital')
    .where('id', '=', deployment)
    .executeTakeFirst()
  if (row) return row.hospital
  const sentence = `Field deployment: there is no deployment "${deployment}"; choose one from the list.`
  throw new Failure('business', 'not-found', sentence)
}
