import { Failure } from '../failure.ts'
import { scrubBsn } from '../identity.ts'

/** A coded value or identifier in its system; written `system|value` with both parts escaped. */
export interface Token {
  readonly system?: string
  readonly value: string
}

/** A text is taken as FHIR's own search syntax (`ge2026-01-01`, `booked,pending`); data from elsewhere goes through `literal`. */
export type SearchValue = string | number | boolean | Token

/** Parameters of a search. A list repeats the parameter (all must hold); `undefined` leaves it out. */
export type SearchParameters = Readonly<Record<string, SearchValue | readonly SearchValue[] | undefined>>

/** A text in which nothing has a meaning to a search any more. */
export function literal(text: string): string {
  return text.replace(/[\\,|$]/g, '\\$&')
}

/** `system|value`, escaped. @throws unexpected without a value: that would ask for everything. */
export function token({ system, value }: Token): string {
  if (value === '') throw emptyParameter()
  return system === undefined ? literal(value) : `${literal(system)}|${literal(value)}`
}

function isList(value: SearchValue | readonly SearchValue[]): value is readonly SearchValue[] {
  return Array.isArray(value)
}

/**
 * Names with their texts, undefined ones left out. @throws unexpected for a value that is empty, for servers leave such
 * a parameter out and answer with everything they have.
 */
export function readParameters(parameters: SearchParameters): Record<string, string[]> {
  const texts: Record<string, string[]> = {}
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue
    if (!/^[A-Za-z_][A-Za-z0-9_.:-]{0,127}$/.test(name)) throw emptyParameter()
    const values = isList(value) ? value : [value]
    if (values.length === 0) throw emptyParameter()
    texts[name] = values.map(asText)
  }
  return texts
}

function asText(value: SearchValue): string {
  const text = typeof value === 'object' ? token(value) : String(value)
  if (text.trim() === '' || text === 'undefined' || text === 'NaN') throw emptyParameter()
  return text
}

function emptyParameter(): Failure {
  return new Failure(
    'unexpected',
    'search-empty',
    'A robot searched with an empty or wrong parameter, which would find everything: tell its maker.',
  )
}

const HARMLESS = new Set([
  '_id',
  '_lastUpdated',
  '_count',
  '_sort',
  '_include',
  '_revinclude',
  '_elements',
  '_summary',
  '_total',
  '_offset',
  '_page',
  '_format',
  '_getpages',
  '_getpagesoffset',
  '_bundletype',
  '_pretty',
  '_cursor',
  'cursor',
  'ct',
  'page',
  'pageToken',
  '_page_token',
  'offset',
  'skip',
  '_skip',
  'sid',
  '_profile',
  '_tag',
  'status',
  'date',
  'category',
  'type',
  'code',
  'intent',
  'patient',
  'subject',
  'actor',
  'encounter',
  'authored',
  'authored-on',
  'period',
  'start',
  'end',
  'class',
  'priority',
  'appointment-type',
  'service-category',
  'service-type',
  'specialty',
  'url',
])

/** `system|value` in which the value is the marker of an item: it says nothing of a person. */
const OWN_MARKER = /^[A-Za-z0-9:./_-]{1,200}\|OR-[0-9A-F]{20}$/

/** The same, where a robot's own marker may stand in an address too: it finds nothing but the robot's own work. */
export function mayBeInConditionAddress(parameters: Iterable<readonly [string, string]>): boolean {
  const others = [...parameters].filter(([name, value]) => name !== 'identifier' || !OWN_MARKER.test(value))
  return mayBeInAddress(others)
}

/**
 * Modifiers that leave a parameter as harmless as it is, beside the type of what a reference is to (`subject:Patient`). With
 * `identifier`, `text` or a chain (`subject:Patient.name`) the value is a number or name of that patient.
 */
const HARMLESS_MODIFIER = /^(not|missing|in|not-in|above|below|iterate|recurse|[A-Z][A-Za-z]{0,63})$/

/** Whether these parameters may stand in an address, which servers and proxies write down: no identifiers, names or dates of birth. */
export function mayBeInAddress(parameters: Iterable<readonly [string, string]>): boolean {
  return [...parameters].every(([name, value]) => {
    const [base = '', modifier, ...more] = name.split(':')
    const isPlain = modifier === undefined || (more.length === 0 && HARMLESS_MODIFIER.test(modifier))
    return isPlain && HARMLESS.has(base) && scrubBsn(value) === value
  })
}
