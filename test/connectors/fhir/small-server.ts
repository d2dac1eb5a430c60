import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { openFhirSystem, type FhirOptions } from '../../../connectors/fhir/client.ts'
import type { Access } from '../../../connectors/fhir/send.ts'
import type { FhirSystemSettings } from '../../../connectors/fhir/settings.ts'
import { asFailure, type Failure } from '../../../connectors/failure.ts'
import { createLog } from '../../../connectors/log.ts'

export interface Heard {
  readonly method: string
  readonly url: string
  readonly headers: http.IncomingHttpHeaders
  readonly body: string
  /** Counts the connections of this server from 1. */
  readonly connection: number
}

/** Answers a request; `count` is 1 for the first. */
export type Handler = (heard: Heard, response: http.ServerResponse, count: number) => void

export interface SmallServer extends AsyncDisposable {
  readonly origin: string
  readonly base: string
  readonly heard: readonly Heard[]
}

/** A real server on loopback that answers as the test says. */
export async function startServer(handler: Handler, tls?: https.ServerOptions): Promise<SmallServer> {
  const heard: Heard[] = []
  const connections = new WeakMap<object, number>()
  let opened = 0
  const listener = (request: http.IncomingMessage, response: http.ServerResponse) => {
    const chunks: Buffer[] = []
    request.on('error', () => undefined)
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers, socket } = request
      const connection = connections.get(socket) ?? 0
      heard.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8'), connection })
      const last = heard.at(-1)
      if (last) handler(last, response, heard.length)
    })
  }
  const server = tls ? https.createServer(tls, listener) : http.createServer(listener)
  server.on(tls ? 'secureConnection' : 'connection', (socket: object) => connections.set(socket, ++opened))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const origin = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`
  return {
    origin,
    base: `${origin}/fhir`,
    heard,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Answers with FHIR JSON. */
export function fhir(
  response: http.ServerResponse,
  status: number,
  body: unknown,
  headers: http.OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'content-type': 'application/fhir+json; charset=utf-8', ...headers })
  response.end(JSON.stringify(body))
}

/** A bundle of search results. */
export function searchset(resources: readonly object[], next?: string) {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(next === undefined ? {} : { link: [{ relation: 'next', url: next }] }),
    entry: resources.map((resource) => ({ resource, search: { mode: 'match' } })),
  }
}

export function outcome(code: string, more: object = {}) {
  return { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, ...more }] }
}

/** A system on this server with what it logged and how long it would have waited. */
export function openTestSystem(
  server: Pick<SmallServer, 'base'>,
  settings: Partial<FhirSystemSettings> = {},
  {
    access = { authorization: () => Promise.resolve('Bearer geheim') },
    ...more
  }: Partial<FhirOptions> & { access?: Access } = {},
) {
  const lines: string[] = []
  const waits: number[] = []
  const options: FhirOptions = {
    log: createLog('debug', (line) => lines.push(line)),
    wait: (ms) => {
      waits.push(ms)
      return Promise.resolve()
    },
    ...more,
  }
  const system = openFhirSystem(
    { id: 'epd', address: server.base, version: 'R4', ...settings },
    access,
    options,
  )
  return { system, lines, waits, [Symbol.dispose]: () => system.close() }
}

/** The failure that this ends in. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const nothing = Symbol('no failure')
  const end = await work.then(
    () => nothing,
    (error: unknown) => error,
  )
  if (end === nothing) throw new Error('it did not fail')
  return asFailure(end)
}

/** All that an iterable gives. */
export async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

export const PATIENT = {
  resourceType: 'Patient',
  id: 'p1',
  meta: { versionId: '3' },
  birthDate: '1948-03-09',
}
