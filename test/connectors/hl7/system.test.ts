import { createServer } from 'node:net'
import { once } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import { Failure } from '../../../connectors/failure.ts'
import type { AcceptBatch } from '../../../connectors/hl7/batches.ts'
import { readMessage } from '../../../connectors/hl7/message.ts'
import { NO_PRESS } from '../../../connectors/press-guard.ts'
import { createAuthority } from './certificates.ts'
import { acceptAll, closeAll, closeLater, open } from './channel-under-test.ts'
import { startMedplumServer, startNodeHl7Server } from './interop-peers.ts'
import { until, watch, type Peer } from './peer.ts'
import { BOOKING, endpoint, failureOf, HOLDER, send } from './system-under-test.ts'

afterEach(closeAll)

/** A receiver of which the test sees the connections and that answers only when told. */
async function silentReceiver() {
  const peers: Peer[] = []
  const server = createServer((socket) => void peers.push(watch(socket)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closeLater(async () => {
    peers.forEach(({ socket }) => socket.destroy())
    server.close()
  })
  const address = server.address()
  return { peers, port: typeof address === 'object' && address ? address.port : 0 }
}

describe('a message is taken', () => {
  test('by our own listener: as it was built, under the control id that confirms it', async () => {
    const kept: Buffer[] = []
    const accept: AcceptBatch = async (arrivals) =>
      arrivals.map(({ bytes }) => {
        kept.push(bytes)
        return { answer: 'accept' }
      })
    const { system } = endpoint((await open(accept)).port).hold(HOLDER)
    const message = system.message(BOOKING)
    expect(await send(system)).toBe('0123456789ABCDEF0123')
    expect(kept).toEqual([message.bytes])
    const read = readMessage(message.bytes)
    expect(read).toMatchObject({ type: 'SIU', trigger: 'S12', controlId: '0123456789ABCDEF0123', odd: [] })
    expect(read.sender).toEqual({ application: 'ONTREGEL', facility: 'OOST' })
    expect(read.get('NTE-3')).toBe('Ren\xe9e | bel ~ na 17:00')
    expect(read.get('MSH-11')).toBe('P')
    expect(system.sending(message).payload.message).toBe(message.bytes.toString('latin1'))
  })

  test.each([
    ['@medplum/hl7', (judge: () => 'AA') => startMedplumServer(judge)],
    ['node-hl7-server', (judge: () => 'AA') => startNodeHl7Server(judge, () => undefined)],
  ])('by %s', async (_name, start) => {
    const { system } = endpoint(await start(() => 'AA')).hold(HOLDER)
    expect(await send(system)).toBe('0123456789ABCDEF0123')
  })

  test('over TLS, and over mutual TLS with our certificate', async () => {
    const authority = createAuthority('practice authority')
    const { port } = await open(acceptAll, {
      tls: { ...authority.issue('ris'), ca: authority.cert, requireClient: true },
    })
    const address = `mllps://127.0.0.1:${port}`
    const ours = { ca: authority.cert, ...authority.issue('ontregel') }
    const { system } = endpoint(port, { address, tls: ours }).hold(HOLDER)
    await system.reach()
    expect(await send(system)).toBe('0123456789ABCDEF0123')
    const strange = endpoint(port, { address, tls: { ca: createAuthority('another').cert } }).hold(HOLDER)
    expect(await failureOf(strange.system.reach())).toMatchObject({ code: 'hl7-certificate', notDone: true })
  })
})

test.each([
  ['@medplum/hl7', (judge: () => 'AE') => startMedplumServer(judge)],
  ['node-hl7-server', (judge: () => 'AE') => startNodeHl7Server(judge, () => undefined)],
])('refused by %s: a person decides, and nothing was done', async (_name, start) => {
  const { system } = endpoint(await start(() => 'AE')).hold(HOLDER)
  expect(await failureOf(send(system))).toMatchObject({
    kind: 'business',
    code: 'hl7-refused',
    notDone: true,
  })
})

test('nobody there: told in `prepare`, before anything is armed', async () => {
  const { port } = await silentReceiver()
  await closeAll()
  const { system } = endpoint(port).hold(HOLDER)
  const { prepare } = system.sending(system.message(BOOKING))
  expect(await failureOf(prepare())).toMatchObject({
    kind: 'transient',
    code: 'hl7-unreachable',
    system: 'ris',
    notDone: true,
  })
})

test('no answer is unsure and not refused', async () => {
  const { port } = await silentReceiver()
  const limits = { connectMs: 2000, answerMs: 50, idleMs: 60_000 }
  const { system } = endpoint(port, { limits }).hold(HOLDER)
  expect(await failureOf(send(system))).toMatchObject({
    kind: 'unsure',
    code: 'hl7-no-answer',
    notDone: false,
  })
})

test('the guard is asked when the connection stands and before a byte leaves', async () => {
  const { peers, port } = await silentReceiver()
  const late = new Failure('unsure', 'dead-man', 'Too late.')
  const check = () => {
    throw late
  }
  const guard = { ...NO_PRESS, check, armed: () => true }
  const { system } = endpoint(port).hold({ ...HOLDER, guard })
  expect(await failureOf(send(system))).toBe(late)
  await until('the connection', () => peers.length === 1)
  expect(peers[0]?.received()).toBe('')
})

test('one item after another uses the same connection; two at once have one each', async () => {
  const { peers, port } = await silentReceiver()
  const shared = endpoint(port)
  const answered = async (held: ReturnType<typeof shared.hold>, peer: number, count: number) => {
    const sent = send(held.system)
    await until('the connection', () => peers.length > peer)
    await peers[peer]?.answers(count)
    peers[peer]?.send(`MSH|^~\\&|R|O|O|O|||ACK|a|P|2.4\rMSA|AA|0123456789ABCDEF0123\r`)
    await sent
  }
  const first = shared.hold(HOLDER)
  await answered(first, 0, 1)
  const beside = shared.hold(HOLDER)
  await answered(beside, 1, 1)
  first.release()
  const after = shared.hold(HOLDER)
  await answered(after, 0, 2)
  expect(peers).toHaveLength(2)
})

test('an abandoned item takes its connection along; the next one has a new one', async () => {
  const { peers, port } = await silentReceiver()
  const shared = endpoint(port)
  const held = shared.hold(HOLDER)
  await held.system.reach()
  await until('the connection', () => peers.length === 1)
  await held.abandon()
  await peers[0]?.closed
  await shared.hold(HOLDER).system.reach()
  await until('a new connection', () => peers.length === 2)
})

test('a connection that nothing went over for long is closed, and made anew for the next message', async () => {
  const { peers, port } = await silentReceiver()
  const { system } = endpoint(port, { limits: { connectMs: 2000, answerMs: 2000, idleMs: 50 } }).hold(HOLDER)
  await system.reach()
  await until('the connection', () => peers.length === 1)
  await peers[0]?.closed
  await system.reach()
  await until('a new connection', () => peers.length === 2)
})

test('an answer to another message confirms nothing', async () => {
  const { system } = endpoint(1).hold(HOLDER)
  const { confirm } = system.sending(system.message(BOOKING))
  const message = readMessage(Buffer.from('MSH|^~\\&|R|O|O|O|||ACK|a|P|2.4\rMSA|AA|ANOTHER\r'))
  expect(await failureOf(confirm({ code: 'AA', message }))).toMatchObject({ kind: 'unsure' })
})
