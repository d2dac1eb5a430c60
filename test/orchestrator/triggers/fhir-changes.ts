import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** One version of a resource as the server holds it. */
export interface Held {
  readonly id: string
  readonly version: number
  /** `meta.lastUpdated` in milliseconds since 1970; undefined leaves it out. */
  readonly at: number | undefined
  readonly status: string
}

/** A FHIR server with a clock of its own, whose commits may lag and whose pages shift while they are read. */
export interface ChangingServer extends AsyncDisposable {
  readonly base: string
  /** Its clock, milliseconds since 1970: what its Date header says. */
  clock: number
  /** What it answers with, newest version of each. */
  readonly held: Map<string, Held>
  readonly subscriptions: Map<string, Record<string, unknown>>
  readonly searches: URLSearchParams[]
  /** Called before each page of results, with its number from 1. */
  beforePage: (page: number) => void | Promise<void>
  /** While it is on, every search fails with this status. */
  failing: number | undefined
  /** Leaves `_lastUpdated` out of its searches. */
  ignoresWindow: boolean
  /** Writes a new version, as of now on its clock plus `skewMs`. */
  write(id: string, skewMs?: number, status?: string): Held
}

/** Starts it with an empty store; `pageSize` resources on each page, found again by offset on every page. */
export async function startChangingServer(pageSize = 100): Promise<ChangingServer> {
  const server = http.createServer((request, response) => {
    read(request)
      .then((body) => answer(changing, pageSize, request, body, response))
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const changing: ChangingServer = {
    base: `http://127.0.0.1:${port}/fhir`,
    clock: Date.parse('2026-03-02T08:00:00Z'),
    held: new Map(),
    subscriptions: new Map(),
    searches: [],
    beforePage: () => undefined,
    failing: undefined,
    ignoresWindow: false,
    write(id, skewMs = 0, status = 'booked') {
      const version = (changing.held.get(id)?.version ?? 0) + 1
      const held = { id, version, at: changing.clock + skewMs, status }
      changing.held.set(id, held)
      return held
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return changing
}

async function read(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}

async function answer(
  changing: ChangingServer,
  pageSize: number,
  { method = '', url = '' }: http.IncomingMessage,
  body: string,
  response: http.ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(url, changing.base)
  response.setHeader('date', new Date(changing.clock).toUTCString())
  const send = (status: number, resource: object, headers = {}) => {
    response.writeHead(status, { 'content-type': 'application/fhir+json', ...headers })
    response.end(JSON.stringify(resource))
  }
  if (changing.failing !== undefined) return send(changing.failing, {})
  if (pathname.includes('/Subscription')) return subscription(changing, method, pathname, body, send)
  const asked = method === 'POST' ? new URLSearchParams(body) : searchParams
  const page = Number(asked.get('_offset') ?? 0) / pageSize + 1
  if (page === 1) changing.searches.push(asked)
  await changing.beforePage(page)
  const found = matching(changing, asked)
  const shown = found.slice((page - 1) * pageSize, page * pageSize)
  const more = new URLSearchParams([...asked, ['_offset', String(page * pageSize)]])
  if (asked.has('_offset')) more.delete('_offset')
  more.set('_offset', String(page * pageSize))
  const link =
    found.length > page * pageSize ? [{ relation: 'next', url: `${changing.base}/Appointment?${more}` }] : []
  const entry = shown.map((held) => ({ search: { mode: 'match' }, resource: resourceOf(held) }))
  send(200, { resourceType: 'Bundle', type: 'searchset', link, entry })
}

function resourceOf({ id, version, at, status }: Held) {
  const lastUpdated = at === undefined ? {} : { lastUpdated: new Date(at).toISOString() }
  return { resourceType: 'Appointment', id, status, meta: { versionId: String(version), ...lastUpdated } }
}

function matching({ held, ignoresWindow }: ChangingServer, asked: URLSearchParams): Held[] {
  const status = asked.get('status')
  const bounds = ignoresWindow ? [] : asked.getAll('_lastUpdated')
  const fits = ({ at = 0 }: Held) =>
    bounds.every((bound) => {
      const limit = Date.parse(bound.slice(2))
      return bound.startsWith('ge') ? at >= limit : at < limit
    })
  return [...held.values()]
    .filter((one) => (status === null || one.status === status) && fits(one))
    .toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))
}

function subscription(
  { subscriptions, base }: ChangingServer,
  method: string,
  pathname: string,
  body: string,
  send: (status: number, resource: object, headers?: object) => void,
): void {
  if (pathname.endsWith('_search')) {
    const entry = [...subscriptions.values()].map((resource) => ({ resource, search: { mode: 'match' } }))
    return send(200, { resourceType: 'Bundle', type: 'searchset', entry })
  }
  const id = method === 'POST' ? `s${subscriptions.size + 1}` : (pathname.split('/').at(-1) ?? '')
  subscriptions.set(id, { ...JSON.parse(body), id, status: 'active', meta: { versionId: '1' } })
  send(method === 'POST' ? 201 : 200, {}, { location: `${base}/Subscription/${id}/_history/1` })
}
