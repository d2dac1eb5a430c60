import type http from 'node:http'
import net from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { Failure } from '../../../connectors/failure.ts'
import type { PressGuard } from '../../../connectors/press-guard.ts'
import { certify } from './certificates.ts'
import { startProxy } from './proxy.ts'
import { failureOf, fhir, openTestSystem, PATIENT, startServer } from './small-server.ts'

const authority = certify('authority')
const serverOwn = certify('server', authority)
const ours = certify('robot', authority)
const stranger = certify('stranger')
const MUTUAL = {
  key: serverOwn.key,
  cert: serverOwn.certificate,
  ca: authority.certificate,
  requestCert: true,
  rejectUnauthorized: true,
}
const patient = (_heard: unknown, response: http.ServerResponse) => fhir(response, 200, PATIENT)

test('mutual TLS: our certificate lets us in', async () => {
  await using server = await startServer(patient, MUTUAL)
  const tls = { ca: authority.certificate, certificate: ours.certificate, key: ours.key }
  using given = openTestSystem(server, {}, { connection: { tls } })
  expect(await given.system.read('Patient', 'p1')).toMatchObject({ id: 'p1' })
})

test('mutual TLS: without a certificate a write did nothing, and the failure says why', async () => {
  await using server = await startServer(patient, MUTUAL)
  using given = openTestSystem(server, {}, { connection: { tls: { ca: authority.certificate } } })
  expect(await failureOf(given.system.create(PATIENT))).toMatchObject({
    kind: 'transient',
    code: 'certificate-refused',
  })
  expect(server.heard).toHaveLength(0)
})

test('mutual TLS: a server that hangs up on a stranger without saying why leaves a write unsure', async () => {
  await using server = await startServer(patient, MUTUAL)
  const tls = { ca: authority.certificate, certificate: stranger.certificate, key: stranger.key }
  using given = openTestSystem(server, {}, { connection: { tls } })
  expect(await failureOf(given.system.create(PATIENT))).toMatchObject({
    kind: 'unsure',
    code: 'connection-lost',
  })
  expect(server.heard).toHaveLength(0)
})

test('a server with a certificate of an unknown authority gets nothing, whatever the environment says', async () => {
  await using server = await startServer(patient, { key: serverOwn.key, cert: serverOwn.certificate })
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
  try {
    using given = openTestSystem(server)
    expect(await failureOf(given.system.create(PATIENT))).toMatchObject({
      kind: 'transient',
      code: 'certificate-refused',
    })
  } finally {
    if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before
  }
  expect(server.heard).toHaveLength(0)
})

test('a proxy carries https through a tunnel, with the server’s own certificate checked', async () => {
  await using server = await startServer(patient, MUTUAL)
  await using proxy = await startProxy('tunnel')
  const tls = { ca: authority.certificate, certificate: ours.certificate, key: ours.key }
  using given = openTestSystem(server, {}, { connection: { tls, proxy: proxy.address } })
  await given.system.read('Patient', 'p1')
  expect(proxy.asked).toEqual([`CONNECT ${new URL(server.base).host}`])
  using untrusting = openTestSystem(
    server,
    { limits: { retries: 0 } },
    { connection: { proxy: proxy.address } },
  )
  expect(await failureOf(untrusting.system.create(PATIENT))).toMatchObject({
    kind: 'transient',
    code: 'certificate-refused',
  })
})

test('a proxy carries plain http as well', async () => {
  await using server = await startServer(patient)
  await using proxy = await startProxy('tunnel')
  using given = openTestSystem(server, {}, { connection: { proxy: proxy.address } })
  await given.system.read('Patient', 'p1')
  expect(proxy.asked).toEqual([`GET ${server.base}/Patient/p1`])
})

test('a proxy that refuses the tunnel: a write did nothing', async () => {
  await using server = await startServer(patient, MUTUAL)
  await using proxy = await startProxy('refuse')
  using given = openTestSystem(server, {}, { connection: { proxy: proxy.address } })
  expect(await failureOf(given.system.create(PATIENT))).toMatchObject({
    kind: 'transient',
    code: 'unreachable',
  })
})

test('a server that takes the connection but no TLS: a write did nothing', async () => {
  await using server = await startServer(patient)
  using given = openTestSystem({ base: server.base.replace('http:', 'https:') })
  expect(await failureOf(given.system.create(PATIENT))).toMatchObject({
    kind: 'transient',
    code: 'unreachable',
  })
  const silent = net.createServer()
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const base = `https://127.0.0.1:${(silent.address() as AddressInfo).port}/fhir`
  using mute = openTestSystem({ base }, { limits: { connectMs: 200 } })
  expect(await failureOf(mute.system.create(PATIENT))).toMatchObject({ kind: 'transient', code: 'no-answer' })
  silent.close()
})

test('the limit for connecting does not cut off a slow answer', async () => {
  await using server = await startServer(
    (heard, response) => void setTimeout(() => patient(heard, response), 250),
  )
  using given = openTestSystem(server, { limits: { connectMs: 100, retries: 0 } })
  expect(await given.system.read('Patient', 'p1')).toMatchObject({ id: 'p1' })
})

/** A guard as the runner hands it out, which refuses. */
const tooLate: PressGuard = {
  limitMs: 0,
  armed: () => true,
  check: () => {
    throw new Failure('unsure', 'dead-man', 'Too late.')
  },
}

test.each([
  ['http', undefined],
  ['https', { key: serverOwn.key, cert: serverOwn.certificate }],
] as const)(
  'a write asks the guard when its %s connection is ready, and nothing leaves when it is too late',
  async (_scheme, tls) => {
    await using server = await startServer(patient, tls)
    using given = openTestSystem(server, {}, { connection: { tls: { ca: authority.certificate } } })
    expect(await failureOf(given.system.guardedBy(tooLate).create(PATIENT))).toMatchObject({
      code: 'dead-man',
    })
    expect(await failureOf(given.system.guardedBy(tooLate).transaction([{ create: PATIENT }]))).toMatchObject(
      { code: 'dead-man' },
    )
    expect(server.heard).toHaveLength(0)
    expect(await given.system.guardedBy(tooLate).read('Patient', 'p1')).toMatchObject({ id: 'p1' })
  },
)
