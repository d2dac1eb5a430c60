import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Failure } from '../../../connectors/failure.ts'
import { defineRoute, type LiveEvent, type Route } from '../../../dashboards/server/route.ts'
import { routes } from '../../../dashboards/server/routes.ts'
import { makeApiToken } from '../../../orchestrator/ledger/api-tokens.ts'
import { openTestServer } from './open-server.ts'
import { clientOf } from './test-client.ts'

const open = { roles: 'anyone', summary: 'For a test.' } as const

const echo = defineRoute({
  ...open,
  method: 'POST',
  path: '/api/echo/:number',
  params: z.object({ number: z.coerce.number().int() }),
  query: z.object({ word: z.enum(['a', 'b']).optional() }),
  body: z.object({ text: z.string().min(3), list: z.array(z.boolean()).max(1).default([]) }),
  answer: z.object({ number: z.number(), text: z.string() }),
  handle: async ({ params, body }) => ({ ...params, text: body.text, secret: 'not in the schema' }),
})

const fails = (path: string, error: Error) =>
  defineRoute({
    ...open,
    method: 'GET',
    path,
    answer: z.object({ done: z.boolean() }),
    handle: async (): Promise<{ done: boolean }> => await Promise.reject(error),
  })

async function* ticking(signal: AbortSignal, ended: () => void): AsyncIterable<LiveEvent> {
  try {
    for (let tick = 1; !signal.aborted; tick += 1) {
      yield { event: 'tick', data: { tick, text: 'two\nlines' } }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 20)
        signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
      })
    }
  } finally {
    ended()
  }
}

const ErrorSchema = z.object({
  error: z.object({
    code: z.string(),
    sentence: z.string(),
    field: z.string().optional(),
    number: z.string(),
  }),
})
const errorOf = async (response: Response) => ErrorSchema.parse(await response.json()).error

