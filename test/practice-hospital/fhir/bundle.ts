import { knownType } from './elements.ts'
import { onlyMatch, typeOf, type Answer } from './interactions.ts'
import { isArray, isObject, parseJson, textsAt, type Json, type JsonObject } from './json.ts'
import { FhirProblem, outcomeOf } from './outcome.ts'
import { perform, type Call } from './perform.ts'
import { resolveReferences } from './references.ts'
import type { SearchContext } from './search.ts'

interface Entry {
  readonly index: number
  readonly fullUrl: string | undefined
  readonly call: Call
}

const ORDER = ['POST', 'PUT', 'PATCH', 'GET']

/** Carries out every entry or throws the FhirProblem of the first that fails, naming it in `expression`. */
export function transaction(context: SearchContext, bundle: JsonObject): Answer {
  const entries = entriesOf(bundle).map((entry) => within(entry, () => promised(context, entry)))
  const names = new Map(
    entries.flatMap(({ fullUrl, target }) => (fullUrl && target ? [[fullUrl, target] as const] : [])),
  )
  const known = { ...context, promised: new Set(entries.flatMap(({ target }) => target ?? [])) }
  const answers = new Map<number, Answer>()
  for (const method of ORDER)
    for (const entry of entries.filter(({ call }) => call.method === method)) {
      const { call } = entry
      const body = isObject(call.body) ? resolveReferences(call.body, names) : call.body
      answers.set(
        entry.index,
        within(entry, () => perform(known, { ...call, body })),
      )
    }
  return responses(
    'transaction-response',
    entries.map(({ index }) => answers.get(index)),
  )
}

/** Carries out each entry on its own: `each` runs one and keeps what it changed. */
export function batch(
  bundle: JsonObject,
  each: (work: (context: SearchContext) => Answer) => Answer,
): Answer {
  const answers = entriesOf(bundle).map(({ call }) => {
    try {
      return each((context) => perform(context, call))
    } catch (error) {
      if (!(error instanceof FhirProblem)) throw error
      return { status: error.status, headers: error.headers, body: outcomeOf(error) }
    }
  })
  return responses('batch-response', answers)
}

/** Gives a POST its id beforehand, so that other entries can refer to it. */
function promised(context: SearchContext, entry: Entry): Entry & { readonly target?: string } {
  const { call } = entry
  const type = knownType(call.path[0])
  if (!type || call.path.length > 1 || call.method === 'GET')
    return call.path.length === 2 ? { ...entry, target: call.path.join('/') } : entry
  if (call.method === 'PUT') {
    const match = onlyMatch(context, type, call.query.toString())
    const newId = match?.id ?? context.draft.newId()
    return { ...entry, target: `${type}/${newId}`, call: { ...call, newId } }
  }
  const known = call.ifNoneExist === undefined ? undefined : onlyMatch(context, type, call.ifNoneExist)
  const newId = known?.id ?? context.draft.newId()
  return { ...entry, target: `${type}/${newId}`, call: { ...call, newId } }
}

function entriesOf(bundle: JsonObject): readonly Entry[] {
  const entries = bundle['entry'] ?? []
  if (!isArray(entries)) throw new FhirProblem(400, 'structure', 'Bundle.entry must be a list.')
  return entries.map((entry, index) => ({
    index,
    fullUrl: textsAt(entry, 'fullUrl')[0],
    call: callOf(entry, `Bundle.entry[${index}]`),
  }))
}

function callOf(entry: Json, where: string): Call {
  const [method] = textsAt(entry, 'request.method')
  const [url] = textsAt(entry, 'request.url')
  if (!method || url === undefined || !ORDER.includes(method))
    throw new FhirProblem(
      400,
      'required',
      `${where}.request needs a method (${ORDER.join(', ')}) and a url.`,
      {
        expression: [`${where}.request`],
      },
    )
  const [path = '', query = ''] = url.split('?')
  const resource = isObject(entry) ? entry['resource'] : undefined
  return {
    method,
    path: path.split('/').filter(Boolean),
    query: new URLSearchParams(query),
    body: method === 'PATCH' ? patchIn(resource, where) : resource,
    ifMatch: textsAt(entry, 'request.ifMatch')[0],
    ifNoneExist: textsAt(entry, 'request.ifNoneExist')[0],
  }
}

/** A JSON patch travels in a Bundle as a Binary. */
function patchIn(resource: Json | undefined, where: string): Json {
  const [data] = textsAt(resource, 'data')
  if (typeOf(resource) !== 'Binary' || data === undefined)
    throw new FhirProblem(400, 'structure', `${where}: a patch is given as a Binary.`, {
      expression: [`${where}.resource`],
    })
  try {
    return parseJson(Buffer.from(data, 'base64').toString('utf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new FhirProblem(400, 'structure', `${where}: the patch is not JSON.`, {
      expression: [`${where}.resource`],
    })
  }
}

function within<T>(entry: Entry, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof FhirProblem)) throw error
    const where = `Bundle.entry[${entry.index}]`
    const expression = [where, ...error.expression.map((inner) => `${where}.resource.ofType(${inner})`)]
    throw new FhirProblem(error.status, error.code, `${where}: ${error.message}`, { expression })
  }
}

const TEXTS: Readonly<Record<number, string>> = { 200: '200 OK', 201: '201 Created' }

function responses(type: string, answers: readonly (Answer | undefined)[]): Answer {
  const entry = answers.map((answer) => {
    const { status = 500, headers = {}, body } = answer ?? {}
    const failed = status >= 400
    const modified = typeof body?.['meta'] === 'object' ? textsAt(body, 'meta.lastUpdated')[0] : undefined
    return {
      ...(body && !failed && { resource: body }),
      response: {
        status: TEXTS[status] ?? String(status),
        ...(headers['location'] && { location: headers['location'] }),
        ...(headers['etag'] && { etag: headers['etag'] }),
        ...(modified && { lastModified: modified }),
        ...(body && failed && { outcome: body }),
      },
    }
  })
  return { status: 200, headers: {}, body: { resourceType: 'Bundle', type, entry } }
}
