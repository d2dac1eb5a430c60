import { Failure } from '../failure.ts'
import { checkId, checkType, readLocation, type Location } from './addresses.ts'
import { readBody, unreadable } from './answer.ts'
import { isSevere, readIssues, refusal } from './outcome.ts'
import { readParameters, type SearchParameters } from './parameters.ts'
import { plan } from './plan.ts'
import { versionOf, type Json, type Resource } from './resource.ts'
import { send, type Way } from './send.ts'
import type { Incoming } from './transport.ts'

/** What a write did, by the server's own account. */
export interface Written {
  readonly id: string
  /** Undefined when the server keeps no versions. */
  readonly versionId: string | undefined
  /** `Patient/123`, or with its version `Patient/123/_history/2`. */
  readonly location: string
  readonly status: 'created' | 'existing' | 'updated'
}

/** One operation of a JSON Patch (RFC 6902). */
export type PatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly path: string; readonly from: string }

/** Creates it; with `ifNoneExist` only when nothing matches, else the one that matches is given as `existing`. */
export async function create(way: Way, resource: Resource, ifNoneExist?: SearchParameters): Promise<Written> {
  const resourceType = checkType(resource.resourceType)
  const condition = ifNoneExist && conditionText(ifNoneExist)
  const headers = { prefer: 'return=minimal', ...(condition ? { 'if-none-exist': condition } : {}) }
  const request = await plan(way.base, (library) =>
    library.create({ resourceType, body: resource, options: { headers } }),
  )
  const precondition = condition ? { precondition: 'if-none-exist' as const } : {}
  const answer = await send(way, request, { writes: true, ...precondition })
  return readWritten(
    answer,
    { type: resourceType },
    condition && answer.status === 200 ? 'existing' : 'created',
    way.system,
  )
}

/** Replaces it; with `ifMatch`, a version id, only when nobody else changed it since. */
export async function update(way: Way, resource: Resource, ifMatch?: string): Promise<Written> {
  const resourceType = checkType(resource.resourceType)
  const id = checkId(resource.id ?? '')
  const options = { headers: { prefer: 'return=minimal', ...matchHeader(ifMatch) } }
  const request = await plan(way.base, (library) =>
    library.update({ resourceType, id, body: resource, options }),
  )
  const answer = await send(way, request, { writes: true, byId: true, ...matchIntent(ifMatch) })
  return readWritten(
    answer,
    { type: resourceType, id },
    answer.status === 201 ? 'created' : 'updated',
    way.system,
  )
}

/** Changes parts of it by JSON Patch; with `ifMatch`, a version id, only when nobody else changed it since. */
export async function patch(
  way: Way,
  type: string,
  id: string,
  operations: readonly PatchOperation[],
  ifMatch?: string,
): Promise<Written> {
  const call = { resourceType: checkType(type), id: checkId(id), jsonPatch: [...operations] }
  const options = { headers: { prefer: 'return=minimal', ...matchHeader(ifMatch) } }
  const request = await plan(way.base, (library) => library.patch({ ...call, options }))
  const answer = await send(way, request, { writes: true, byId: true, ...matchIntent(ifMatch) })
  return readWritten(answer, { type, id }, 'updated', way.system)
}

/** A search as the text of a condition. @throws unexpected when nothing is left of it: it would match everything. */
export function conditionText(parameters: SearchParameters): string {
  return new URLSearchParams(conditionPairs(parameters)).toString()
}

/** The search of a condition as pairs. @throws unexpected when nothing is left of it. */
export function conditionPairs(parameters: SearchParameters): [string, string][] {
  const pairs = Object.entries(readParameters(parameters)).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  )
  if (pairs.length > 0) return pairs
  throw new Failure(
    'unexpected',
    'condition-empty',
    'A robot wanted to create or change something on an empty condition: tell its maker.',
  )
}

function matchHeader(ifMatch: string | undefined): Record<string, string> {
  return ifMatch === undefined ? {} : { 'if-match': `W/"${checkId(ifMatch)}"` }
}

function matchIntent(ifMatch: string | undefined) {
  return ifMatch === undefined ? {} : { precondition: 'if-match' as const }
}

/**
 * Id and version from the headers, or else from the body. @throws unsure when they name nothing, or something else than
 * was written, and when the answer tells of an error under a status of success: the write may have happened all the same.
 */
export function readWritten(
  answer: Incoming,
  meant: { readonly type: string; readonly id?: string },
  status: Written['status'],
  system: string,
): Written {
  const { location, etag } = answer.headers
  const body = readBody(answer)
  if (readIssues(body).some(isSevere)) throw refusal(answer.status, body, { writes: true }, system)
  const place =
    readLocation(location) ??
    readLocation(contentLocation(answer)) ??
    placeOf(body) ??
    knownPlace(answer, meant)
  if (!place || place.type !== meant.type || (meant.id !== undefined && meant.id !== place.id)) {
    throw unreadable('unsure', system)
  }
  const versionId = place.versionId ?? /^(?:W\/)?"([A-Za-z0-9\-.]{1,64})"$/.exec(etag ?? '')?.[1]
  return { id: place.id, versionId, location: locationText({ ...place, versionId }), status }
}

function contentLocation({ headers }: Incoming): string | undefined {
  const value = headers['content-location']
  return typeof value === 'string' ? value : undefined
}

function placeOf(body: Resource | undefined): Location | undefined {
  if (body?.id === undefined || body.resourceType === 'OperationOutcome') return undefined
  return { type: body.resourceType, id: body.id, versionId: versionOf(body) }
}

/** An update may be answered with nothing at all: then it is the one that was named. A web page is not nothing. */
function knownPlace(answer: Incoming, { type, id }: { type: string; id?: string }): Location | undefined {
  const silent = answer.bytes.length === 0 || readBody(answer)?.resourceType === 'OperationOutcome'
  return id !== undefined && silent ? { type, id, versionId: undefined } : undefined
}

/** `Patient/123`, with `/_history/2` when there is a version. */
export function locationText({ type, id, versionId }: Location): string {
  return versionId === undefined ? `${type}/${id}` : `${type}/${id}/_history/${versionId}`
}
