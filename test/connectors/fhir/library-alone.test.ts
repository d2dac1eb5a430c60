import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { Client } from 'fhir-kit-client'
import { expect, test } from 'vitest'
import {
  all,
  failureOf,
  fhir,
  openTestSystem,
  outcome,
  PATIENT,
  searchset,
  startServer,
} from './small-server.ts'

// The twins of our guards: the library alone, on the same servers, does what each guard prevents.

test('alone it sends the token to another origin', async () => {
  await using other = await startServer((_heard, response) => fhir(response, 200, searchset([])))
  const library = new Client({ baseUrl: 'http://127.0.0.1:9/fhir', bearerToken: 'geheim' })
  const bundle = { resourceType: 'Bundle', link: [{ relation: 'next', url: `${other.base}?page=2` }] }
  await library.nextPage({ bundle })
  expect(other.heard[0]?.headers.authorization).toBe('Bearer geheim')
})

test('alone it lets an id become another address', async () => {
  await using server = await startServer((_heard, response) => fhir(response, 200, PATIENT))
  const library = new Client({ baseUrl: server.base })
  await library.read({ resourceType: 'Patient', id: '../Practitioner/d1?x=' })
  expect(server.heard[0]?.url).toBe('/fhir/Practitioner/d1?x=')
})

test('alone it sends undefined as text, an empty search, and data unescaped', async () => {
  await using server = await startServer((_heard, response) => fhir(response, 200, searchset([])))
  const library = new Client({ baseUrl: server.base })
  const searchParams = { identifier: 'urn:x|a,b', name: String(undefined) }
  await library.resourceSearch({ resourceType: 'Patient', searchParams })
  expect(server.heard[0]?.url).toBe('/fhir/Patient?identifier=urn%3Ax%7Ca%2Cb&name=undefined')
})

test('alone it gives up at the first 503, and reads another resource as the one asked for', async () => {
  await using server = await startServer((_heard, response, count) =>
    count === 1
      ? fhir(response, 503, outcome('transient'), { 'retry-after': '1' })
      : fhir(response, 200, { ...PATIENT, id: 'p2' }),
  )
  const library = new Client({ baseUrl: server.base })
  await expect(library.read({ resourceType: 'Patient', id: 'p1' })).rejects.toThrow('HTTP 503')
  expect(await library.read({ resourceType: 'Patient', id: 'p1' })).toMatchObject({ id: 'p2' })
})

test('alone it takes "200 OK" of a transaction that failed in part', async () => {
  const bundle = {
    resourceType: 'Bundle',
    type: 'transaction-response',
    entry: [{ response: { status: '422' } }],
  }
  await using server = await startServer((_heard, response) => fhir(response, 200, bundle))
  const body = { resourceType: 'Bundle', type: 'transaction' }
  await expect(new Client({ baseUrl: server.base }).transaction({ body })).resolves.toMatchObject(bundle)
})

test('alone it follows a redirect', async () => {
  await using other = await startServer((_heard, response) => fhir(response, 200, PATIENT))
  await using server = await startServer((_heard, response) =>
    response.writeHead(302, { location: `${other.base}/Patient/p1` }).end(),
  )
  await new Client({ baseUrl: server.base }).read({ resourceType: 'Patient', id: 'p1' })
  expect(other.heard).toHaveLength(1)
})

test('alone it has no limit to a body', async () => {
  const big = { ...PATIENT, note: 'x'.repeat(300_000) }
  await using server = await startServer((_heard, response) => fhir(response, 200, big))
  await expect(
    new Client({ baseUrl: server.base }).read({ resourceType: 'Patient', id: 'p1' }),
  ).resolves.toMatchObject({ id: 'p1' })
  using given = openTestSystem(server, { limits: { bytes: 200_000 } })
  expect(await failureOf(given.system.read('Patient', 'p1'))).toMatchObject({ code: 'answer-too-large' })
})

test('alone it waits for a silent server; only the caller’s own signal ends that', async () => {
  const heard = Promise.withResolvers<void>()
  await using server = await startServer(() => heard.resolve())
  const stop = new AbortController()
  const reading = new Client({ baseUrl: server.base }).read({
    resourceType: 'Patient',
    id: 'p1',
    options: { signal: stop.signal },
  })
  await heard.promise
  using given = openTestSystem(server, { limits: { answerMs: 200, retries: 0 } })
  expect(await failureOf(given.system.read('Patient', 'p1'))).toMatchObject({ code: 'no-answer' })
  const aborted = once(stop.signal, 'abort')
  stop.abort()
  await aborted
  await expect(reading).rejects.toThrow('abort')
})

test('alone it resolves a crafted reference to another patient; we do not offer it', async () => {
  await using server = await startServer((_heard, response) => fhir(response, 200, PATIENT))
  const context = {
    resourceType: 'Bundle',
    entry: [{ fullUrl: 'http://x/Patient/other', resource: PATIENT }],
  }
  const found = await new Client({ baseUrl: server.base }).resolve({ reference: 'Patient/.*', context })
  expect(found).toBe(PATIENT)
  using given = openTestSystem(server)
  expect(given.system).not.toHaveProperty('resolve')
})

const PRINTING = `
const [, base, how] = process.argv
if (how === 'alone') {
  const { Client } = await import('fhir-kit-client')
  await new Client({ baseUrl: base }).read({ resourceType: 'Patient', id: 'zoekmij' })
} else {
  const { openFhirSystem } = await import('./connectors/fhir/client.ts')
  const { silentLog } = await import('./connectors/log.ts')
  const access = { authorization: () => Promise.resolve('') }
  const system = openFhirSystem({ id: 'epd', address: base, version: 'R4' }, access, { log: silentLog })
  await system.read('Patient', 'zoekmij')
  system.close()
}`

test('alone it prints what it asks when somebody sets DEBUG; ours prints nothing', async () => {
  await using server = await startServer((_heard, response) =>
    fhir(response, 200, { ...PATIENT, id: 'zoekmij' }),
  )
  const env = { ...process.env, DEBUG: '*' }
  const run = (how: string) =>
    promisify(execFile)(process.execPath, ['--input-type=module', '-e', PRINTING, server.base, how], { env })
  const [alone, ours] = await Promise.all([run('alone'), run('ours')])
  expect(alone.stderr).toContain('zoekmij')
  expect(ours.stdout + ours.stderr).not.toContain('zoekmij')
  expect(server.heard).toHaveLength(2)
})

test('our own requests never go through the library’s sending', async () => {
  await using server = await startServer((_heard, response) => fhir(response, 200, searchset([])))
  const [before, used] = [globalThis.fetch, { count: 0 }]
  globalThis.fetch = (...call) => {
    used.count += 1
    return before(...call)
  }
  try {
    using given = openTestSystem(server)
    await all(given.system.search('Patient', { _count: 1 }))
    await failureOf(given.system.create({ resourceType: 'Task' }))
    await new Client({ baseUrl: server.base }).read({ resourceType: 'Patient', id: 'p1' })
  } finally {
    globalThis.fetch = before
  }
  expect([used.count, server.heard.length]).toEqual([1, 3])
})
