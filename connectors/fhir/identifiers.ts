import { BSN_SYSTEM, readAgb, readBsn, readUzi, readUzovi } from '../identity.ts'
import { fieldsOf, listOf } from './json-fields.ts'
import type { Resource } from './resource.ts'

/** The Dutch identifier systems: what they are called in FHIR, their OID, and how a number of theirs is read. */
const DUTCH = {
  bsn: { system: BSN_SYSTEM, oid: '2.16.840.1.113883.2.4.6.3', read: readBsn },
  agb: { system: 'http://fhir.nl/fhir/NamingSystem/agb-z', oid: '2.16.840.1.113883.2.4.6.1', read: readAgb },
  uzovi: {
    system: 'http://fhir.nl/fhir/NamingSystem/uzovi',
    oid: '2.16.840.1.113883.2.4.6.4',
    read: readUzovi,
  },
  uzi: { system: 'http://fhir.nl/fhir/NamingSystem/uzi-nr-pers', oid: '2.16.528.1.1007.3.1', read: readUzi },
} as const

export type DutchIdentifier = keyof typeof DUTCH

/** The identifier as it is searched and written. @returns undefined for a number that cannot be one. */
export function dutchIdentifier(
  kind: DutchIdentifier,
  number: string,
): { readonly system: string; readonly value: string } | undefined {
  const value = DUTCH[kind].read(number)
  return value === undefined ? undefined : { system: DUTCH[kind].system, value }
}

/**
 * The valid numbers of this kind that a resource carries, each once, whether its system is written as FHIR's or as an OID;
 * identifiers of `use: old` are left out. Two BSNs in one resource is a matter for a person, so all are given.
 */
export function identifiersOf(resource: Resource, kind: DutchIdentifier): readonly string[] {
  const { system, oid, read } = DUTCH[kind]
  const found = new Set<string>()
  for (const identifier of listOf(resource['identifier'])) {
    const parts = fieldsOf(identifier)
    const own = parts.get('system') === system || parts.get('system') === `urn:oid:${oid}`
    const value = parts.get('value')
    const number = own && parts.get('use') !== 'old' && typeof value === 'string' ? read(value) : undefined
    if (number !== undefined) found.add(number)
  }
  return [...found]
}
