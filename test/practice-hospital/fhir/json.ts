export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [field: string]: Json
}

/** Whether a JSON value is an object, not an array or null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value of a JSON text. Throws SyntaxError. */
export function parseJson(text: string): Json {
  const parsed: Json = JSON.parse(text)
  return parsed
}

/** Every value at a dotted path such as `participant.actor.reference`, looking into each element of arrays. */
export function valuesAt(value: Json | undefined, path: string): readonly Json[] {
  const steps = path === '' ? [] : path.split('.')
  return steps.reduce<readonly Json[]>((found, step) => found.flatMap((one) => field(one, step)), flat(value))
}

function field(value: Json, name: string): readonly Json[] {
  return isObject(value) && Object.hasOwn(value, name) ? flat(value[name]) : []
}

function flat(value: Json | undefined): readonly Json[] {
  if (value === undefined) return []
  return isArray(value) ? value : [value]
}

/** Whether a JSON value is an array. */
export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** The texts at a dotted path; values that are no text are left out. */
export function textsAt(value: Json | undefined, path: string): readonly string[] {
  return valuesAt(value, path).filter((one) => typeof one === 'string')
}

/** A plain value as text; empty for objects, arrays and null. */
export function asText(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}