describe('a route', () => {
  test('gives what its schema says and nothing more', async () => {
    await using server = await openTestServer({ routes: [echo] })
    const response = await server.nobody.fetch('/api/echo/7', { method: 'POST', body: { text: 'abc' } })
    expect(await response.json()).toEqual({ number: 7, text: 'abc' })
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test.each([
    ['/api/echo/x', { text: 'abc' }, 'number', 'Field number: must be a number.'],
    ['/api/echo/1?word=c', { text: 'abc' }, 'word', 'Field word: must be one of: a, b.'],
    ['/api/echo/1', {}, 'text', 'Field text: is missing; fill it in.'],
    ['/api/echo/1', { text: 5 }, 'text', 'Field text: must be text.'],
    ['/api/echo/1', { text: 'x' }, 'text', 'Field text: must be at least 3 characters.'],
    ['/api/echo/1', { text: 'abc', list: ['secret'] }, 'list.0', 'Field list.0: must be true or false.'],
  ])('%s with %o names the field and the remedy, and quotes nothing', async (path, body, field, sentence) => {
    await using server = await openTestServer({ routes: [echo] })
    const response = await server.nobody.fetch(path, { method: 'POST', body })
    expect(response.status).toBe(400)
    expect(await errorOf(response)).toMatchObject({ code: 'field-invalid', field, sentence })
  })

  test('without a schema has nothing to read: asking for it is found', async () => {
    const careless: Route = defineRoute({
      ...open,
      method: 'GET',
      path: '/api/careless',
      answer: z.object({ text: z.string() }),
      handle: async ({ body }) => ({ text: String(body) }),
    })
    await using server = await openTestServer({ routes: [careless] })
    expect((await server.nobody.fetch('/api/careless')).status).toBe(500)
  })

  test('that fails unforeseen tells a number that is in the log, and no text of the error', async () => {
    const lines: string[] = []
    const table = [
      fails('/api/fails', new Error('Jansen, 123456782')),
      fails('/api/refuses', new Failure('business', 'not-found', 'Field item: is not there.')),
      fails('/api/waits', new Failure('transient', 'system-away', 'The system of Jansen is away.')),
    ]
    await using server = await openTestServer({ routes: table, onLog: (line) => lines.push(line) })
    for (const path of ['/api/fails', '/api/waits']) {
      const response = await server.nobody.fetch(path)
      const { code, sentence, number } = await errorOf(response)
      expect([response.status, code]).toEqual([500, 'unforeseen'])
      expect(sentence).toContain(number)
      expect(lines.some((line) => line.includes(number) && line.includes(`GET ${path}`))).toBe(true)
    }
    expect(lines.join('')).not.toMatch(/Jansen|123456782/)
    const refused = await server.nobody.fetch('/api/refuses')
    expect([refused.status, (await errorOf(refused)).field]).toEqual([404, 'item'])
  })

  test('that is live tells events until the caller goes away, and then stops', async () => {
    const ended = Promise.withResolvers<void>()
    const live = defineRoute({
      ...open,
      method: 'GET',
      path: '/api/live',
      answer: 'live',
      handle: (_, { signal }) => ticking(signal, ended.resolve),
    })
    await using server = await openTestServer({ routes: [live] })
    const gone = new AbortController()
    const { body, headers } = await server.nobody.fetch('/api/live', { signal: gone.signal })
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    let text = ''
    for await (const chunk of body ?? []) {
      text += Buffer.from(chunk).toString()
      if (text.includes('"tick":3')) break
    }
    expect(text).toContain('event: tick\ndata: {"tick":1,"text":"two\\nlines"}\n\n')
    gone.abort()
    await ended.promise
  })

  test('that gives a file offers it and never shows it', async () => {
    const file = defineRoute({
      ...open,
      method: 'GET',
      path: '/api/file',
      answer: 'file',
      handle: async () => ({ name: 'uitval "oost".csv', mediaType: 'text/csv', bytes: Buffer.from('a;b') }),
    })
    await using server = await openTestServer({ routes: [file] })
    const response = await server.nobody.fetch('/api/file')
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="uitval__oost_.csv"; filename*=UTF-8''uitval%20%22oost%22.csv`,
    )
    expect(await response.text()).toBe('a;b')
  })
})

/** With a Host of our own making, which fetch does not allow. */
function statusUnderName(address: string, host: string, path = '/api/sign-in'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(new URL(path, address), { headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

describe('every answer', () => {
  test('is refused under a name that is not ours', async () => {
    await using server = await openTestServer()
    const { host, port } = new URL(server.address)
    expect(await statusUnderName(server.address, host)).toBe(200)
    expect(await statusUnderName(server.address, `localhost:${port}`)).toBe(200)
    expect(await statusUnderName(server.address, 'evil.example')).toBe(400)
    expect(await statusUnderName(server.address, `evil.example:${port}`, '/')).toBe(400)
  })

  test('lets browsers load from us alone, run no text as code, and show us in no frame', async () => {
    await using server = await openTestServer()
    const { headers } = await server.nobody.fetch('/')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })

  test('stops when one address asks too much', async () => {
    await using server = await openTestServer({ requestsAMinute: 3 })
    const statuses: number[] = []
    for (let asked = 0; asked < 4; asked += 1)
      statuses.push((await server.nobody.fetch('/api/sign-in')).status)
    expect(statuses).toEqual([200, 200, 200, 429])
  })

  test('stops when one address is refused too often, and no more is written down of it', async () => {
    await using server = await openTestServer({ requestsAMinute: 3, routes })
    const token = { hospital: 'noord', name: 'flood', role: 'programme', days: 1, madeBy: 'test' } as const
    const { token: key } = await makeApiToken(server.doorDb, token)
    const stranger = clientOf(server.address, { authorization: `Bearer ${key}` })
    const statuses: number[] = []
    for (let asked = 0; asked < 5; asked += 1)
      statuses.push((await stranger.fetch('/api/hospitals/noord/worklist')).status)
    expect(statuses).toEqual([403, 403, 403, 429, 429])
    const { rows } = await sql`SELECT FROM access_entry WHERE outcome = 'refused'`.execute(
      server.installation.db,
    )
    expect(rows).toHaveLength(3)
  })
})

test('the pages are files that never change, and the first page for every other path', async () => {
  const pages = await mkdtemp(join(tmpdir(), 'ontregel-pages-'))
  await using _ = { [Symbol.asyncDispose]: () => rm(pages, { recursive: true, force: true }) }
  await mkdir(join(pages, 'assets'))
  await writeFile(join(pages, 'index.html'), '<title>first</title>')
  await writeFile(join(pages, 'assets/main-abc.js'), 'plain')
  await writeFile(join(pages, 'assets/main-abc.js.br'), 'compressed')
  await using server = await openTestServer({ pages })
  const ask = async (path: string) =>
    await server.nobody.fetch(path, { headers: { 'accept-encoding': 'br' } })
  const asset = await ask('/assets/main-abc.js')
  expect(asset.headers.get('content-encoding')).toBe('br')
  expect(asset.headers.get('cache-control')).toContain('immutable')
  for (const path of ['/', '/hospitals/noord/today']) {
    const page = await ask(path)
    expect(await page.text()).toBe('<title>first</title>')
    expect(page.headers.get('cache-control')).toBe('no-cache')
  }
  for (const path of ['/assets/gone.js', '/api/gone', '/../package.json'])
    expect((await ask(path)).status).toBe(404)
})

test('the API is described, to people and to programs, whole', async () => {
  await using server = await openTestServer()
  const Described = z.object({
    openapi: z.literal('3.1.0'),
    paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  })
  const { paths } = await server.nobody.ask(Described, '/api/openapi.json')
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  )
  expect(described.toSorted()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).toSorted())
  const page = await server.nobody.fetch('/api')
  expect(page.headers.get('content-type')).toContain('text/html')
  expect(await page.text()).toContain('/api/hospitals/:hospital/people')
})
