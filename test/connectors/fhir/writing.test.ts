import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { failureOf, fhir, openTestSystem, outcome, PATIENT, startServer } from './small-server.ts'

const NEW = { resourceType: 'Task', status: 'requested' }
const created = (type: string, id: string) => ({
  location: `http://elders.example/fhir/${type}/${id}/_history/1`,
})

test('creates, and reads id and version from the Location header', async () => {
  await using server = await startServer((_heard, response) =>
    response.writeHead(201, created('Task', 't1')).end(),
  )
  using given = openTestSystem(server)
  const written = await given.system.create(NEW)
  expect(written).toEqual({ id: 't1', versionId: '1', location: 'Task/t1/_history/1', status: 'created' })
  expect(server.heard[0]).toMatchObject({ method: 'POST', url: '/fhir/Task', body: JSON.stringify(NEW) })
})

test('creates on a condition: its data escaped, the one that exists given back', async () => {
  await using server = await startServer((_heard, response) =>
    fhir(response, 200, { ...NEW, id: 't7', meta: { versionId: '2' } }),
  )
  using given = openTestSystem(server)
  const ifNoneExist = { identifier: { system: 'urn:m', value: 'a|b,c$d\\e' }, status: undefined }
  expect(await given.system.create(NEW, { ifNoneExist })).toMatchObject({
    id: 't7',
    versionId: '2',
    status: 'existing',
  })
  expect(new URLSearchParams(String(server.heard[0]?.headers['if-none-exist'])).get('identifier')).toBe(
    'urn:m|a\\|b\\,c\\$d\\\\e',
  )
})

test('a condition of which nothing is left is refused: it would match everything', async () => {
  await using server = await startServer((_heard, response) =>
    response.writeHead(201, created('Task', 't1')).end(),
  )
  using given = openTestSystem(server)
  expect(await failureOf(given.system.create(NEW, { ifNoneExist: { identifier: undefined } }))).toMatchObject(
    { code: 'condition-empty' },
  )
  expect(await failureOf(given.system.create(NEW, { ifNoneExist: { identifier: '' } }))).toMatchObject({
    code: 'search-empty',
  })
  expect(server.heard).toHaveLength(0)
})

test('an update carries its version and gives the next one', async () => {
  await using server = await startServer((_heard, response) =>
    response.writeHead(200, { etag: 'W/"4"' }).end(),
  )
  using given = openTestSystem(server)
  expect(await given.system.update(PATIENT, { ifMatch: '3' })).toEqual({
    id: 'p1',
    versionId: '4',
    location: 'Patient/p1/_history/4',
    status: 'updated',
  })
  expect(server.heard[0]).toMatchObject({
    method: 'PUT',
    url: '/fhir/Patient/p1',
    headers: { 'if-match': 'W/"3"' },
  })
})

test('a patch is JSON Patch', async () => {
  await using server = await startServer((_heard, response) => fhir(response, 200, PATIENT))
  using given = openTestSystem(server)
  const operations = [{ op: 'replace', path: '/active', value: false }] as const
  expect(await given.system.patch('Patient', 'p1', operations, { ifMatch: '2' })).toMatchObject({
    versionId: '3',
    status: 'updated',
  })
  expect(server.heard[0]).toMatchObject({
    method: 'PATCH',
    body: JSON.stringify(operations),
    headers: { 'content-type': 'application/json-patch+json', 'if-match': 'W/"2"' },
  })
})

test('412 is told apart: somebody changed it, or several match', async () => {
  await using server = await startServer((_heard, response) => fhir(response, 412, outcome('conflict')))
  using given = openTestSystem(server)
  expect(await failureOf(given.system.update(PATIENT, { ifMatch: '3' }))).toMatchObject({
    kind: 'transient',
    code: 'version-conflict',
  })
  expect(await failureOf(given.system.create(NEW, { ifNoneExist: { identifier: 'a' } }))).toMatchObject({
    kind: 'business',
    code: 'several-match',
  })
})

