import { connect } from 'node:net'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { acceptAll, closeAll, closeLater, codeOf, gate, idOf, join, open } from './channel-under-test.ts'
import { createLog } from '../../../connectors/log.ts'
import { connectPeer, until, untilStill } from './peer.ts'
import { adt, bytesOf } from './samples.ts'

afterEach(closeAll)

test('nonsense without end ends the connection, and others are served', async () => {
  const listener = await open(acceptAll)
  const [bad, good] = [await join(listener), await join(listener)]
  bad.socket.write(bytesOf('x\x0b\x1c'.repeat(1000)))
  await bad.closed
  good.send(adt())
  expect((await good.answers(1)).map(codeOf)).toEqual(['AA'])
})

test('a frame of nothing but beginnings ends its connection, and others are served', async () => {
  const listener = await open(acceptAll)
  const [bad, good] = [await join(listener), await join(listener)]
  bad.socket.write(bytesOf(`\x0b${'MSH|\x0b'.repeat(400_000)}\x1c\r`))
  expect((await bad.answers(101)).map(codeOf)).toEqual(Array.from({ length: 101 }, () => 'AR'))
  await bad.closed
  good.send(adt())
  expect((await good.answers(1)).map(codeOf)).toEqual(['AA'])
})

test('what goes wrong while reading ends that connection alone, and is logged and counted', async () => {
  const lines: string[] = []
  const failing = createLog('info', (line) => {
    lines.push(line)
    if (line.includes('hl7-nonsense-received')) throw new Error('disk full')
  })
  const listener = await open(acceptAll, {}, failing)
  const [bad, good] = [await join(listener), await join(listener)]
  bad.socket.write(bytesOf('x'))
  await bad.closed
  good.send(adt())
  expect((await good.answers(1)).map(codeOf)).toEqual(['AA'])
  expect(listener.stats()).toMatchObject({ failedReads: 1, connections: 1 })
  expect(lines.join('')).toContain('hl7-reading-failed')
})

test('an answer that comes in is not answered, or two systems would go on for ever', async () => {
  const listener = await open(acceptAll)
  const peer = await join(listener)
  peer.send('MSH|^~\\&|A|B|C|D|||ACK^A08|9|P|2.4\rMSA|AA|1\r')
  peer.send(adt())
  expect((await peer.answers(1)).map(idOf)).toEqual(['M1'])
  expect(listener.stats().strayAnswers).toBe(1)
})

test('only expected senders', async () => {
  const listener = await open(acceptAll, { senders: ['ZIS|UMC'] })
  const peer = await join(listener)
  peer.send(adt().replace('|ZIS|', '|OTHER|'))
  peer.send(adt())
  expect((await peer.answers(2)).map(codeOf)).toEqual(['AR', 'AA'])
  expect(listener.stats().unexpectedSenders).toBe(1)
})

test('a message over the cap is rejected by its own id, and the next is taken', async () => {
  const listener = await open(acceptAll, { limits: { frameBytes: 10_000 } })
  const peer = await join(listener)
  peer.send(adt({ id: 'BIG' }) + 'x'.repeat(2_000_000))
  peer.send(adt({ id: 'OK' }))
  expect((await peer.answers(2)).map((answer) => [codeOf(answer), idOf(answer)])).toEqual([
    ['AR', 'BIG'],
    ['AA', 'OK'],
  ])
  expect(listener.stats().tooLarge).toBe(1)
})

test('a frame that stops half-way is answered as cut off and the connection ended, also when the peer half-closes', async () => {
  const listener = await open(acceptAll, { limits: { frameMs: 20 } })
  const [silent, leaving] = [await join(listener), await join(listener)]
  silent.socket.write(bytesOf('\x0bMSH|^~\\&|A|||||ADT|H1'))
  leaving.socket.end(bytesOf(`\x0b${adt()}\x1c\r\x0b${adt({ id: 'H2' })}`))
  expect((await leaving.answers(2)).map((answer) => [codeOf(answer), idOf(answer)])).toEqual([
    ['AA', 'M1'],
    ['AR', 'H2'],
  ])
  expect(codeOf((await silent.answers(1))[0] ?? '')).toBe('AR')
  await Promise.all([silent.closed, leaving.closed])
})

