import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { getStatus, indexSearchParameter, loadDataType } from '@medplum/core'
import { FhirRouter, MemoryRepository, type FhirRequest } from '@medplum/fhir-router'
import { z } from 'zod'

const TYPES = ['Appointment', 'Patient', 'Task'] as const

/** The elements that searches look at; all definitions of R4 would take 35 MB of JSON. */
const ELEMENTS = [
  { name: 'id', type: 'string', max: '1' },
  { name: 'meta', type: 'Meta', max: '1' },
  { name: 'identifier', type: 'Identifier', max: '*' },
  { name: 'status', type: 'code', max: '1' },
]

function define(): void {
  for (const name of TYPES) {
    const element = (path: string, max: string, type?: string) => ({
      id: path,
      path,
      min: 0,
      max,
      base: { path, min: 0, max },
      ...(type === undefined ? {} : { type: [{ code: type }] }),
    })
    const elements = ELEMENTS.map((one) => element(`${name}.${one.name}`, one.max, one.type))
    loadDataType({
      resourceType: 'StructureDefinition',
      url: `http://hl7.org/fhir/StructureDefinition/${name}`,
      name,
      type: name,
      kind: 'resource',
      status: 'active',
      abstract: false,
      snapshot: { element: [element(name, '*'), ...elements] },
    })
  }
  for (const code of ['identifier', 'status']) {
    indexSearchParameter({
      resourceType: 'SearchParameter',
      id: code,
      url: `http://hl7.org/fhir/SearchParameter/${code}`,
      name: code,
      description: code,
      status: 'active',
      code,
      base: [...TYPES],
      type: 'token',
      expression: TYPES.map((type) => `${type}.${code}`).join(' | '),
    })
  }
}

/** What the router answers with; its resources have types of their own, of which these fields are looked at. */
const Answered = z.looseObject({
  resourceType: z.string(),
  id: z.string().optional(),
  meta: z.looseObject({ versionId: z.string().optional() }).optional(),
  total: z.number().optional(),
})

export interface RouterServer extends AsyncDisposable {
  readonly base: string
  /** Method and address of each request, without its origin. */
  readonly heard: readonly string[]
}

/** A FHIR server of another make: its router and its store in memory, behind HTTP of ours with links between pages. */
export async function startRouterServer(): Promise<RouterServer> {
  define()
  const router = new FhirRouter()
  const repository = new MemoryRepository()
  const heard: string[] = []
  const server = http.createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`)
    answer(router, repository, request, response).catch((error: unknown) => response.destroy(asError(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    base: `http://127.0.0.1:${port}/fhir/R4`,
    heard,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

const METHODS = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])

async function answer(
  router: FhirRouter,
  repository: MemoryRepository,
  incoming: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  const text = Buffer.concat(chunks).toString('utf8')
  const form = incoming.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  const request: FhirRequest = {
    method: METHODS.parse(incoming.method),
    url: (incoming.url ?? '').replace(/^\/fhir\/R4\/?/, ''),
    pathname: '',
    params: {},
    query: {},
    body: form ? formFields(text) : text === '' ? undefined : JSON.parse(text),
    headers: incoming.headers,
  }
  const [outcome, resource] = await router.handleRequest(request, repository)
  const body = Answered.parse(resource ?? outcome)
  const place = body.meta && `${body.resourceType}/${body.id}/_history/${body.meta.versionId}`
  response.writeHead(getStatus(outcome), {
    'content-type': 'application/fhir+json; charset=utf-8',
    ...(body.meta?.versionId === undefined ? {} : { etag: `W/"${body.meta.versionId}"` }),
    ...(place === undefined ? {} : { location: `http://${incoming.headers.host}/fhir/R4/${place}` }),
  })
  response.end(JSON.stringify({ ...body, ...linkAfter(incoming, form ? text : undefined, body.total) }))
}

/** Every value of a name that comes twice, as the router takes them. */
function formFields(text: string): Record<string, string[]> {
  const fields = new URLSearchParams(text)
  return Object.fromEntries([...fields.keys()].map((name) => [name, fields.getAll(name)]))
}

/** The router's store counts and skips, but links no pages. */
function linkAfter(incoming: http.IncomingMessage, form: string | undefined, total: number | undefined) {
  const address = new URL(incoming.url ?? '', `http://${incoming.headers.host}`)
  if (form !== undefined) address.search = form
  address.pathname = address.pathname.replace(/\/_search$/, '')
  const count = Number(address.searchParams.get('_count') ?? 20)
  const next = Number(address.searchParams.get('_offset') ?? 0) + count
  if (total === undefined || next >= total) return {}
  address.searchParams.set('_offset', String(next))
  return { link: [{ relation: 'next', url: address.href }] }
}
