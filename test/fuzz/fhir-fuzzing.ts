import { createServer, type AddressInfo } from 'node:net'
import { openFhirSystem, type FhirSystem } from '../../connectors/fhir/client.ts'
import { silentLog } from '../../connectors/log.ts'
import { all, outcome, PATIENT, searchset } from '../connectors/fhir/small-server.ts'
import { valueOrFailure, type Fuzzing } from './fuzzing.ts'
import { mutated, noise } from './mutate.ts'

const answer = (status: string, body: unknown, ...headers: string[]) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const head = [
    'content-type: application/fhir+json',
    `content-length: ${Buffer.byteLength(text)}`,
    ...headers,
  ]
  return Buffer.from([`HTTP/1.1 ${status}`, ...head, '', text].join('\r\n'))
}

const chunked = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: application/fhir+json\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"res\r\n0\r\n\r\n`,
)

/** What servers answer; `BASE` becomes the address of the server. */
const CORPUS: readonly Buffer[] = [
  answer('200 OK', PATIENT, 'etag: W/"3"', 'last-modified: Sat, 21 Nov 2026 12:00:00 GMT'),
  answer('200 OK', searchset([PATIENT, { ...PATIENT, id: 'p2' }])),
  answer('200 OK', searchset([PATIENT], 'BASE/fhir/Patient?page=2')),
  answer('200 OK', searchset([PATIENT], 'http://127.0.0.2/elsewhere')),
  answer('201 Created', PATIENT, 'location: BASE/fhir/Patient/p1/_history/3', 'etag: W/"3"'),
  answer('200 OK', {
    resourceType: 'Bundle',
    type: 'transaction-response',
    entry: [
      { response: { status: '201 Created', location: 'Patient/p1/_history/1' } },
      { response: { status: '412' } },
    ],
  }),
  ...['404 Not Found', '412 Precondition Failed', '422 Unprocessable', '500 Oops'].map((status) =>
    answer(status, outcome('invalid', { expression: ['Patient.name'] })),
  ),
  answer('429 Too Many Requests', outcome('throttled'), 'retry-after: 1'),
  answer('503 Service Unavailable', '<html>maintenance</html>', 'retry-after: Sat, 21 Nov 2026 12:00:00 GMT'),
  answer('200 OK', { resourceType: 'Binary', id: 'p1', contentType: 'application/pdf', data: 'JVBERi0=' }),
  answer('302 Found', '', 'location: BASE/fhir/Patient/p2'),
  chunked,
]

const TOKENS: readonly Buffer[] = [
  ...[
    'null',
    '[]',
    '{}',
    '[[[[',
    '"resourceType":"Patient"',
    '"id":7',
    '"entry":null',
    '"link":[{}]',
    '"link":{"url":1}',
    '1e999',
  ],
  ...[
    '\r\n',
    '\r\n\r\n',
    'content-length: 999999999\r\n',
    'content-length: -1\r\n',
    'transfer-encoding: chunked\r\n',
  ],
  ...[
    'content-type: text/html\r\n',
    'content-encoding: gzip\r\n',
    'retry-after: -5\r\n',
    'location: ///\r\n',
    'etag: x\r\n',
  ],
  ...['HTTP/1.1 100 Continue\r\n\r\n', '\u0000', '\ud83d\ude00', '"__proto__":{"a":1}', '['.repeat(20_000)],
].map((text) => Buffer.from(text))

const identifier = { system: 'http://fhir.nl/fhir/NamingSystem/bsn', value: '111222333' }

/** Everything that a bot can ask of a server. */
const ASKED: Readonly<Record<string, (system: FhirSystem) => Promise<unknown>>> = {
  read: (system) => system.read('Patient', 'p1'),
  search: (system) => all(system.search('Patient', { _count: '2' })),
  find: (system) => system.find('Patient', identifier),
  create: (system) => system.create({ resourceType: 'Patient' }, { ifNoneExist: { identifier } }),
  update: (system) => system.update({ resourceType: 'Patient', id: 'p1' }, { ifMatch: 'W/"3"' }),
  patch: (system) => system.patch('Patient', 'p1', [{ op: 'replace', path: '/active', value: true }]),
  transaction: (system) =>
    system.transaction([
      { create: { resourceType: 'Patient' } },
      { update: { resourceType: 'Patient', id: 'p2' } },
    ]),
  binary: (system) => system.readBinary('p1'),
  everything: (system) => all(system.everything('Patient', 'p1')),
}

/** A server that answers with the bytes of the case, to everything; the client asks one thing of it. */
export async function open(): Promise<Fuzzing> {
  const state = { bytes: Buffer.alloc(0) }
  const server = createServer((socket) => {
    // The client may leave while we still send.
    socket.on('error', () => socket.destroy())
    socket.once('data', () => socket.end(state.bytes))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const limits = {
    connectMs: 2000,
    answerMs: 500,
    bytes: 100_000,
    pages: 20,
    retries: 2,
    longestWaitMs: 1000,
  }
  const system = openFhirSystem(
    { id: 'fuzz', address: `${base}/fhir`, version: 'R4', limits },
    { authorization: () => Promise.resolve('Bearer fuzz') },
    { log: silentLog, wait: () => Promise.resolve() },
  )
  return {
    make: (random) => ({
      what: random.pick(Object.keys(ASKED)),
      bytes: random.chance(0.05) ? noise(random) : mutated(CORPUS, TOKENS, random),
    }),
    check: async ({ what, bytes }) => {
      state.bytes = Buffer.from(bytes.toString('latin1').replaceAll('BASE', base), 'latin1')
      const ask = ASKED[what]
      if (!ask) throw new Error(`There is nothing that does "${what}".`)
      await valueOrFailure(() => ask(system))
    },
    [Symbol.asyncDispose]: async () => {
      system.close()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
