import type { JsonObject } from './json.ts'

/** Why a request was refused: becomes an OperationOutcome with this HTTP status. */
export class FhirProblem extends Error {
  override readonly name = 'FhirProblem'
  readonly status: number
  /** A code of the FHIR IssueType value set, such as `required` or `conflict`. */
  readonly code: string
  readonly expression: readonly string[]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    code: string,
    diagnostics: string,
    more: { expression?: readonly string[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(diagnostics)
    this.status = status
    this.code = code
    this.expression = more.expression ?? []
    this.headers = more.headers ?? {}
  }
}

/** The OperationOutcome that tells a client about a problem. */
export function outcomeOf(problem: FhirProblem): JsonObject {
  return {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: 'error',
        code: problem.code,
        diagnostics: problem.message,
        ...(problem.expression.length > 0 && { expression: problem.expression }),
      },
    ],
  }
}
