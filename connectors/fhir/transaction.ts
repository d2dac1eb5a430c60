import { Failure } from '../failure.ts'
import { checkId, checkType, readLocation } from './addresses.ts'
import { readBody, unreadable } from './answer.ts'
import { fieldsOf, textOf } from './json-fields.ts'
import { entriesOf } from './pages.ts'
import type { SearchParameters } from './parameters.ts'
import { isSevere, readIssues, type Intent } from './outcome.ts'
import { plan } from './plan.ts'
import { isResource, type Json, type Resource } from './resource.ts'
import { send, type Way } from './send.ts'
import { conditionText, locationText, type Written } from './writes.ts'

/** One change of a transaction. `fullUrl` (`urn:uuid:…`) lets other entries refer to what this one creates. */
export type TransactionEntry =
  | { readonly create: Resource; readonly ifNoneExist?: SearchParameters; readonly fullUrl?: string }
  | { readonly update: Resource; readonly ifMatch?: string; readonly fullUrl?: string }
  /** Replaces the one that matches, and creates it when none does. */
  | { readonly update: Resource; readonly matching: SearchParameters; readonly fullUrl?: string }

/**
 * All of the changes or none of them. "200 OK" for the whole says nothing about the parts, so every part's own status is
 * read. @throws unsure, naming the entry, when one of them is no success or tells of an error: others may have been carried out.
 */
export async function transaction(
  way: Way,
  entries: readonly TransactionEntry[],
): Promise<readonly Written[]> {
  const body = { resourceType: 'Bundle', type: 'transaction', entry: entries.map(bundleEntry) }
  const request = await plan(way.base, (library) => library.transaction({ body }))
  const answer = await send(way, request, { writes: true, ...intentOf(entries) })
  const bundle = readBody(answer)
  if (bundle?.resourceType !== 'Bundle' || bundle['type'] !== 'transaction-response')
    throw unreadable('unsure', way.system)
  const results = entriesOf(bundle)
  if (results.length !== entries.length)
    throw partial(way, `${results.length} of ${entries.length} entries came back`)
  return entries.map((entry, place) =>
    readResult(way, entry, results[place] ?? new Map(), place, entries.length),
  )
}

/** What 412 for the whole means: which entry it was about is not told, so only when it can be one thing. */
function intentOf(entries: readonly TransactionEntry[]): Pick<Intent, 'precondition'> {
  const kinds = new Set(
    entries.flatMap((entry) => {
      if ('create' in entry) return entry.ifNoneExist ? (['if-none-exist'] as const) : []
      if ('matching' in entry) return ['matching'] as const
      return entry.ifMatch === undefined ? [] : (['if-match'] as const)
    }),
  )
  const [precondition] = kinds
  return precondition && !(kinds.has('if-match') && kinds.size > 1) ? { precondition } : {}
}

function bundleEntry(entry: TransactionEntry): Json {
  const fullUrl = entry.fullUrl === undefined ? {} : { fullUrl: entry.fullUrl }
  if ('create' in entry) {
    const type = checkType(entry.create.resourceType)
    const condition = entry.ifNoneExist && { ifNoneExist: conditionText(entry.ifNoneExist) }
    return {
      ...fullUrl,
      resource: asJson(entry.create),
      request: { method: 'POST', url: type, ...condition },
    }
  }
  if ('matching' in entry) {
    const url = `${checkType(entry.update.resourceType)}?${conditionText(entry.matching)}`
    return { ...fullUrl, resource: asJson(entry.update), request: { method: 'PUT', url } }
  }
  const url = `${checkType(entry.update.resourceType)}/${checkId(entry.update.id ?? '')}`
  const match = entry.ifMatch === undefined ? {} : { ifMatch: `W/"${checkId(entry.ifMatch)}"` }
  return { ...fullUrl, resource: asJson(entry.update), request: { method: 'PUT', url, ...match } }
}

function asJson(resource: Resource): { readonly [key: string]: Json } {
  const fields: [string, Json][] = []
  for (const [name, value] of Object.entries(resource)) if (value !== undefined) fields.push([name, value])
  return Object.fromEntries(fields)
}

function readResult(
  way: Way,
  entry: TransactionEntry,
  result: ReadonlyMap<string, Json>,
  place: number,
  all: number,
): Written {
  const response = fieldsOf(result.get('response'))
  const status = /^(\d{3})\b/.exec(textOf(response.get('status')))?.[1]
  if (!status?.startsWith('2'))
    throw partial(way, `entry ${place + 1} of ${all} answered ${status ?? 'nothing'}`)
  if ([response.get('outcome'), result.get('resource')].some(tellsOfError))
    throw partial(way, `entry ${place + 1} of ${all} answered ${status} and tells of an error`)
  const meant = 'create' in entry ? entry.create : entry.update
  const found = placeOf(response, result)
  const named = 'update' in entry && meant.id !== undefined
  const differs = found && (found.type !== meant.resourceType || (named && found.id !== meant.id))
  const at = found ?? (named ? { type: meant.resourceType, id: meant.id, versionId: undefined } : undefined)
  if (differs || !at) throw partial(way, `entry ${place + 1} of ${all} does not say where it is`)
  return { id: at.id, versionId: at.versionId, location: locationText(at), status: statusOf(entry, status) }
}

/** A status of success does not undo what the server says beside it. */
function tellsOfError(said: Json | undefined): boolean {
  return isResource(said) && readIssues(said).some(isSevere)
}

function placeOf(response: ReadonlyMap<string, Json>, result: ReadonlyMap<string, Json>) {
  const resource = fieldsOf(result.get('resource'))
  const body = `${textOf(resource.get('resourceType'))}/${textOf(resource.get('id'))}`
  return (
    readLocation(textOf(response.get('location'))) ?? (resource.has('id') ? readLocation(body) : undefined)
  )
}

function statusOf(entry: TransactionEntry, status: string): Written['status'] {
  if ('create' in entry) return entry.ifNoneExist && status === '200' ? 'existing' : 'created'
  return status === '201' ? 'created' : 'updated'
}

function partial({ system }: Way, what: string): Failure {
  const sentence = `The FHIR server "${system}" accepted a transaction but not all of it: ${what}. Look there which parts were carried out.`
  return new Failure('unsure', 'transaction-partial', sentence, { system })
}