/** What a write may meet after it was sent; each leaves open whether it happened. */
const OPEN_ENDS: readonly (readonly [string, (response: ServerResponse) => void])[] = [
  ['a lost 201', (response) => response.socket?.resetAndDestroy()],
  ['500', (response) => fhir(response, 500, outcome('exception'))],
  ['503 with Retry-After', (response) => fhir(response, 503, outcome('transient'), { 'retry-after': '1' })],
  ['504', (response) => response.writeHead(504).end()],
  ['202', (response) => response.writeHead(202).end()],
  ['a sign-in page', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
  ['303', (response) => response.writeHead(303, { location: '/' }).end()],
  ['201 of something else', (response) => response.writeHead(201, created('Patient', 't1')).end()],
  [
    '201 that tells of an error',
    (response) => fhir(response, 201, outcome('exception'), created('Task', 't1')),
  ],
  ['no answer', () => undefined],
  [
    'half a body',
    (response) => {
      response.writeHead(201, { ...created('Task', 't1'), 'content-length': '90' })
      response.write('{', () => response.socket?.resetAndDestroy())
    },
  ],
]

test.each(OPEN_ENDS)('%s after a write is unsure, and the write was sent once', async (_what, end) => {
  await using server = await startServer((_heard, response) => end(response))
  using given = openTestSystem(server, { limits: { answerMs: 300 } })
  for (const write of [
    given.system.create(NEW),
    given.system.create(NEW, { ifNoneExist: { identifier: 'a' } }),
    given.system.update({ ...NEW, id: 't1' }),
  ])
    expect(await failureOf(write)).toMatchObject({ kind: 'unsure' })
  expect(given.waits).toEqual([])
  expect(server.heard).toHaveLength(3)
})

test('twin: a warning or a word of thanks beside a success is no error', async () => {
  await using server = await startServer((_heard, response, count) => {
    const severity = count === 1 ? 'warning' : 'information'
    fhir(response, 201, outcome('invariant', { severity }), created('Task', 't1'))
  })
  using given = openTestSystem(server)
  expect(await given.system.create(NEW)).toMatchObject({ id: 't1' })
  expect(await given.system.update({ ...NEW, id: 't1' })).toMatchObject({ id: 't1' })
})

test.each(OPEN_ENDS)(
  'twin: a read is tried again or refused after %s, but never unsure',
  async (_what, end) => {
    await using server = await startServer((_heard, response) => end(response))
    using given = openTestSystem(server, { limits: { answerMs: 200, retries: 1 } })
    expect((await failureOf(given.system.read('Task', 't1'))).kind).not.toBe('unsure')
  },
)

test('a write is transient when it cannot have been sent, or when the server says that it did not begin', async () => {
  const gone = await startServer(() => undefined)
  await gone[Symbol.asyncDispose]()
  using there = openTestSystem(gone)
  expect(await failureOf(there.system.create(NEW))).toMatchObject({ kind: 'transient', code: 'unreachable' })
  await using server = await startServer((_heard, response, count) =>
    fhir(response, count === 1 ? 429 : 503, outcome('throttled')),
  )
  using given = openTestSystem(server)
  expect(await failureOf(given.system.create(NEW))).toMatchObject({ kind: 'transient', code: 'busy' })
  expect(await failureOf(given.system.create(NEW))).toMatchObject({ kind: 'transient', code: 'busy' })
  expect(server.heard).toHaveLength(2)
})

test('a write is sent again only after 401 with another token', async () => {
  await using server = await startServer(({ headers }, response) =>
    headers.authorization === 'Bearer nieuw'
      ? response.writeHead(201, created('Task', 't1')).end()
      : response.writeHead(401).end(),
  )
  const access = {
    authorization: (refused?: string) => Promise.resolve(refused ? 'Bearer nieuw' : 'Bearer oud'),
  }
  using given = openTestSystem(server, {}, { access })
  expect(await given.system.create(NEW)).toMatchObject({ id: 't1' })
  expect(server.heard).toHaveLength(2)
})

test('a write takes a connection of its own; twin: reads share one', async () => {
  await using server = await startServer(({ method }, response) =>
    method === 'GET'
      ? fhir(response, 200, PATIENT)
      : void response.writeHead(201, created('Task', 't1')).end(),
  )
  using given = openTestSystem(server)
  await given.system.read('Patient', 'p1')
  await given.system.read('Patient', 'p1')
  await given.system.create(NEW)
  await given.system.create(NEW)
  expect(server.heard.map(({ connection }) => connection)).toEqual([1, 1, 2, 3])
})

test('closing ends a write under way as unsure and a later one as transient', async () => {
  const reached = Promise.withResolvers<void>()
  await using server = await startServer(() => reached.resolve())
  using given = openTestSystem(server)
  const write = failureOf(given.system.create(NEW))
  await reached.promise
  given.system.close()
  expect(await write).toMatchObject({ kind: 'unsure', code: 'stopped' })
  expect(await failureOf(given.system.create(NEW))).toMatchObject({ kind: 'transient', code: 'stopped' })
})

test('an update that the server says it made to another resource is unsure', async () => {
  await using server = await startServer((_heard, response) =>
    response.writeHead(200, created('Task', 't2')).end(),
  )
  using given = openTestSystem(server)
  expect(await failureOf(given.system.update({ ...NEW, id: 't1' }))).toMatchObject({ kind: 'unsure' })
  expect(await failureOf(given.system.patch('Task', 't1', []))).toMatchObject({ kind: 'unsure' })
})
