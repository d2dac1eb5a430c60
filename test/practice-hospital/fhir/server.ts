import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Hospital } from '../hospital.ts'
import type { Answer } from './interactions.ts'
import { asText } from './json.ts'
import { createMirror } from './mirror.ts'
import { planDeaths } from './deaths.ts'
import { misbehave } from './misbehave.ts'
import { FhirProblem, outcomeOf } from './outcome.ts'
import { createPages } from './pages.ts'
import { readCall } from './read-call.ts'
import { openResources } from './resources.ts'
import { route, type Endpoint as Routing } from './routes.ts'
import { seedResources } from './seed.ts'
import { bookMore } from './seed-appointments.ts'
import { fhirToken } from './token.ts'

export interface FhirServer {
  /** Base address, such as `http://127.0.0.1:1234/fhir`. */
  readonly url: string
  /** Books further appointments in the coming days, with what is expected of their insurance check; gives their ids. */
  bookAppointments(count: number): readonly string[]
  /** Adds patients with future appointments whose death the HL7 feed can report (`sendPlanned`); gives their zis. */
  planDeaths(count: number): readonly string[]
  close(): Promise<void>
}

interface Endpoint extends Routing {
  readonly mirror: () => void
}

/** Starts the FHIR endpoint of a hospital; `port` 0 takes a free one. Seeds it when its data folder is new. */
export async function startFhirServer(hospital: Hospital, port = 0): Promise<FhirServer> {
  const resources = openResources(hospital)
  seedResources(hospital, resources)
  const mirror = createMirror(hospital, resources)
  mirror()
  const pages = createPages(hospital.random.split(`fhir pages ${hospital.clock().getTime()}`))
  const answering = { endpoint: undefined as Endpoint | undefined }
  const server = createServer((request, response) => {
    const { endpoint } = answering
    if (!endpoint) return void response.destroy()
    answer(endpoint, request, response).catch((error: unknown) => {
      hospital.log(`fhir: request broke off (${error instanceof Error ? error.name : typeof error})`)
      response.destroy()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}/fhir`
  answering.endpoint = { hospital, resources, pages, base: url, mirror }
  return {
    url,
    bookAppointments: (count) =>
      resources.change(undefined, (draft) =>
        bookMore(hospital, draft, draft.list('Appointment').length, count),
      ),
    planDeaths: (count) => planDeaths(hospital, resources, count),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(endpoint: Endpoint, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { hospital, base, mirror } = endpoint
  const result = await refusals(async () => {
    const call = await readCall(request, base)
    const open = call.path.join('/') === 'metadata'
    if (!open) checkToken(request, fhirToken(hospital.random))
    mirror()
    const run = () => route(endpoint, call)
    return open ? run().answer : misbehave(hospital.faults, call, run)
  })
  const [, , kind = ''] = new URL(request.url ?? '/', base).pathname.split('/')
  hospital.log(`fhir: ${request.method} ${kind} ${result === 'reset' ? 'reset' : result.status}`)
  if (result === 'reset') return void request.socket.resetAndDestroy()
  send(request, response, result)
}

async function refusals(work: () => Promise<Answer | 'reset'>): Promise<Answer | 'reset'> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof FhirProblem)) throw error
    return { status: error.status, headers: error.headers, body: outcomeOf(error) }
  }
}

function checkToken({ headers }: IncomingMessage, token: string): void {
  const given = Buffer.from(headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  if (given.length === wanted.length && timingSafeEqual(given, wanted)) return
  throw new FhirProblem(401, 'login', 'A bearer token is required.', {
    headers: { 'www-authenticate': 'Bearer realm="practice hospital"' },
  })
}

function send(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  { status, headers: own, body }: Answer,
): void {
  const data = body?.['resourceType'] === 'Binary' && method === 'GET' ? body['data'] : undefined
  const accepts = headers.accept ?? ''
  if (typeof data === 'string' && accepts !== '' && !/json|\*\/\*/.test(accepts)) {
    response.writeHead(status, { ...own, 'content-type': asText(body?.['contentType']) })
    return void response.end(Buffer.from(data, 'base64'))
  }
  const minimal = method !== 'GET' && status < 300 && /return=minimal/.test(String(headers['prefer'] ?? ''))
  response.writeHead(status, { ...own, 'content-type': 'application/fhir+json; charset=utf-8' })
  response.end(minimal || body === undefined ? undefined : JSON.stringify(body))
}
