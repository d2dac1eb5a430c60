import { knownType, type ResourceType } from './elements.ts'
import { conditionalUpdate, create, patch, read, update, type Answer } from './interactions.ts'
import type { Json } from './json.ts'
import { FhirProblem } from './outcome.ts'
import { laterPage, search, type SearchContext } from './search.ts'

/** One request, of HTTP or of a Bundle entry. */
export interface Call {
  readonly method: string
  /** The parts of the address below the base: `['Patient', 'x']`. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
  readonly body?: Json | undefined
  readonly ifMatch?: string | undefined
  readonly ifNoneExist?: string | undefined
  /** The id that a POST within a transaction was promised. */
  readonly newId?: string | undefined
}

/** Carries a request out on the draft of its context. Throws FhirProblem. */
export function perform(context: SearchContext, call: Call): Answer {
  const { method, path, query } = call
  const [name, id, history, versionId, ...rest] = path
  if (name === undefined && method === 'GET' && query.has('_page'))
    return found(laterPage(context, query.get('_page') ?? '', Number(query.get('_offset'))))
  const type = knownType(name)
  if (!type) throw new FhirProblem(404, 'not-supported', 'This server has no such resource type.')
  if (rest.length > 0) throw new FhirProblem(404, 'not-found', 'There is nothing at this address.')
  if (id === undefined) return onType(context, type, call)
  if (method === 'POST' && id === '_search' && history === undefined)
    return found(search(context, type, query))
  if (!/^[A-Za-z0-9.-]{1,64}$/.test(id)) throw new FhirProblem(400, 'value', 'This is no FHIR id.')
  if (method === 'GET' && history === '_history' && versionId) return read(context, type, id, versionId)
  if (history !== undefined) throw new FhirProblem(404, 'not-supported', 'There is nothing at this address.')
  return onInstance(context, type, id, call)
}

function onType(context: SearchContext, type: ResourceType, call: Call): Answer {
  const { method, query } = call
  if (method === 'GET') return found(search(context, type, query))
  if (method === 'POST') return create(context, type, bodyOf(call), call.ifNoneExist, call.newId)
  if (method === 'PUT')
    return conditionalUpdate(context, type, query.toString(), bodyOf(call), call.ifMatch, call.newId)
  throw notAllowed(method)
}

function onInstance(context: SearchContext, type: ResourceType, id: string, call: Call): Answer {
  const { method } = call
  if (method === 'GET') return read(context, type, id)
  if (method === 'PUT') return update(context, type, id, bodyOf(call), call.ifMatch)
  if (method === 'PATCH') return patch(context, type, id, bodyOf(call), call.ifMatch)
  throw notAllowed(method)
}

function found(body: Answer['body']): Answer {
  return { status: 200, headers: {}, body }
}

function bodyOf({ body }: Call): Json {
  if (body === undefined) throw new FhirProblem(400, 'required', 'The request has no body.')
  return body
}

function notAllowed(method: string): FhirProblem {
  return new FhirProblem(405, 'not-supported', `${method} is not supported here.`)
}
