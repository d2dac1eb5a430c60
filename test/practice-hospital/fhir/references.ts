import { knownType } from './elements.ts'
import { isArray, isObject, type Json, type JsonObject } from './json.ts'
import { FhirProblem } from './outcome.ts'
import type { SearchContext } from './search.ts'

/** A copy with each `reference` that stands in `names` (`urn:uuid:…` to `Type/id`) replaced. */
export function resolveReferences(body: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const resolved = walk(body, (reference) => names.get(reference) ?? reference)
  return isObject(resolved) ? resolved : body
}

/** Throws FhirProblem 422 when a reference points at a resource of this server that it does not have. */
export function checkReferences(
  body: JsonObject,
  { draft, base, promised }: Pick<SearchContext, 'draft' | 'base' | 'promised'>,
): void {
  walk(body, (reference) => {
    if (reference.startsWith('urn:uuid:'))
      throw dangling('A urn:uuid reference must be in the same transaction.')
    const local = reference.startsWith(`${base}/`) ? reference.slice(base.length + 1) : reference
    const [name, id, ...rest] = local.split('/')
    const type = knownType(name)
    const versioned = rest.length === 2 && rest[0] === '_history'
    const there = !type || !id || draft.get(type, id) || promised?.has(`${type}/${id}`)
    if (!there && (rest.length === 0 || versioned))
      throw dangling(`A reference points at a ${name} that does not exist.`)
    return reference
  })
}

function dangling(text: string): FhirProblem {
  return new FhirProblem(422, 'not-found', text)
}

function walk(value: Json, change: (reference: string) => string): Json {
  if (isArray(value)) return value.map((one) => walk(one, change))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'reference' && typeof inner === 'string' ? change(inner) : walk(inner, change),
    ]),
  )
}
