import type { Failure } from '../../connectors/failure.ts'
import { refused } from '../savings/input-checks.ts'
import { FIRST_DAY } from '../savings/period.ts'

/** A field that is not right: names it and says what to do. */
export const wrongField = (field: string, remedy: string): Failure => refused(field, 'field-invalid', remedy)

const FIRST_YEAR = Number(FIRST_DAY.slice(0, 4))

/** @throws business when it is not a year from 2000 up to next year */
export function checkYear(field: string, year: number, today: string): void {
  const last = Number(today.slice(0, 4)) + 1
  if (Number.isInteger(year) && year >= FIRST_YEAR && year <= last) return
  throw wrongField(field, `${year} is not a year from ${FIRST_YEAR} to ${last}; correct it.`)
}

/** @throws business when it is not decimal text with at most so many decimals, within the bounds */
export function checkDecimal(
  field: string,
  text: string,
  { decimals, from, to }: { readonly decimals: number; readonly from: number; readonly to: number },
): void {
  const fits = new RegExp(`^\\d{1,10}(\\.\\d{1,${decimals}})?$`).test(text)
  if (fits && Number(text) >= from && Number(text) <= to) return
  throw wrongField(field, `must be a number from ${from} to ${to} with at most ${decimals} decimals.`)
}
