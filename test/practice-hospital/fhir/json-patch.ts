import { isArray, isObject, type Json, type JsonObject } from './json.ts'
import { FhirProblem } from './outcome.ts'

/** Applies a JSON Patch (RFC 6902). Throws FhirProblem 400 for a malformed patch, 422 when it does not fit. */
export function applyPatch(document: JsonObject, patch: Json): JsonObject {
  if (!isArray(patch) || patch.length === 0) throw malformed('A JSON patch is a list of operations.')
  const patched = patch.reduce<Json>((current, operation) => applyOne(current, operation), document)
  if (!isObject(patched)) throw unfit('The patch leaves no resource.')
  return patched
}

function applyOne(document: Json, operation: Json): Json {
  if (!isObject(operation)) throw malformed('An operation of a JSON patch is an object.')
  const { op, value } = operation
  const path = pointer(operation['path'])
  if (op === 'add' || op === 'replace' || op === 'test') {
    if (value === undefined) throw malformed(`Operation ${op} needs a value.`)
    if (op === 'add') return place(document, path, value, true)
    if (op === 'replace') return place(document, path, value, false)
    if (JSON.stringify(read(document, path)) !== JSON.stringify(value))
      throw unfit('A test of the patch failed.')
    return document
  }
  if (op === 'remove') return remove(document, path)
  if (op !== 'move' && op !== 'copy') throw malformed('Unknown operation in the JSON patch.')
  const from = pointer(operation['from'])
  const moved = read(document, from)
  return place(op === 'move' ? remove(document, from) : document, path, moved, true)
}

function pointer(text: Json | undefined): readonly string[] {
  if (typeof text !== 'string' || (text !== '' && !text.startsWith('/')))
    throw malformed('A path must be a JSON pointer.')
  return text
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function read(document: Json, path: readonly string[]): Json {
  return path.reduce<Json>((value, step) => {
    const found = isArray(value)
      ? value[position(step, value.length - 1)]
      : isObject(value) && Object.hasOwn(value, step)
        ? value[step]
        : undefined
    if (found === undefined) throw unfit('A path of the patch does not exist.')
    return found
  }, document)
}

function place(document: Json, path: readonly string[], value: Json, adding: boolean): Json {
  const [step, ...rest] = path
  if (step === undefined) return value
  if (rest.length > 0) return replaceAt(document, step, place(read(document, [step]), rest, value, adding))
  if (!adding) {
    read(document, [step])
    return replaceAt(document, step, value)
  }
  if (!isArray(document)) return replaceAt(document, step, value)
  return document.toSpliced(step === '-' ? document.length : position(step, document.length), 0, value)
}

function remove(document: Json, path: readonly string[]): Json {
  const [step, ...rest] = path
  if (step === undefined) throw unfit('The whole resource cannot be removed by a patch.')
  const inner = read(document, [step])
  if (rest.length > 0) return replaceAt(document, step, remove(inner, rest))
  if (isArray(document)) return document.toSpliced(position(step, document.length - 1), 1)
  if (!isObject(document)) throw unfit('A path of the patch does not exist.')
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== step))
}

function replaceAt(document: Json, step: string, value: Json): Json {
  if (isArray(document)) return document.with(position(step, document.length - 1), value)
  // A field named __proto__ would be set on the object's prototype instead of in it.
  if (!isObject(document) || step === '__proto__') throw unfit('A path of the patch does not exist.')
  return { ...document, [step]: value }
}

function position(step: string, largest: number): number {
  const index = /^(0|[1-9]\d{0,5})$/.test(step) ? Number(step) : Infinity
  if (index > largest) throw unfit('A path of the patch does not exist.')
  return index
}

function malformed(text: string): FhirProblem {
  return new FhirProblem(400, 'structure', text)
}

function unfit(text: string): FhirProblem {
  return new FhirProblem(422, 'processing', text)
}
