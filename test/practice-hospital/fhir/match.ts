import type { ResourceType } from './elements.ts'
import { readInstant, type Stretch } from './instants.ts'
import { asText, isObject, textsAt, valuesAt, type Json } from './json.ts'
import { FhirProblem } from './outcome.ts'
import type { Resource } from './resource.ts'
import { SEARCH_PARAMETERS, type SearchParameter } from './search-parameters.ts'

export type Test = (resource: Resource) => boolean

/**
 * The test that one search parameter stands for; commas mean "or".
 * Throws FhirProblem 400 for a parameter, modifier or value this server does not know. `base` is this server's address.
 */
export function testFor(type: ResourceType, name: string, value: string, base: string): Test {
  const [plain = '', modifier] = name.split(':')
  const parameter = SEARCH_PARAMETERS[type][plain]
  if (!parameter || !Object.hasOwn(SEARCH_PARAMETERS[type], plain))
    throw new FhirProblem(400, 'not-supported', `Unknown search parameter ${plain} for ${type}.`)
  if (value === '') throw new FhirProblem(400, 'value', `Search parameter ${plain} is empty.`)
  const tests = splitUnescaped(value, ',').map((one) => oneTest(parameter, modifier, one, name, base))
  const any = (found: Json) => tests.some((test) => test(found))
  const matches: Test = (resource) => parameter.paths.some((path) => valuesAt(resource, path).some(any))
  return modifier === 'not' ? (resource) => !matches(resource) : matches
}

function oneTest(
  { type }: SearchParameter,
  modifier: string | undefined,
  value: string,
  name: string,
  base: string,
): (found: Json) => boolean {
  const refuse = () => new FhirProblem(400, 'not-supported', `Search parameter ${name} is not supported.`)
  if (type === 'token') {
    if (modifier !== undefined && modifier !== 'not') throw refuse()
    return tokenTest(value)
  }
  if (type === 'string') return stringTest(value, modifier, refuse)
  if (type === 'date') {
    if (modifier !== undefined) throw refuse()
    return dateTest(value, name)
  }
  if (modifier !== undefined && modifier !== 'Patient') throw refuse()
  return referenceTest(value, modifier, base)
}

function tokenTest(value: string): (found: Json) => boolean {
  const parts = splitUnescaped(value, '|').map(unescaped)
  const [system, code] = parts.length > 1 ? [parts[0] ?? '', parts[1] ?? ''] : [undefined, parts[0] ?? '']
  return (found) => {
    if (!isObject(found)) return !system && asText(found) === code
    const [foundSystem = ''] = textsAt(found, 'system')
    const codes = [...textsAt(found, 'value'), ...textsAt(found, 'code')]
    return (system === undefined || foundSystem === system) && (code === '' || codes.includes(code))
  }
}

function stringTest(
  value: string,
  modifier: string | undefined,
  refuse: () => FhirProblem,
): (found: Json) => boolean {
  const wanted = unescaped(value)
  const both = (found: Json) => [plain(asText(found)), plain(wanted)] as const
  if (modifier === 'exact') return (found) => found === wanted
  if (modifier === 'contains') return (found) => both(found)[0].includes(both(found)[1])
  if (modifier !== undefined) throw refuse()
  return (found) => both(found)[0].startsWith(both(found)[1])
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

const COMPARISONS: Readonly<Record<string, (found: Stretch, wanted: Stretch) => boolean>> = {
  eq: (found, wanted) => found.from >= wanted.from && found.to <= wanted.to,
  ne: (found, wanted) => !(found.from >= wanted.from && found.to <= wanted.to),
  gt: (found, wanted) => found.to > wanted.to,
  ge: (found, wanted) => found.to > wanted.from,
  lt: (found, wanted) => found.from < wanted.from,
  le: (found, wanted) => found.from < wanted.to,
}

function dateTest(value: string, name: string): (found: Json) => boolean {
  const [, prefix = 'eq', text = ''] = /^([a-z]{2})?(.*)$/.exec(value) ?? []
  const compare = Object.hasOwn(COMPARISONS, prefix) ? COMPARISONS[prefix] : undefined
  const wanted = readInstant(text)
  if (!compare || !wanted)
    throw new FhirProblem(400, 'value', `The value of search parameter ${name} is no FHIR date.`)
  return (found) => {
    const stretch = typeof found === 'string' ? readInstant(found) : undefined
    return stretch !== undefined && compare(stretch, wanted)
  }
}

function referenceTest(value: string, type: string | undefined, base: string): (found: Json) => boolean {
  const local = value.startsWith(`${base}/`) ? value.slice(base.length + 1) : value
  const wanted = local.includes('/') || !type ? local : `${type}/${local}`
  return (found) => found === wanted || (!wanted.includes('/') && asText(found).split('/').at(-1) === wanted)
}

/** Splits at a separator that no backslash precedes. */
function splitUnescaped(text: string, separator: string): readonly string[] {
  const parts = ['']
  for (let at = 0; at < text.length; at++) {
    const piece = text[at] === '\\' ? text.slice(at, ++at + 1) : (text[at] ?? '')
    if (piece === separator) parts.push('')
    else parts[parts.length - 1] += piece
  }
  return parts
}

function unescaped(text: string): string {
  return text.replace(/\\([,|$\\])/g, '$1')
}
