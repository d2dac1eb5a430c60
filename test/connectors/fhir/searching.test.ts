import { expect, test } from 'vitest'
import { literal } from '../../../connectors/fhir/parameters.ts'
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

const BSN = { system: 'http://fhir.nl/fhir/NamingSystem/bsn', value: '123456782' }
const withBsn = { ...PATIENT, identifier: [BSN] }
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, place) => ({ ...PATIENT, id: `p${from + place}` }))

test('a search goes by POST with everything in its body', async () => {
  await using server = await startServer((_heard, response) => fhir(response, 200, searchset([withBsn])))
  using given = openTestSystem(server)
  expect(await given.system.find('Patient', BSN)).toEqual([withBsn])
  expect(server.heard[0]).toMatchObject({ method: 'POST', url: '/fhir/Patient/_search' })
  expect(new URLSearchParams(server.heard[0]?.body).get('identifier')).toBe(`${BSN.system}|${BSN.value}`)
  expect(server.heard[0]?.headers['prefer']).toBe('handling=strict')
})

test('undefined is left out, lists are repeated, data is escaped', async () => {
  await using server = await startServer((_heard, response) => fhir(response, 200, searchset([])))
  using given = openTestSystem(server)
  const date = ['ge2026-01-01', 'lt2026-02-01']
  await all(
    given.system.search('Appointment', {
      status: 'booked,pending',
      date,
      actor: undefined,
      name: literal('a,b|c$d\\'),
    }),
  )
  expect(server.heard[0]?.body).toBe(
    new URLSearchParams([
      ['status', 'booked,pending'],
      ['date', 'ge2026-01-01'],
      ['date', 'lt2026-02-01'],
      ['name', 'a\\,b\\|c\\$d\\\\'],
    ]).toString(),
  )
})

test('an empty parameter, which servers leave out, is refused before anything is sent', async () => {
  await using server = await startServer((_heard, response) => fhir(response, 200, searchset(numbered(0, 9))))
  using given = openTestSystem(server)
  for (const value of ['', '  ', 'undefined', Number.NaN, [], { system: 'urn:x', value: '' }])
    expect(await failureOf(all(given.system.search('Patient', { identifier: value })))).toMatchObject({
      kind: 'unexpected',
      code: 'search-empty',
    })
  expect(server.heard).toHaveLength(0)
})

test('a server that leaves the identifier out of a search is found out', async () => {
  await using server = await startServer((_heard, response) =>
    fhir(response, 200, searchset([withBsn, { ...PATIENT, id: 'p2' }])),
  )
  using given = openTestSystem(server)
  expect(await failureOf(given.system.find('Patient', BSN))).toMatchObject({
    kind: 'unexpected',
    code: 'search-ignored',
  })
})

