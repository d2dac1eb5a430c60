import type { z } from 'zod'
import { Failure } from '../../connectors/failure.ts'
import { storable } from '../../orchestrator/ledger/json-text.ts'

type Place = 'path' | 'query' | 'body'

/**
 * Reads a part of what was asked with its schema, at once; what it gives tells the part. Without a schema the part is
 * not read, and asking for it is a mistake in the route. What is no character is replaced, as the ledger keeps it.
 * @throws business `field-invalid` with the field and the remedy; what was sent is never quoted
 */
export function reader<S extends z.ZodType>(
  schema: S | undefined,
  place: Place,
  value: unknown,
): () => z.output<S> {
  if (!schema) {
    return () => {
      throw new Error(`This route has no schema for its ${place}.`)
    }
  }
  const result = schema.safeParse(storable(value ?? {}), { error: remedy })
  if (!result.success) throw invalid(place, result.error)
  const { data } = result
  return () => data
}

function invalid(place: Place, error: z.ZodError): Failure {
  const sentences = error.issues.map(({ path, message }) => {
    const field = path.map(String).join('.') || place
    return `Field ${field}: ${message.replace(/\.$/, '')}.`
  })
  return new Failure('business', 'field-invalid', sentences.slice(0, MOST).join(' '))
}

/** More at once help nobody. */
const MOST = 5

/** What to do, for a schema that does not say so itself. */
function remedy(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing; fill it in' : `must be ${kindOf(issue.expected)}`
    case 'too_small':
      return `must be at least ${issue.minimum}${unitOf(issue.origin)}`
    case 'too_big':
      return `must be at most ${issue.maximum}${unitOf(issue.origin)}`
    case 'invalid_value':
      return `must be one of: ${issue.values.map(String).join(', ')}`
    case 'invalid_format':
      return `must be written as ${issue.format}`
    case 'unrecognized_keys':
      return `has fields that are not known here (${issue.keys.join(', ')}); leave them out`
    default:
      return 'is not right; see the documentation at /api what it must be'
  }
}

function kindOf(expected: string): string {
  const kinds: Readonly<Record<string, string>> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
    date: 'a date',
  }
  return kinds[expected] ?? `of the kind ${expected}`
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters'
  return origin === 'array' || origin === 'set' ? ' entries' : ''
}
