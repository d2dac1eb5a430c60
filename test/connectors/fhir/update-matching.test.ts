import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { startPractice } from './practice-endpoint.ts'
import { startRouterServer } from './router-server.ts'
import { all, failureOf, fhir, openTestSystem, outcome, startServer } from './small-server.ts'

const MARKER = { system: 'urn:ontregel:marker', value: 'OR-0123456789ABCDEF0123' }
const BSN = { system: 'http://fhir.nl/fhir/NamingSystem/bsn', value: '123456782' }
const TASK = { resourceType: 'Task', identifier: [MARKER], status: 'requested', intent: 'order' }
const at = (id: string, version = 1) => ({
  location: `https://x.example/fhir/Task/${id}/_history/${version}`,
})

describe('on the practice hospital', () => {
  test('none that matches: it is created; one: that is replaced; several: refused, and nothing is changed', async () => {
    await using practice = await startPractice()
    const { system } = practice
    const [patient] = await all(system.search('Patient', { _count: 1 }))
    const task = { ...TASK, for: { reference: `Patient/${patient?.id}` } }
    const first = await system.updateMatching(task, { identifier: MARKER })
    const second = await system.updateMatching({ ...task, status: 'accepted' }, { identifier: MARKER })
    expect([first.status, second.status, second.id, second.versionId]).toEqual([
      'created',
      'updated',
      first.id,
      '2',
    ])
    expect(await system.read('Task', first.id)).toMatchObject({ status: 'accepted' })
    await system.create(task)
    const refused = await failureOf(
      system.updateMatching({ ...task, status: 'failed' }, { identifier: MARKER }),
    )
    expect(refused).toMatchObject({ kind: 'business', code: 'several-match' })
    expect(refused.message).toContain('more than one matches')
    const found = await system.find('Task', MARKER)
    expect(new Set(found.map(({ status }) => status))).toEqual(new Set(['accepted', 'requested']))
  })

  test('a number of a patient stands in no address, and means the same', async () => {
    await using practice = await startPractice()
    const { system } = practice
    const [patient] = await all(system.search('Patient', { _count: 1 }))
    const task = { ...TASK, identifier: [BSN], for: { reference: `Patient/${patient?.id}` } }
    const first = await system.updateMatching(task, { identifier: BSN })
    const second = await system.updateMatching({ ...task, status: 'accepted' }, { identifier: BSN })
    expect([first.status, second.status, second.id]).toEqual(['created', 'updated', first.id])
    await system.create(task)
    const refused = await failureOf(system.updateMatching(task, { identifier: BSN }))
    expect(refused).toMatchObject({ kind: 'business', code: 'several-match' })
  })

  test('an id in the resource must be that of the match', async () => {
    await using practice = await startPractice()
    const { system } = practice
    const [patient] = await all(system.search('Patient', { _count: 1 }))
    const task = { ...TASK, for: { reference: `Patient/${patient?.id}` } }
    const { id } = await system.updateMatching(task, { identifier: MARKER })
    expect(await system.updateMatching({ ...task, id }, { identifier: MARKER })).toMatchObject({ id })
    const other = await failureOf(system.updateMatching({ ...task, id: 'another' }, { identifier: MARKER }))
    expect(other).toMatchObject({ kind: 'business', code: 'rejected' })
  })
})

test('a server of another make creates, replaces and refuses alike', async () => {
  await using server = await startRouterServer()
  using given = openTestSystem(server)
  const { system } = given
  const first = await system.updateMatching(TASK, { identifier: MARKER })
  const second = await system.updateMatching({ ...TASK, status: 'accepted' }, { identifier: MARKER })
  expect([first.status, second.status, second.id]).toEqual(['created', 'updated', first.id])
  await system.create(TASK)
  const refused = await failureOf(system.updateMatching(TASK, { identifier: MARKER }))
  expect(refused).toMatchObject({ kind: 'business', code: 'several-match' })
})

describe('what is sent', () => {
  test('only harmless words and the marker of an item stand in the address; all else goes in a body', async () => {
    const result = { response: { status: '201 Created', location: 'Task/t1/_history/1' } }
    await using server = await startServer(({ method }, response) =>
      method === 'PUT'
        ? void response.writeHead(201, at('t1')).end()
        : fhir(response, 200, { resourceType: 'Bundle', type: 'transaction-response', entry: [result] }),
    )
    using given = openTestSystem(server)
    const { system } = given
    await system.updateMatching(TASK, { identifier: MARKER, status: 'requested' })
    await system.updateMatching(TASK, { identifier: BSN })
    await system.updateMatching(TASK, { identifier: { ...MARKER, value: 'OR-but-not-a-marker' } })
    await system.updateMatching(TASK, { 'patient.birthdate': '1970-01-01' })
    expect(server.heard.map(({ method, url }) => `${method} ${decodeURIComponent(url)}`)).toEqual([
      `PUT /fhir/Task?identifier=urn:ontregel:marker|${MARKER.value}&status=requested`,
      ...['POST /fhir/', 'POST /fhir/', 'POST /fhir/'],
    ])
    expect(JSON.parse(server.heard[1]?.body ?? '')).toMatchObject({
      entry: [
        {
          request: {
            method: 'PUT',
            url: `Task?${new URLSearchParams({ identifier: `${BSN.system}|${BSN.value}` })}`,
          },
        },
      ],
    })
  })

  test('a condition of which nothing is left is refused: it would match everything', async () => {
    await using server = await startServer((_heard, response) => response.writeHead(201, at('t1')).end())
    using given = openTestSystem(server)
    const { system } = given
    expect(await failureOf(system.updateMatching(TASK, {}))).toMatchObject({ code: 'condition-empty' })
    expect(await failureOf(system.updateMatching(TASK, { identifier: '' }))).toMatchObject({
      code: 'search-empty',
    })
    expect(server.heard).toHaveLength(0)
  })
})

/** What it may meet after it was sent, and what that leaves. */
const ENDS: readonly (readonly [string, string, (response: ServerResponse) => void])[] = [
  ['a lost 201', 'unsure', (response) => response.socket?.resetAndDestroy()],
  ['500', 'unsure', (response) => fhir(response, 500, outcome('exception'))],
  [
    '503 with Retry-After',
    'unsure',
    (response) => fhir(response, 503, outcome('transient'), { 'retry-after': '1' }),
  ],
  [
    'a sign-in page',
    'unsure',
    (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
  ],
  ['200 that says nothing of what it replaced', 'unsure', (response) => response.writeHead(200).end()],
  [
    '201 of something else',
    'unsure',
    (response) => response.writeHead(201, { location: 'Patient/p1' }).end(),
  ],
  ['no answer', 'unsure', () => undefined],
  ['429', 'transient', (response) => fhir(response, 429, outcome('throttled'))],
  ['412', 'business', (response) => fhir(response, 412, outcome('multiple-matches'))],
  ['405', 'unexpected', (response) => fhir(response, 405, outcome('not-supported'))],
  ['404', 'unexpected', (response) => fhir(response, 404, outcome('not-found'))],
]

test.each(ENDS)('%s is %s, and it was sent once', async (_what, kind, end) => {
  await using server = await startServer((_heard, response) => end(response))
  using given = openTestSystem(server, { limits: { answerMs: 300 } })
  for (const identifier of [MARKER, BSN])
    expect((await failureOf(given.system.updateMatching(TASK, { identifier }))).kind).toBe(kind)
  expect(given.waits).toEqual([])
  expect(server.heard).toHaveLength(2)
})