test('a silent connection is ended after its time; a slow accept is not silence', async () => {
  const { accept, batches } = gate()
  const listener = await open(accept, { limits: { idleMs: 30 } })
  const busy = await join(listener)
  busy.send(adt())
  await until('the batch', () => batches.length === 1)
  const idle = await join(listener)
  await idle.closed
  batches[0]?.release()
  busy.send(adt())
  await until('the next batch', () => batches.length === 2)
  batches[1]?.release()
  expect((await busy.answers(2)).map(codeOf)).toEqual(['AA', 'AA'])
})

test('a peer that was ended and never closes loses its connection', async () => {
  const listener = await open(acceptAll, { limits: { lingerMs: 20 } })
  const socket = connect({ host: '127.0.0.1', port: listener.port, allowHalfOpen: true })
  closeLater(async () => socket.destroy())
  socket.resume()
  socket.on('error', () => socket.destroy())
  socket.write(bytesOf('x\x0b\x1c'.repeat(1000)))
  await until('it is ended', () => socket.readableEnded || socket.destroyed)
  await until('it is out', () => listener.stats().connections === 0)
})

test('too many connections are told so, and the others stay', async () => {
  const listener = await open(acceptAll, { limits: { connections: 2 } })
  const [one] = [await join(listener), await join(listener)]
  await until('both are in', () => listener.stats().connections === 2)
  const refused = await Promise.all(Array.from({ length: 20 }, () => join(listener)))
  const answers = await Promise.all(refused.map(async (peer) => (await peer.answers(1))[0] ?? ''))
  expect(answers.map(codeOf)).toEqual(refused.map(() => 'AR'))
  await Promise.all(refused.map((peer) => peer.closed))
  one.send(adt())
  expect((await one.answers(1)).map(codeOf)).toEqual(['AA'])
  expect(listener.stats()).toMatchObject({ refusedConnections: 20, connections: 2 })
})

test('a peer that sends without waiting is held back, and gets every answer in order', async () => {
  const { accept, batches } = gate()
  const listener = await open(accept)
  const peer = await join(listener)
  const count = 20_000
  for (let id = 0; id < count; id++) peer.send(adt({ id: String(id) }))
  await untilStill('the peer is held back', () => peer.socket.writableLength)
  expect(listener.stats().waiting).toBeLessThan(1000)
  let at = 0
  const pump = setInterval(() => {
    while (at < batches.length) batches[at++]?.release()
  }, 0)
  const answers = await peer.answers(count).finally(() => clearInterval(pump))
  expect(answers.map(idOf)).toEqual(Array.from({ length: count }, (_, id) => String(id)))
})

test('a peer that does not read its answers is held back until it does', async () => {
  const listener = await open(acceptAll)
  const peer = await join(listener)
  const count = 1500
  const long = adt().replace('|ONTREGEL|', `|${'O'.repeat(20_000)}|`)
  peer.socket.pause()
  for (let id = 0; id < count; id++) peer.send(long)
  await untilStill('the peer is held back', () => peer.socket.writableLength)
  expect(listener.stats().accepted).toBeLessThan(count)
  peer.socket.resume()
  expect((await peer.answers(count)).length).toBe(count)
})

test('any bytes on the port are answered or the connection ends, without hanging and without harm to others', async () => {
  const listener = await open(acceptAll, { limits: { frameMs: 50 } })
  const good = await join(listener)
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom(...['\x0b', '\x1c\r', 'MSH|^~\\&|', '\r', adt(), 'BHS|^~\\&\r', '""'].map(bytesOf)),
  )
  let sent = 0
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 10 }), async (pieces) => {
      const peer = await connectPeer(listener.port)
      const started = performance.now()
      for (const bytes of pieces) peer.socket.write(bytes)
      peer.socket.end()
      await peer.closed
      expect(performance.now() - started).toBeLessThan(20_000)
      const isBlank = /^[\r\n]*$/.test(Buffer.concat(pieces).toString('latin1'))
      if (!isBlank) expect(peer.received()).toContain('\rMSA|A')
      if (++sent % 10 === 0) good.send(adt())
    }),
    { numRuns: 200 },
  )
  expect((await good.answers(sent / 10)).map(codeOf)).toEqual(Array.from({ length: sent / 10 }, () => 'AA'))
}, 60_000)
