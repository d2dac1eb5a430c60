import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { Failure } from '../../../connectors/failure.ts'
import type { Answer, Sender, SenderSettings } from '../../../connectors/hl7/sender.ts'
import { createSender } from '../../../connectors/hl7/sender.ts'
import { createLog, silentLog } from '../../../connectors/log.ts'
import type { Peer } from './peer.ts'
import { until, watch } from './peer.ts'
import { adt, bytesOf } from './samples.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

const ack = (id: string, code = 'AA', rest = '') =>
  `MSH|^~\\&|Z|U|O|U|||ACK|a${id}|P|2.4\rMSA|${code}|${id}\r${rest}`

/** A receiver that only keeps what comes; the test answers by hand. */
async function receiver() {
  const peers: Peer[] = []
  const server = createServer((socket) => void peers.push(watch(socket)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(async () => {
    peers.forEach(({ socket }) => socket.destroy())
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  return { peers, port: typeof address === 'object' && address ? address.port : 0, server }
}

function sending(port: number, settings: Partial<SenderSettings> = {}, log = silentLog) {
  const late: Answer[] = []
  const sender = createSender(
    { id: 'zis', host: '127.0.0.1', port, ...settings },
    log,
    (answer) => void late.push(answer),
  )
  closing.push(() => sender.close())
  return { sender, late }
}

const send = (sender: Sender, id: string) => sender.send(bytesOf(adt({ id })))
const failure = async (sending: Promise<unknown>) => {
  const caught = await sending.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(caught instanceof Failure)) throw new Error('expected a failure')
  return caught
}

test('one connection, one message at a time, in order, byte for byte', async () => {
  const { peers, port } = await receiver()
  const { sender } = sending(port)
  const answers = ['1', '2', '3'].map((id) => send(sender, id))
  for (const id of ['1', '2', '3']) {
    await until(`message ${id}`, () => (peers[0]?.received() ?? '').includes(`|${id}|P|`))
    expect((await peers[0]?.answers(Number(id)))?.at(-1)).toBe(adt({ id }))
    expect(peers[0]?.received().split('\x0b').length).toBe(Number(id) + 1)
    peers[0]?.send(ack(id))
  }
  expect((await Promise.all(answers)).map(({ code, message }) => [code, message.get('MSA-2')])).toEqual([
    ['AA', '1'],
    ['AA', '2'],
    ['AA', '3'],
  ])
  expect(peers.length).toBe(1)
})

test.each(['AE', 'AR', 'CE', 'CR'])(
  '%s is a business failure with its answer and HL7 error number',
  async (code) => {
    const { peers, port } = await receiver()
    const { sender } = sending(port)
    const refused = failure(send(sender, '1'))
    await until('connected', () => peers.length === 1)
    await peers[0]?.answers(1)
    peers[0]?.send(ack('1', code, 'ERR|^^^204&Unknown key: Berg&HL70357\r'))
    const { kind, code: name, message, cause } = await refused
    expect([kind, name]).toEqual(['business', 'hl7-refused'])
    expect(message).toBe(
      `zis refused the HL7 message (${code}) with HL7 error 204: look at its answer and correct the message.`,
    )
    expect(cause).toMatchObject({ code })
  },
)

test('CA is taken', async () => {
  const { peers, port } = await receiver()
  const { sender } = sending(port)
  const taken = send(sender, '1')
  await until('connected', () => peers.length === 1)
  await peers[0]?.answers(1)
  peers[0]?.send(ack('1', 'CA'))
  expect((await taken).code).toBe('CA')
})

test('what goes wrong while reading an answer costs the connection and nothing else', async () => {
  const { peers, port } = await receiver()
  const lines: string[] = []
  const log = createLog('info', (line) => void lines.push(line))
  const sender = createSender({ id: 'zis', host: '127.0.0.1', port }, log, () => {
    throw new Error('disk full')
  })
  closing.push(() => sender.close())
  const first = failure(send(sender, '1'))
  await until('message 1', () => (peers[0]?.received() ?? '').includes('|1|P|'))
  peers[0]?.send(ack('of-before'))
  expect(await first).toMatchObject({ kind: 'unsure', code: 'hl7-connection-lost' })
  expect(lines.join('')).toContain('hl7-reading-failed')
  const second = send(sender, '2')
  await until('message 2', () => (peers[1]?.received() ?? '').includes('|2|P|'))
  peers[1]?.send(ack('2'))
  expect((await second).code).toBe('AA')
})

test('an answer that comes late is recorded and never taken for the next', async () => {
  const { peers, port } = await receiver()
  const { sender, late } = sending(port, { answerMs: 50 })
  expect(await failure(send(sender, '1'))).toMatchObject({ kind: 'unsure', code: 'hl7-no-answer' })
  const second = send(sender, '2')
  await peers[0]?.answers(2)
  peers[0]?.send(ack('1'))
  peers[0]?.send(ack('2', 'AE'))
  expect(await failure(second)).toMatchObject({ kind: 'business', code: 'hl7-refused' })
  expect(late.map(({ message }) => message.get('MSA-2'))).toEqual(['1'])
  expect(sender.stats()).toEqual({ sent: 2, taken: 0, refused: 1, unanswered: 1, late: 1 })
})

test('two silences in a row: the next message goes over a new connection', async () => {
  const { peers, port } = await receiver()
  const { sender } = sending(port, { answerMs: 30 })
  await failure(send(sender, '1'))
  await failure(send(sender, '2'))
  expect(peers.length).toBe(1)
  await failure(send(sender, '3'))
  expect(peers.length).toBe(2)
})

test('a connection lost after sending is unsure and is not sent again', async () => {
  const { peers, port } = await receiver()
  const { sender } = sending(port)
  const lost = failure(send(sender, '1'))
  await until('connected', () => peers.length === 1)
  await peers[0]?.answers(1)
  peers[0]?.socket.destroy()
  expect(await lost).toMatchObject({ kind: 'unsure', code: 'hl7-connection-lost', system: 'zis' })
  const next = send(sender, '2')
  await until('a new connection', () => peers.length === 2)
  expect(await peers[1]?.answers(1)).toEqual([adt({ id: '2' })])
  peers[1]?.send(ack('2'))
  expect((await next).code).toBe('AA')
})

test('sent again only to one that recognises duplicates', async () => {
  const { peers, port } = await receiver()
  const { sender } = sending(port, { resendToOneThatRecognisesDuplicates: 1 })
  const sent = send(sender, '1')
  await until('connected', () => peers.length === 1)
  await peers[0]?.answers(1)
  peers[0]?.socket.destroy()
  await until('sent again', () => peers.length === 2)
  expect(await peers[1]?.answers(1)).toEqual([adt({ id: '1' })])
  peers[1]?.send(ack('1'))
  expect((await sent).code).toBe('AA')
})

test('after an unanswered attempt, being refused leaves it unsure', async () => {
  const { peers, port } = await receiver()
  const { sender } = sending(port, { resendToOneThatRecognisesDuplicates: 1 })
  const sent = failure(send(sender, '1'))
  await until('connected', () => peers.length === 1)
  await peers[0]?.answers(1)
  peers[0]?.socket.destroy()
  await until('sent again', () => peers.length === 2)
  await peers[1]?.answers(1)
  peers[1]?.send(ack('1', 'AE'))
  expect((await sent).kind).toBe('unsure')
})

test('after an unanswered attempt, failing to connect leaves it unsure', async () => {
  const { peers, port, server } = await receiver()
  const { sender } = sending(port, { resendToOneThatRecognisesDuplicates: 1 })
  const sent = failure(send(sender, '1'))
  await until('connected', () => peers.length === 1)
  await peers[0]?.answers(1)
  server.close()
  peers[0]?.socket.destroy()
  expect(await sent).toMatchObject({ kind: 'unsure', code: 'hl7-connection-lost' })
})

test('nobody there: transient, and the next one is tried anew', async () => {
  const { server, port } = await receiver()
  await new Promise((resolve) => server.close(resolve))
  const { sender } = sending(port)
  expect(await failure(send(sender, '1'))).toMatchObject({ kind: 'transient', code: 'hl7-unreachable' })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const [next, [socket]] = [send(sender, '2'), await once(server, 'connection')]
  const peer = watch(socket)
  await peer.answers(1)
  peer.send(ack('2'))
  expect((await next).code).toBe('AA')
})

test('nonsense instead of an answer is not taken for one, and nothing of the message is logged', async () => {
  const lines: string[] = []
  const { peers, port } = await receiver()
  const { sender } = sending(
    port,
    { answerMs: 100 },
    createLog('debug', (line) => lines.push(line)),
  )
  const sent = failure(send(sender, '1'))
  await until('connected', () => peers.length === 1)
  await peers[0]?.answers(1)
  peers[0]?.socket.write('OK Berg 123456782')
  peers[0]?.send('MSH|^~\\&|x\rMSA|XX|1 Berg\r')
  expect((await sent).code).toBe('hl7-no-answer')
  expect(lines.filter((line) => line.includes('hl7-answer-unreadable')).length).toBe(2)
  expect(lines.join()).not.toMatch(/Berg|123456782/)
})

test('what is no message or has no id is not sent', async () => {
  const { peers, port } = await receiver()
  const { sender } = sending(port)
  expect((await failure(sender.send(Buffer.from('hello')))).kind).toBe('business')
  expect((await failure(send(sender, ''))).kind).toBe('business')
  expect(peers.length).toBe(0)
})
