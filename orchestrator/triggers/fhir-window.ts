import { Failure } from '../../connectors/failure.ts'
import type { SearchParameters } from '../../connectors/fhir/parameters.ts'
import { versionOf, type Resource } from '../../connectors/fhir/resource.ts'
import type { PollClaim, SeenVersion } from '../ledger/fhir-polls.ts'

/** Which changes are asked for, in milliseconds since 1970 of the server's clock; `to` itself is not in it. */
export interface Window {
  readonly from: number | undefined
  readonly to?: number
}

/** Few enough for any server, and a transaction of moderate size. */
const PAGE = 100

/** From where a poll looks: what it has seen from there on is known, so nothing comes twice. */
export function windowOf({ seen_from, since }: PollClaim): Window {
  const bounds = [seen_from, since].flatMap((bound) => (bound === null ? [] : [bound.getTime()]))
  return { from: bounds.length > 0 ? wholeSecond(Math.max(...bounds)) : undefined }
}

/** Servers compare instants in seconds or in milliseconds: in whole seconds they all agree. */
function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000
}

/** The search for what changed in a window. */
export function searchFor(poll: PollClaim, { from, to }: Window): SearchParameters {
  const bounds = [
    ...(from === undefined ? [] : [`ge${instant(from)}`]),
    ...(to === undefined ? [] : [`lt${instant(to)}`]),
  ]
  return {
    ...poll.parameters,
    ...(bounds.length > 0 ? { _lastUpdated: bounds } : {}),
    ...(poll.sorted ? { _sort: '_lastUpdated' } : {}),
    _count: PAGE,
  }
}

const instant = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z')

/** The search of a Subscription: the same, without a window. */
export function criteriaOf(poll: Pick<PollClaim, 'resource_type' | 'parameters'>): string {
  const pairs = Object.entries(poll.parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `${poll.resource_type}?${pairs.join('&')}`
}

/** One version of a resource and when the server says it came to be. @throws unexpected when the server does not say */
export function versionSeen(resource: Resource, system: string): SeenVersion {
  const updated = resource.meta?.['lastUpdated']
  const at = typeof updated === 'string' ? Date.parse(updated) : Number.NaN
  if (resource.id === undefined || Number.isNaN(at)) {
    const sentence = `The FHIR server "${system}" does not say when its resources changed (meta.lastUpdated): changes cannot be asked for there; use a schedule instead.`
    throw new Failure('unexpected', 'no-last-updated', sentence, { system })
  }
  const version = versionOf(resource) ?? `@${at}`
  return { resource: `${resource.resourceType}/${resource.id}`, version, at: new Date(at) }
}

/** Whether it lies in the window; a server that leaves the window out of its search gives more. */
export function isWithin({ at }: SeenVersion, { from }: Window): boolean {
  return from === undefined || at.getTime() >= from
}

/**
 * The newest change that was seen, but no later than the server's own clock said when it began to answer: a resource
 * with a time in the future must not let everything before it be forgotten.
 */
export function cursorAfter(newest: number | undefined, serverTime: number | undefined): number | undefined {
  return newest === undefined ? undefined : Math.min(newest, serverTime ?? newest)
}

/** What the next poll asks for again and therefore must stay known: the overlap before the cursor. */
export function seenFrom(cursor: number, overlapSeconds: number): number {
  return wholeSecond(cursor - overlapSeconds * 1000)
}
