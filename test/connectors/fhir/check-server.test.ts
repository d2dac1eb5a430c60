import { expect, test } from 'vitest'
import { checkServer, type ServerFinding } from '../../../connectors/fhir/check-server.ts'
import { fhir, openTestSystem, outcome, searchset, startServer } from './small-server.ts'

const NEEDS = { conditionalCreate: ['Task'], transaction: true, postSearch: 'Patient' }
const STATEMENT = {
  resourceType: 'CapabilityStatement',
  fhirVersion: '4.0.1',
  rest: [
    {
      mode: 'server',
      interaction: [{ code: 'batch' }, { code: 'transaction' }],
      resource: [{ type: 'Task', conditionalCreate: true }],
    },
  ],
}
const wrong = (findings: readonly ServerFinding[]) =>
  findings.filter(({ right }) => !right).map(({ about }) => about)

/** A server that states this, and searches when it may. */
const startStating = (statement: object, searches = true) =>
  startServer(({ url, method }, response) => {
    if (url.endsWith('/metadata')) return fhir(response, 200, statement)
    if (method === 'POST' && searches) return fhir(response, 200, searchset([]))
    fhir(response, 405, outcome('not-supported'))
  })

test('a server that is and can what was said', async () => {
  await using server = await startStating(STATEMENT)
  using given = openTestSystem(server)
  const findings = await checkServer(given.system, NEEDS)
  expect(findings.map(({ about }) => about)).toEqual([
    'reachable',
    'version',
    'conditional-create',
    'transaction',
    'post-search',
  ])
  expect(wrong(findings)).toEqual([])
  expect(server.heard.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /fhir/metadata',
    'POST /fhir/Patient/_search',
  ])
  expect(server.heard[1]?.body).toContain('_id=ontregel-tries')
})

test.each([
  ['R4', '4.0.1', []],
  ['R4', '3.0.2', ['version']],
  ['R4', '4.3.0', ['version']],
  ['R4', undefined, ['version']],
  ['STU3', '3.0.1', []],
  ['STU3', '4.0.1', ['version']],
] as const)('settings say %s, the server states %s', async (version, fhirVersion, expected) => {
  await using server = await startStating({ ...STATEMENT, fhirVersion })
  using given = openTestSystem(server, { version })
  const findings = await checkServer(given.system)
  expect(wrong(findings)).toEqual(expected)
  if (expected.length > 0)
    expect(findings[1]?.sentence).toContain(`its settings say ${version}: correct the version`)
})

test('what it does not state or do is named, each with a sentence', async () => {
  await using server = await startStating({ ...STATEMENT, rest: [{ mode: 'client' }] }, false)
  using given = openTestSystem(server)
  const findings = await checkServer(given.system, NEEDS)
  expect(wrong(findings)).toEqual(['conditional-create', 'transaction', 'post-search'])
  expect(findings.at(-1)?.sentence).toContain('answered 405')
})

test('one that cannot be reached, or is no FHIR server, is one finding', async () => {
  const server = await startServer((_heard, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
  )
  using given = openTestSystem(server, { limits: { retries: 0 } })
  expect(await checkServer(given.system, NEEDS)).toMatchObject([
    { about: 'reachable', right: false, sentence: expect.stringContaining('not a FHIR resource') },
  ])
  await server[Symbol.asyncDispose]()
  using gone = openTestSystem(server, { limits: { retries: 0 } })
  expect(await checkServer(gone.system, NEEDS)).toMatchObject([
    { about: 'reachable', right: false, sentence: expect.stringContaining('could not be reached') },
  ])
})
