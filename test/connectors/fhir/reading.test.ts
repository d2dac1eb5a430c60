import { expect, test } from 'vitest'
import { failureOf, fhir, openTestSystem, outcome, PATIENT, startServer } from './small-server.ts'

test('reads a resource with our authorization and asks for FHIR JSON', async () => {
  await using server = await startServer((_heard, response) => fhir(response, 200, PATIENT))
  using given = openTestSystem(server)
  expect(await given.system.read('Patient', 'p1')).toMatchObject({ id: 'p1' })
  expect(server.heard[0]).toMatchObject({ method: 'GET', url: '/fhir/Patient/p1' })
  expect(server.heard[0]?.headers).toMatchObject({
    authorization: 'Bearer geheim',
    accept: 'application/fhir+json',
  })
})

test.each([429, 502, 503, 504])('a read answered %i is tried again after a growing pause', async (status) => {
  await using server = await startServer((_heard, response, count) => {
    if (count < 3) fhir(response, status, outcome('throttled'))
    else fhir(response, 200, PATIENT)
  })
  using given = openTestSystem(server)
  await given.system.read('Patient', 'p1')
  expect(given.waits).toEqual([500, 1000])
})

test('Retry-After is kept to, in seconds and as a date', async () => {
  const now = Date.parse('2026-11-21T10:00:00Z')
  const asked = ['7', 'Sat, 21 Nov 2026 10:00:12 GMT']
  await using server = await startServer((_heard, response, count) => {
    const pause = asked[count - 1]
    if (pause) fhir(response, 503, outcome('transient'), { 'retry-after': pause })
    else fhir(response, 200, PATIENT)
  })
  using given = openTestSystem(server, {}, { now: () => now })
  await given.system.read('Patient', 'p1')
  expect(given.waits).toEqual([7_000, 12_000])
})

test('a longer Retry-After than the limit is not waited for', async () => {
  await using server = await startServer((_heard, response) =>
    fhir(response, 503, outcome('transient'), { 'retry-after': '3600' }),
  )
  using given = openTestSystem(server)
  expect(await failureOf(given.system.read('Patient', 'p1'))).toMatchObject({
    kind: 'transient',
    code: 'server-error',
    system: 'epd',
  })
  expect(server.heard).toHaveLength(1)
})

test('a read gives up as transient after its attempts', async () => {
  await using server = await startServer((_heard, response) => fhir(response, 429, outcome('throttled')))
  using given = openTestSystem(server, { limits: { retries: 2 } })
  expect(await failureOf(given.system.read('Patient', 'p1'))).toMatchObject({
    kind: 'transient',
    code: 'busy',
  })
  expect(server.heard).toHaveLength(3)
})

test('a connection reset before and while the body came is tried again', async () => {
  await using server = await startServer((_heard, response, count) => {
    if (count === 1) return void response.socket?.resetAndDestroy()
    if (count > 2) return fhir(response, 200, PATIENT)
    response.writeHead(200, { 'content-type': 'application/fhir+json', 'content-length': '500' })
    response.write('{"resourceType":"Pat', () => response.socket?.resetAndDestroy())
  })
  using given = openTestSystem(server)
  expect(await given.system.read('Patient', 'p1')).toMatchObject({ id: 'p1' })
  expect(given.waits).toEqual([500, 1000])
})

test('a body that ends before its announced length is not taken for the whole', async () => {
  await using server = await startServer((_heard, response) => {
    response.writeHead(200, { 'content-type': 'application/fhir+json', 'content-length': '500' })
    response.write(JSON.stringify(PATIENT), () => response.socket?.end())
  })
  using given = openTestSystem(server, { limits: { retries: 0 } })
  expect(await failureOf(given.system.read('Patient', 'p1'))).toMatchObject({
    kind: 'transient',
    code: 'connection-lost',
  })
})

test('a server that is not there is transient', async () => {
  const server = await startServer(() => undefined)
  await server[Symbol.asyncDispose]()
  using given = openTestSystem(server)
  expect(await failureOf(given.system.read('Patient', 'p1'))).toMatchObject({
    kind: 'transient',
    code: 'unreachable',
  })
  expect(given.waits).toHaveLength(3)
})

test('a server that drips its answer is left after the time limit', async () => {
  await using server = await startServer((_heard, response) => {
    response.writeHead(200, { 'content-type': 'application/fhir+json' })
    const drip = setInterval(() => response.write(' '), 20)
    response.on('close', () => clearInterval(drip))
  })
  using given = openTestSystem(server, { limits: { retries: 0, answerMs: 200 } })
  expect(await failureOf(given.system.read('Patient', 'p1'))).toMatchObject({
    kind: 'transient',
    code: 'no-answer',
  })
})

test.each(['announced', 'unannounced'])('a huge body, %s, is cut off at the limit', async (how) => {
  let written = 0
  await using server = await startServer((_heard, response) => {
    const length = how === 'announced' ? { 'content-length': '1000000000' } : {}
    response.writeHead(200, { 'content-type': 'application/fhir+json', ...length })
    const chunk = Buffer.alloc(64_000, 32)
    const pour = () => {
      while (!response.destroyed && written < 1_000_000_000) {
        written += chunk.length
        if (!response.write(chunk)) return void response.once('drain', pour)
      }
    }
    pour()
  })
  using given = openTestSystem(server, { limits: { bytes: 200_000 } })
  expect(await failureOf(given.system.read('Patient', 'p1'))).toMatchObject({
    kind: 'unexpected',
    code: 'answer-too-large',
  })
  expect(written).toBeLessThan(50_000_000)
})

