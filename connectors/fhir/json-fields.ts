import type { Json } from './resource.ts'

/** The fields of a JSON object; none when it is something else. */
export function fieldsOf(value: Json | undefined): ReadonlyMap<string, Json> {
  return new Map(
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [],
  )
}

/** The parts of a JSON array; a value that is no array is a list of one, an absent one an empty list. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return []
  return isArray(value) ? value : [value]
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

/** A text as it is; an empty one for anything else. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
