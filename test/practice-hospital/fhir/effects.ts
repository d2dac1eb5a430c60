import { textsAt, valuesAt, type JsonObject } from './json.ts'
import type { Resource } from './resource.ts'

/** Identifier system under which a robot leaves what it finds its own work by. */
export const MARKER_SYSTEM = 'urn:ontregel:marker'
/** Identifier system on a Coverage: the id of the Appointment that it was checked for. */
export const APPOINTMENT_SYSTEM = 'urn:practice:appointment'
/** Identifier system on a DocumentReference: the number of the referral whose letter it is. */
export const REFERRAL_SYSTEM = 'urn:practice:referral'

/** What one new version of a resource did, in the words of the witness. */
export interface ResourceEffect {
  readonly kind: 'coverage-stored' | 'letter-filed' | 'appointment-cancelled' | 'appointment-reopened'
  readonly key: string
  readonly marker: string
  /** `Type/id` */
  readonly resource: string
}

/** The effects of replacing `previous` (undefined when created) by `next`. */
export function effectsOf(previous: Resource | undefined, next: Resource): readonly ResourceEffect[] {
  const resource = `${next.resourceType}/${next.id}`
  const marker = newest(previous, next, MARKER_SYSTEM) ?? ''
  if (next.resourceType === 'Coverage')
    return [{ kind: 'coverage-stored', key: coverageKey(previous, next), marker, resource }]
  if (next.resourceType === 'DocumentReference' && !previous)
    return [{ kind: 'letter-filed', key: letterKey(next), marker, resource }]
  if (next.resourceType !== 'Appointment') return []
  // Writing to what is cancelled already is work done twice: each such write is told.
  if (next['status'] === 'cancelled')
    return [{ kind: 'appointment-cancelled', key: next.id, marker, resource }]
  const reopened = previous?.['status'] === 'cancelled'
  return reopened ? [{ kind: 'appointment-reopened', key: next.id, marker, resource }] : []
}

function coverageKey(previous: Resource | undefined, next: Resource): string {
  const [beneficiary = ''] = textsAt(next, 'beneficiary.reference')
  const [insurer = ''] = textsAt(next, 'payor.identifier.value')
  return (
    newest(previous, next, APPOINTMENT_SYSTEM) ??
    newest(previous, next, MARKER_SYSTEM) ??
    `${beneficiary}|${insurer}`
  )
}

function letterKey(next: Resource): string {
  const [master] = textsAt(next, 'masterIdentifier.value')
  return identifiers(next, REFERRAL_SYSTEM)[0] ?? master ?? next.id
}

/** The value that this version added under a system; the last one when it added none. */
function newest(previous: Resource | undefined, next: Resource, system: string): string | undefined {
  const before = previous ? identifiers(previous, system) : []
  const now = identifiers(next, system)
  return now.findLast((value) => !before.includes(value)) ?? now.at(-1)
}

function identifiers(resource: JsonObject, system: string): readonly string[] {
  return [...valuesAt(resource, 'identifier'), ...valuesAt(resource, 'masterIdentifier')]
    .filter((one) => textsAt(one, 'system')[0] === system)
    .flatMap((one) => textsAt(one, 'value'))
}
