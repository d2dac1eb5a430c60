import { expect, test } from 'vitest'
import { failureOf, fhir, openTestSystem, outcome, PATIENT, startServer } from './small-server.ts'

const FATAL = outcome('exception', { severity: 'fatal' })
const NEW = { resourceType: 'Task', status: 'requested' }
const response = (results: readonly object[]) => ({
  resourceType: 'Bundle',
  type: 'transaction-response',
  entry: results.map((one) => ({ response: one })),
})
const ENTRIES = [
  { create: NEW, fullUrl: 'urn:uuid:1', ifNoneExist: { identifier: 'm' } },
  { update: PATIENT, ifMatch: '3' },
] as const

test('a transaction gives what each entry became', async () => {
  const results = [
    { status: '201 Created', location: 'Task/t1/_history/1' },
    {
      ...{ status: '200', etag: 'W/"4"', location: 'Patient/p1/_history/4' },
      outcome: outcome('invariant', { severity: 'warning' }),
    },
  ]
  await using server = await startServer((_heard, answer) => fhir(answer, 200, response(results)))
  using given = openTestSystem(server)
  const written = await given.system.transaction(ENTRIES)
  expect(written.map(({ location, status }) => [location, status])).toEqual([
    ['Task/t1/_history/1', 'created'],
    ['Patient/p1/_history/4', 'updated'],
  ])
  expect(JSON.parse(server.heard[0]?.body ?? '')).toMatchObject({
    type: 'transaction',
    entry: [
      { fullUrl: 'urn:uuid:1', request: { method: 'POST', url: 'Task', ifNoneExist: 'identifier=m' } },
      { request: { method: 'PUT', url: 'Patient/p1', ifMatch: 'W/"3"' } },
    ],
  })
  expect(server.heard[0]?.url).toBe('/fhir/')
})

test.each([
  [
    'one entry failed',
    [{ status: '201', location: 'Task/t1' }, { status: '422 Unprocessable' }],
    'entry 2 of 2 answered 422',
  ],
  ['one has no status', [{ location: 'Task/t1' }, { status: '200' }], 'entry 1 of 2 answered nothing'],
  ['one is missing', [{ status: '201', location: 'Task/t1' }], '1 of 2 entries'],
  ['one is something else', [{ status: '201', location: 'Patient/p9' }, { status: '200' }], 'entry 1 of 2'],
  [
    'one tells of an error',
    [
      { status: '201', location: 'Task/t1' },
      { status: '200', outcome: FATAL },
    ],
    'entry 2 of 2 answered 200 and tells of an error',
  ],
])('"200 OK" for a transaction of which %s is unsure', async (_what, results, sentence) => {
  await using server = await startServer((_heard, answer) => fhir(answer, 200, response(results)))
  using given = openTestSystem(server)
  const failure = await failureOf(given.system.transaction(ENTRIES))
  expect(failure).toMatchObject({ kind: 'unsure', code: 'transaction-partial' })
  expect(failure.message).toContain(sentence)
})

test('a transaction answered by another bundle is unsure, one refused as a whole is not', async () => {
  await using server = await startServer((_heard, answer, count) =>
    count === 1
      ? fhir(answer, 200, { resourceType: 'Bundle', type: 'searchset' })
      : fhir(answer, 422, outcome('invariant')),
  )
  using given = openTestSystem(server)
  expect(await failureOf(given.system.transaction(ENTRIES))).toMatchObject({ kind: 'unsure' })
  expect(await failureOf(given.system.transaction(ENTRIES))).toMatchObject({
    kind: 'business',
    code: 'rejected',
  })
})
