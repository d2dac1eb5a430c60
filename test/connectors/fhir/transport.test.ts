import http from 'node:http'
import net from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { certify } from './certificates.ts'
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

async function startProxy(answer: 'tunnel' | 'refuse') {
  const asked: string[] = []
  const proxy = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const onward = http.request(
      String(request.url),
      { method: request.method, headers: request.headers },
      (from) => {
        response.writeHead(from.statusCode ?? 502, from.headers)
        from.pipe(response)
      },
    )
    request.pipe(onward)
  })
  proxy.on('connect', (request, socket: net.Socket) => {
    asked.push(`CONNECT ${request.url}`)
    if (answer === 'refuse') return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    const [host, port] = String(request.url).split(':')
    const onward = net.connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      onward.pipe(socket)
      socket.pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const { port } = proxy.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      proxy.close(() => resolve())
      proxy.closeAllConnections()
    })
  return { address: `http://127.0.0.1:${port}`, asked, [Symbol.asyncDispose]: close }
}

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
