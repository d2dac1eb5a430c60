import type { z } from 'zod'
import { Failure } from '../../connectors/failure.ts'

/** What is wrong with one row: which, and a sentence that names the field and the remedy. */
export interface RowProblem {
  readonly number: number
  readonly sentence: string
}

const MOST_TOLD = 20

/** The refusal of a whole list: its rows with what is wrong with each, the first ones when there are many. */
export function refusedRows(problems: readonly RowProblem[]): Failure {
  const told = problems.slice(0, MOST_TOLD).map(({ number, sentence }) => `\n- row ${number}: ${sentence}`)
  const more = problems.length > MOST_TOLD ? `\n- and ${problems.length - MOST_TOLD} more` : ''
  return new Failure(
    'business',
    'rows-invalid',
    `Nothing was taken in; correct these rows and give the whole list again:${told.join('')}${more}`,
  )
}

/** What zod found, as the problems of a row. */
export function problemsOf(number: number, error: z.ZodError): RowProblem[] {
  return error.issues.map(({ path, message }) => {
    const sentence = path.length > 0 ? `field ${path.join('.')} ${message}.` : `${message}.`
    return { number, sentence }
  })
}
