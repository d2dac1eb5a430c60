import type { z } from 'zod'
import { Failure } from '../../connectors/failure.ts'

/** What is wrong with one row: which, and a sentence that names the field and the remedy, never what stands in it. */
export interface RowProblem {
  readonly number: number
  /** In kebab-case; pages translate by it. */
  readonly code: string
  readonly sentence: string
}

const MOST_TOLD = 20

/** A list that was refused as a whole, with what is wrong with its rows. */
export class RowsRefused extends Failure {
  /** The first ones, when there are many. */
  readonly rows: readonly RowProblem[]
  /** How many more there are. */
  readonly more: number

  constructor(problems: readonly RowProblem[]) {
    const rows = problems.slice(0, MOST_TOLD)
    const more = problems.length - rows.length
    const told = rows.map(({ number, sentence }) => `\n- row ${number}: ${sentence}`).join('')
    const rest = more > 0 ? `\n- and ${more} more` : ''
    const head = 'Nothing was taken in; correct these rows and give the whole list again:'
    super('business', 'rows-invalid', `${head}${told}${rest}`)
    this.rows = rows
    this.more = more
  }
}

/** The refusal of a whole list, its problems in the order of its rows. */
export function refusedRows(problems: readonly RowProblem[]): RowsRefused {
  return new RowsRefused(problems.toSorted((a, b) => a.number - b.number))
}

/** A problem of a row; the sentence names its field and the remedy. */
export const rowProblem = (number: number, code: string, sentence: string): RowProblem => ({
  number,
  code,
  sentence,
})

/** What zod found, as the problems of a row. */
export function problemsOf(number: number, error: z.ZodError): RowProblem[] {
  return error.issues.map(({ path, message }) => {
    const sentence = path.length > 0 ? `field ${path.join('.')} ${message}.` : `${message}.`
    return rowProblem(number, 'field-invalid', sentence)
  })
}
