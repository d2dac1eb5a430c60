import type { ResourceType } from './elements.ts'
import { applyPatch } from './json-patch.ts'
import { isObject, type Json, type JsonObject } from './json.ts'
import { FhirProblem } from './outcome.ts'
import { checkReferences } from './references.ts'
import { checkResource, type Resource } from './resource.ts'
import { matching, type SearchContext } from './search.ts'

/** What a request ended in; `headers` in lower case. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: JsonObject | undefined
}

/** Throws FhirProblem 404. With `versionId` that version. */
export function read(context: SearchContext, type: ResourceType, id: string, versionId?: string): Answer {
  const { draft } = context
  const found = versionId === undefined ? draft.get(type, id) : draft.version(type, id, versionId)
  if (!found) throw new FhirProblem(404, 'not-found', `There is no such ${type}.`)
  return answerWith(context, 200, found)
}

/** Creates; with `ifNoneExist` (search criteria) only when nothing matches. Throws 412 when several do. */
export function create(
  context: SearchContext,
  type: ResourceType,
  body: Json,
  ifNoneExist?: string,
  id?: string,
): Answer {
  const checked = sound(context, type, body)
  const known = ifNoneExist === undefined ? undefined : onlyMatch(context, type, ifNoneExist)
  if (known) return answerWith(context, 200, known)
  return answerWith(context, 201, context.draft.put(type, id ?? context.draft.newId(), checked))
}

/** Replaces, or creates under the client's id. Throws 412 when `ifMatch` is not the current version. */
export function update(
  context: SearchContext,
  type: ResourceType,
  id: string,
  body: Json,
  ifMatch?: string,
): Answer {
  const checked = sound(context, type, body)
  if (checked['id'] !== id)
    throw new FhirProblem(400, 'invalid', 'The id in the body is not the id in the address.', {
      expression: [`${type}.id`],
    })
  const current = context.draft.get(type, id)
  checkVersion(current, ifMatch)
  return answerWith(context, current ? 200 : 201, context.draft.put(type, id, checked))
}

/** Replaces the one match of the criteria, creates when there is none. Throws 412 when there are several. */
export function conditionalUpdate(
  context: SearchContext,
  type: ResourceType,
  criteria: string,
  body: Json,
  ifMatch?: string,
  newId?: string,
): Answer {
  const checked = sound(context, type, body)
  const current = onlyMatch(context, type, criteria)
  checkVersion(current, ifMatch)
  const id = current?.id ?? newId ?? context.draft.newId()
  if (checked['id'] !== undefined && checked['id'] !== id)
    throw new FhirProblem(400, 'invalid', 'The body has another id than the match.', {
      expression: [`${type}.id`],
    })
  return answerWith(context, current ? 200 : 201, context.draft.put(type, id, checked))
}

/** Applies a JSON patch to the current version. Throws 404, or 412 when `ifMatch` is not that version. */
export function patch(
  context: SearchContext,
  type: ResourceType,
  id: string,
  body: Json,
  ifMatch?: string,
): Answer {
  const current = context.draft.get(type, id)
  if (!current) throw new FhirProblem(404, 'not-found', `There is no such ${type}.`)
  checkVersion(current, ifMatch)
  const patched = applyPatch(current, body)
  if (patched['id'] !== id) throw new FhirProblem(422, 'processing', 'A patch cannot change the id.')
  return answerWith(context, 200, context.draft.put(type, id, sound(context, type, patched)))
}

function sound(context: SearchContext, type: ResourceType, body: Json): JsonObject {
  const checked = checkResource(type, body)
  checkReferences(checked, context)
  return checked
}

/** The single match, if any. What the index does not show yet counts too. */
export function onlyMatch(
  context: SearchContext,
  type: ResourceType,
  criteria: string,
): Resource | undefined {
  const parameters = new URLSearchParams(criteria.replace(/^[^?]*\?/, ''))
  if (parameters.size === 0) throw new FhirProblem(400, 'required', 'A condition needs search criteria.')
  const found = matching(context, type, parameters)
  if (found.length > 1)
    throw new FhirProblem(412, 'multiple-matches', `The condition matches ${found.length} resources.`)
  return found[0]
}

function checkVersion(current: Resource | undefined, ifMatch: string | undefined): void {
  if (ifMatch === undefined) return
  const [, version] = /^(?:W\/)?"(\d+)"$/.exec(ifMatch.trim()) ?? []
  if (version === undefined) throw new FhirProblem(400, 'value', 'If-Match must be like W/"3".')
  if (current?.meta.versionId !== version)
    throw new FhirProblem(412, 'conflict', 'The resource has another version by now: read it again.')
}

function answerWith({ base }: SearchContext, status: number, resource: Resource): Answer {
  const { meta } = resource
  const location = `${base}/${resource.resourceType}/${resource.id}/_history/${meta.versionId}`
  return {
    status,
    headers: {
      etag: `W/"${meta.versionId}"`,
      'last-modified': new Date(meta.lastUpdated).toUTCString(),
      ...(status === 201 ? { location } : { 'content-location': location }),
    },
    body: resource,
  }
}

/** The resource type an answer's body states, when it has one. */
export function typeOf(body: Json | undefined): string | undefined {
  return isObject(body) && typeof body['resourceType'] === 'string' ? body['resourceType'] : undefined
}
