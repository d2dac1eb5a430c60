import type { IncomingMessage } from 'node:http'
import { parseJson, type Json } from './json.ts'
import { FhirProblem } from './outcome.ts'
import type { Call } from './perform.ts'

const LARGEST_BODY = 20 * 1024 * 1024

/** Reads an HTTP request as a call on the server at `base`. Throws FhirProblem 400, 404, 413 or 415. */
export async function readCall(request: IncomingMessage, base: string): Promise<Call> {
  const { method = 'GET', headers, url = '/' } = request
  const { pathname, searchParams } = new URL(url, base)
  const path = pathPieces(pathname)
  if (path[0] !== 'fhir') throw new FhirProblem(404, 'not-found', 'The FHIR endpoint is at /fhir.')
  const bytes = await readBody(request)
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const form = method === 'POST' && path[2] === '_search'
  const query = form ? formParameters(bytes, type, searchParams) : searchParams
  return {
    method,
    path: path.slice(1),
    query,
    body: form || bytes.length === 0 ? undefined : bodyOf(bytes, type, method, path[1]),
    ifMatch: headers['if-match'],
    ifNoneExist: oneOf(headers['if-none-exist']),
  }
}

function pathPieces(pathname: string): readonly string[] {
  try {
    return pathname.split('/').filter(Boolean).map(decodeURIComponent)
  } catch (error) {
    if (!(error instanceof URIError)) throw error
    throw new FhirProblem(400, 'value', 'The address is not well encoded.')
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes: Buffer = Buffer.from(chunk)
    size += bytes.length
    if (size > LARGEST_BODY) throw new FhirProblem(413, 'too-long', 'The body is larger than 20 MB.')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

function formParameters(bytes: Buffer, type: string, query: URLSearchParams): URLSearchParams {
  if (bytes.length > 0 && type !== 'application/x-www-form-urlencoded')
    throw new FhirProblem(415, 'not-supported', '_search takes application/x-www-form-urlencoded.')
  return new URLSearchParams([...query, ...new URLSearchParams(bytes.toString('utf8'))])
}

function bodyOf(bytes: Buffer, type: string, method: string, resource: string | undefined): Json {
  const isPatch = method === 'PATCH'
  const wanted = isPatch ? ['application/json-patch+json'] : ['application/fhir+json', 'application/json']
  if (!wanted.includes(type)) {
    if (resource === 'Binary' && !isPatch && type !== '')
      return { resourceType: 'Binary', contentType: type, data: bytes.toString('base64') }
    throw new FhirProblem(415, 'not-supported', `The body must be ${wanted.join(' or ')}.`)
  }
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error
    throw new FhirProblem(400, 'structure', 'The body is not JSON in UTF-8.')
  }
}

function oneOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0]
}