test.each([
  ['a web page', 'text/html', '<html>Inloggen</html>'],
  ['JSON that is called a web page', 'text/html', JSON.stringify(PATIENT)],
  ['broken JSON', 'application/fhir+json', '{"resourceType":'],
  [
    'text that is not UTF-8',
    'application/fhir+json',
    Buffer.from('{"resourceType":"Patient","id":"p1","x":"\xe9"}', 'latin1'),
  ],
  ['JSON that is no resource', 'application/json', '[1]'],
  ['nothing', 'application/fhir+json', ''],
])('%s in place of a resource is unexpected and not tried again', async (_what, type, body) => {
  await using server = await startServer((_heard, response) => {
    response.writeHead(200, { 'content-type': type })
    response.end(body)
  })
  using given = openTestSystem(server)
  expect(await failureOf(given.system.read('Patient', 'p1'))).toMatchObject({
    kind: 'unexpected',
    code: 'answer-unreadable',
  })
  expect(server.heard).toHaveLength(1)
})

test('another type and another resource than was asked for are noticed', async () => {
  await using server = await startServer(({ url }, response) =>
    fhir(response, 200, url.endsWith('p1') ? { ...PATIENT, id: 'p2' } : outcome('not-found')),
  )
  using given = openTestSystem(server)
  expect(await failureOf(given.system.read('Patient', 'p1'))).toMatchObject({
    kind: 'unexpected',
    code: 'another-resource',
  })
  expect(await failureOf(given.system.read('Patient', 'p3'))).toMatchObject({
    kind: 'unexpected',
    code: 'resource-type',
  })
})

test('404 of the server is an unknown resource, 404 of something else a wrong address', async () => {
  await using server = await startServer(({ url }, response) => {
    if (url.endsWith('p1')) return fhir(response, 404, outcome('not-found'))
    response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>')
  })
  using given = openTestSystem(server)
  expect(await failureOf(given.system.read('Patient', 'p1'))).toMatchObject({
    kind: 'business',
    code: 'not-found',
  })
  expect(await failureOf(given.system.read('Patient', 'p2'))).toMatchObject({
    kind: 'unexpected',
    code: 'address-unknown',
  })
})

test('a redirect is not followed, so the authorization stays here', async () => {
  await using other = await startServer((_heard, response) => fhir(response, 200, PATIENT))
  await using server = await startServer((_heard, response) =>
    response.writeHead(302, { location: `${other.base}/Patient/p1` }).end(),
  )
  using given = openTestSystem(server)
  expect(await failureOf(given.system.read('Patient', 'p1'))).toMatchObject({
    kind: 'unexpected',
    code: 'redirected',
  })
  expect(other.heard).toHaveLength(0)
})

test('ids and types that would become another address are refused before anything is sent', async () => {
  await using server = await startServer((_heard, response) => fhir(response, 200, PATIENT))
  using given = openTestSystem(server)
  for (const id of ['', '.', '..', '../metadata', 'a/b', 'p1?_format=xml', '%2e%2e', 'é', 'x'.repeat(65)]) {
    expect(await failureOf(given.system.read('Patient', id))).toMatchObject({
      kind: 'unexpected',
      code: 'id-invalid',
    })
  }
  for (const type of ['patient', 'Patient/p2', 'http://elsewhere', '..', ''])
    expect(await failureOf(given.system.read(type, 'p1'))).toMatchObject({
      kind: 'unexpected',
      code: 'type-invalid',
    })
  expect(server.heard).toHaveLength(0)
})

test('401 renews the token once, not more', async () => {
  await using server = await startServer(({ headers }, response) =>
    headers.authorization === 'Bearer nieuw'
      ? fhir(response, 200, PATIENT)
      : fhir(response, 401, outcome('login')),
  )
  const refusedOnes: (string | undefined)[] = []
  const access = (second: string) => ({
    authorization: (refused?: string) => {
      refusedOnes.push(refused)
      return Promise.resolve(refused ? second : 'Bearer oud')
    },
  })
  using given = openTestSystem(server, {}, { access: access('Bearer nieuw') })
  await given.system.read('Patient', 'p1')
  expect(refusedOnes).toEqual([undefined, 'Bearer oud'])
  using wrong = openTestSystem(server, {}, { access: access('Bearer fout') })
  expect(await failureOf(wrong.system.read('Patient', 'p1'))).toMatchObject({
    kind: 'unexpected',
    code: 'sign-in-refused',
  })
  expect(server.heard).toHaveLength(4)
})

test('a fixed token that is refused is not offered a second time: that locks accounts', async () => {
  await using server = await startServer((_heard, response) => fhir(response, 401, outcome('login')))
  using given = openTestSystem(server)
  expect(await failureOf(given.system.read('Patient', 'p1'))).toMatchObject({ code: 'sign-in-refused' })
  expect(server.heard).toHaveLength(1)
})