test('all pages are read, and what shifted between them comes once', async () => {
  await using server = await startServer(({ url, headers }, response) => {
    const next = (page: number) => `http://${headers.host}/fhir?_getpages=abc&page=${page}`
    if (url.includes('page=3')) fhir(response, 200, searchset(numbered(4, 6)))
    else if (url.includes('page=2')) fhir(response, 200, searchset(numbered(2, 5), next(3)))
    else fhir(response, 200, searchset(numbered(0, 3), next(2)))
  })
  using given = openTestSystem(server)
  const found = await all(given.system.search('Patient', { _count: 3 }))
  expect(found.map(({ id }) => id)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5'])
  expect(server.heard.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET'])
})

test('a failing later page is tried again; a broken one ends the search with a failure, never as a shorter list', async () => {
  await using server = await startServer(({ url, headers }, response, count) => {
    if (!url.includes('page'))
      return fhir(response, 200, searchset(numbered(0, 2), `http://${headers.host}/fhir?page=2`))
    if (count === 2) return void response.writeHead(503).end()
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')
  })
  using given = openTestSystem(server)
  expect(await failureOf(all(given.system.search('Patient', {})))).toMatchObject({
    code: 'answer-unreadable',
  })
  expect(given.waits).toEqual([500])
})

test('a next link that holds a BSN or a name is asked by POST', async () => {
  await using server = await startServer(({ headers, body }, response) => {
    const next = `http://${headers.host}/fhir/Patient?identifier=${encodeURIComponent(`${BSN.system}|${BSN.value}`)}&_offset=1`
    fhir(
      response,
      200,
      body.includes('_offset') ? searchset([{ ...withBsn, id: 'p2' }]) : searchset([withBsn], next),
    )
  })
  using given = openTestSystem(server)
  expect(await given.system.find('Patient', BSN)).toHaveLength(2)
  expect(server.heard.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'POST /fhir/Patient/_search',
    'POST /fhir/Patient/_search',
  ])
})

test('a next link with personal data that cannot be asked by POST is not followed', async () => {
  for (const [path, settings] of [
    ['/fhir', {}],
    ['/fhir/Task', { search: 'get' }],
  ] as const) {
    await using server = await startServer(({ headers }, response) =>
      fhir(response, 200, searchset([PATIENT], `http://${headers.host}${path}?name=Jansen`)),
    )
    using given = openTestSystem(server, settings)
    const failure = await failureOf(all(given.system.search('Patient', {})))
    expect(failure).toMatchObject({ kind: 'unexpected', code: 'personal-data-in-address' })
    expect(server.heard).toHaveLength(1)
  }
})

test('the bearer token goes to no other origin, path or scheme', async () => {
  await using other = await startServer((_heard, response) => fhir(response, 200, searchset([])))
  for (const link of [
    `${other.base}?page=2`,
    '//127.0.0.2/fhir?page=2',
    'ftp://127.0.0.1/fhir?page=2',
    '/admin?page=2',
    '/fhirx?page=2',
    '../x?page=2',
    'http://[',
  ]) {
    await using server = await startServer((_heard, response) =>
      fhir(response, 200, searchset([PATIENT], link)),
    )
    using given = openTestSystem(server)
    expect(await failureOf(all(given.system.search('Patient', {}))), link).toMatchObject({
      kind: 'unexpected',
      code: 'other-origin',
    })
    expect(server.heard).toHaveLength(1)
  }
  expect(other.heard).toHaveLength(0)
})

test('paging in a circle and paging without end stop', async () => {
  await using server = await startServer(({ headers, body }, response, count) => {
    const page = body.includes('_sort') ? 1 : count
    fhir(response, 200, searchset([PATIENT], `http://${headers.host}/fhir?page=${page}`))
  })
  using given = openTestSystem(server, { limits: { pages: 20 } })
  expect(await failureOf(all(given.system.search('Patient', {})))).toMatchObject({
    kind: 'unexpected',
    code: 'paging-endless',
  })
  expect(server.heard).toHaveLength(20)
  await using circle = await startServer(({ headers }, response) =>
    fhir(response, 200, searchset([PATIENT], `http://${headers.host}/fhir?page=1`)),
  )
  using circling = openTestSystem(circle)
  expect(await failureOf(all(circling.system.search('Patient', {})))).toMatchObject({
    code: 'paging-endless',
  })
  expect(circle.heard).toHaveLength(2)
})

test('included resources come along, a wrong match and a severe outcome among the results do not pass', async () => {
  const entry = (resource: object, mode?: string) => ({ resource, ...(mode ? { search: { mode } } : {}) })
  const bundles = [
    [
      entry(PATIENT, 'match'),
      entry({ resourceType: 'Organization', id: 'o1' }, 'include'),
      entry({ ...outcome('x'), issue: [{ severity: 'warning', code: 'x' }] }, 'outcome'),
    ],
    [entry(PATIENT), entry({ resourceType: 'Organization', id: 'o1' })],
    [entry(PATIENT), entry(outcome('incomplete'), 'outcome')],
    [{ fullUrl: 'x' }],
  ]
  await using server = await startServer((_heard, response, count) =>
    fhir(response, 200, { resourceType: 'Bundle', type: 'searchset', entry: bundles[count - 1] }),
  )
  using given = openTestSystem(server)
  expect((await all(given.system.search('Patient', {}))).map(({ id }) => id)).toEqual(['p1', 'o1'])
  for (const code of ['resource-type', 'request-refused', 'resource-type'])
    expect(await failureOf(all(given.system.search('Patient', {})))).toMatchObject({
      kind: 'unexpected',
      code,
    })
})

test('a server without POST _search is searched by address, but never with personal data', async () => {
  await using server = await startServer((_heard, response) => fhir(response, 200, searchset([])))
  using given = openTestSystem(server, { search: 'get' })
  await all(given.system.search('Appointment', { status: 'booked', patient: 'Patient/p1' }))
  expect(server.heard[0]).toMatchObject({
    method: 'GET',
    url: '/fhir/Appointment?status=booked&patient=Patient%2Fp1',
  })
  for (const parameters of [
    { identifier: BSN },
    { name: 'Jansen' },
    { 'patient.identifier': 'x' },
    { status: '123456782' },
    { birthdate: '1948-03-09' },
  ])
    expect(await failureOf(all(given.system.search('Patient', parameters)))).toMatchObject({
      code: 'personal-data-in-address',
    })
  expect(server.heard).toHaveLength(1)
})

test('$everything is read over all its pages, of all types', async () => {
  await using server = await startServer(({ url, headers }, response) => {
    if (url.includes('page=2')) return fhir(response, 200, searchset([{ resourceType: 'Task', id: 't1' }]))
    fhir(response, 200, searchset([PATIENT], `http://${headers.host}/fhir/Patient/p1/$everything?page=2`))
  })
  using given = openTestSystem(server)
  expect(
    (await all(given.system.everything('Patient', 'p1'))).map(({ resourceType }) => resourceType),
  ).toEqual(['Patient', 'Task'])
  expect(server.heard[0]?.url).toBe('/fhir/Patient/p1/$everything')
})
