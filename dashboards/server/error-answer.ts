import { randomInt } from 'node:crypto'
import { Failure } from '../../connectors/failure.ts'
import { RowsRefused, type RowProblem } from '../../orchestrator/reported/row-problems.ts'

/** What goes back when something is not right. */
export interface ErrorAnswer {
  readonly status: number
  readonly error: {
    /** Stable; pages translate by it. */
    readonly code: string
    readonly sentence: string
    /** The field it is about, as the body, query or path names it. */
    readonly field?: string
    /** What is wrong with the rows of a list, and how many more there are. */
    readonly rows?: readonly RowProblem[]
    readonly moreRows?: number
    /** What the log knows this error by. */
    readonly number: string
  }
}

const STATUSES: Readonly<Record<string, number>> = {
  'not-found': 404,
  'not-signed-in': 401,
  'code-needed': 401,
  'sign-in-refused': 401,
  'not-allowed': 403,
  'other-origin': 403,
  'second-factor-needed': 403,
  'too-many': 429,
  conflict: 409,
}

/** Four groups of a number are read over the telephone without mistakes. */
export function errorNumber(): string {
  const part = () => String(randomInt(10_000)).padStart(4, '0')
  return `${part()}-${part()}-${part()}`
}

/** What a caller is told. Only a business failure says what it is; of everything else just the number is told. */
export function answerTo(error: unknown, number: string): ErrorAnswer {
  if (error instanceof Failure && error.kind === 'business') {
    const { code, message: sentence } = error
    const field = /^Field ([\w.-]+)(?: of system [\w-]+)?:/.exec(sentence)?.[1]
    const rows = error instanceof RowsRefused ? { rows: error.rows, moreRows: error.more } : {}
    return {
      status: STATUSES[code] ?? 400,
      error: { code, sentence, ...(field === undefined ? {} : { field }), ...rows, number },
    }
  }
  const refused = refusal(error)
  if (refused) return { status: refused.status, error: { ...refused.error, number } }
  const sentence = `Something went wrong that was not foreseen. The log knows it as ${number}: tell the administrator that number.`
  return { status: 500, error: { code: 'unforeseen', sentence, number } }
}

/** What the HTTP library itself refuses: its own texts may quote what was sent. */
function refusal(error: unknown) {
  if (!(error instanceof Error && 'statusCode' in error)) return undefined
  const status = error.statusCode
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined
  if (status === 413)
    return {
      status,
      error: { code: 'too-large', sentence: 'What was sent is too large: send less at once.' },
    }
  if (status === 429)
    return {
      status,
      error: { code: 'too-many', sentence: 'Too many requests: wait a minute and try again.' },
    }
  return {
    status,
    error: {
      code: 'request-invalid',
      sentence: 'The request cannot be read: send JSON as the documentation at /api says.',
    },
  }
}
