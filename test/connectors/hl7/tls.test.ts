import { afterEach, expect, test } from 'vitest'
import type { ListenerTls } from '../../../connectors/hl7/listener.ts'
import { startListener } from '../../../connectors/hl7/listener.ts'
import type { SenderTls } from '../../../connectors/hl7/dial.ts'
import { createSender } from '../../../connectors/hl7/sender.ts'
import { silentLog } from '../../../connectors/log.ts'
import { createAuthority } from './certificates.ts'
import { connectPeer, until } from './peer.ts'
import { adt, bytesOf } from './samples.ts'

const authority = createAuthority('practice authority')
const other = createAuthority('another authority')
const server = authority.issue('zis')
const client = authority.issue('ontregel')

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

async function pair(listenerTls: Partial<ListenerTls>, senderTls: SenderTls) {
  const accept = async (arrivals: readonly unknown[]) => arrivals.map(() => ({ answer: 'accept' }) as const)
  const listener = await startListener(
    { id: 'tls', port: 0, tls: { ...server, ...listenerTls } },
    accept,
    silentLog,
  )
  closing.push(() => listener.close())
  const settings = { id: 'zis', host: '127.0.0.1', port: listener.port, tls: senderTls, answerMs: 2000 }
  const sender = createSender(settings, silentLog, () => undefined)
  closing.push(() => sender.close())
  return { listener, sent: sender.send(bytesOf(adt())) }
}

test('TLS', async () => {
  const { sent } = await pair({}, { ca: authority.cert })
  expect((await sent).code).toBe('AA')
})

test('a server whose certificate we do not trust gets nothing', async () => {
  const { sent, listener } = await pair({}, { ca: other.cert })
  await expect(sent).rejects.toMatchObject({ kind: 'transient', code: 'hl7-certificate' })
  expect(listener.stats().accepted).toBe(0)
})

test('mutual TLS lets the right certificate in', async () => {
  const { sent } = await pair({ ca: authority.cert, requireClient: true }, { ca: authority.cert, ...client })
  expect((await sent).code).toBe('AA')
})

test.each([
  ['no certificate', {}],
  ['a certificate of another authority', other.issue('stranger')],
])('mutual TLS keeps out %s', async (_, own) => {
  const { sent, listener } = await pair(
    { ca: authority.cert, requireClient: true },
    { ca: authority.cert, ...own },
  )
  // TLS 1.3 tells the client only after it has sent: it cannot know, the listener can.
  await expect(sent).rejects.toMatchObject({ kind: expect.stringMatching(/unsure|transient/) })
  await until('the failed handshake', () => listener.stats().failedHandshakes === 1)
  expect(listener.stats()).toMatchObject({ accepted: 0, connections: 0 })
})

test('plain bytes on a TLS port do no harm', async () => {
  const { listener, sent } = await pair({}, { ca: authority.cert })
  await sent
  const peer = await connectPeer(listener.port)
  peer.send(adt())
  await peer.closed
  await until('the failed handshake', () => listener.stats().failedHandshakes === 1)
})

test('a key that is none is said in a sentence', async () => {
  const tls = { key: 'x', cert: 'y' }
  await expect(startListener({ id: 'tls', port: 0, tls }, async () => [], silentLog)).rejects.toThrow(
    'HL7 channel tls cannot be opened: its certificate or key cannot be used.',
  )
})
