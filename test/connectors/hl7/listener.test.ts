import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { Decision } from '../../../connectors/hl7/arrival.ts'
import type { AcceptBatch } from '../../../connectors/hl7/batches.ts'
import { createLog } from '../../../connectors/log.ts'
import { acceptAll, closeAll, closeLater, codeOf, gate, idOf, join, open } from './channel-under-test.ts'
import { until } from './peer.ts'
import { adt, bytesOf } from './samples.ts'

afterEach(closeAll)

test('nothing is answered before accept resolved, and the bytes handed over are those received', async () => {
  const { accept, batches } = gate()
  const peer = await join(await open(accept))
  peer.send(adt())
  await until('the batch is handed over', () => batches.length === 1)
  expect(peer.received()).toBe('')
  expect(batches[0]?.arrivals[0]).toMatchObject({ channel: 'adt', bytes: bytesOf(adt()), why: undefined })
  batches[0]?.release()
  const [answer = ''] = await peer.answers(1)
  expect([codeOf(answer), idOf(answer)]).toEqual(['AA', 'M1'])
})

test('one batch at a time over all connections; what came meanwhile is the next, in order of arrival', async () => {
  const { accept, batches, ids } = gate()
  const listener = await open(accept)
  const [one, two] = [await join(listener), await join(listener)]
  one.send(adt({ id: 'A1' }))
  await until('the first batch', () => batches.length === 1)
  one.send(adt({ id: 'A2' }))
  one.send(adt({ id: 'A3' }))
  two.send(adt({ id: 'B1' }))
  await until('all are read', () => one.socket.bytesWritten > 0 && listener.stats().connections === 2)
  batches[0]?.release()
  await until('the second batch', () => batches.length >= 2)
  for (let at = 1; at < batches.length || ids().flat().length < 4; at++) {
    await until('the next batch', () => batches.length > at)
    batches[at]?.release()
  }
  expect((await one.answers(3)).map(idOf)).toEqual(['A1', 'A2', 'A3'])
  expect((await two.answers(1)).map(idOf)).toEqual(['B1'])
  expect(ids()[0]).toEqual(['A1'])
  expect(
    ids()
      .flat()
      .filter((id) => id?.startsWith('A')),
  ).toEqual(['A1', 'A2', 'A3'])
})

test('accept that throws: AE for its batch, the next one goes on, and the log does not quote', async () => {
  const lines: string[] = []
  const { accept, batches } = gate()
  const peer = await join(
    await open(
      accept,
      {},
      createLog('info', (line) => lines.push(line)),
    ),
  )
  peer.send(adt({ id: 'X1' }))
  await until('the batch', () => batches.length === 1)
  batches[0]?.fail()
  const [refused = ''] = await peer.answers(1)
  expect([codeOf(refused), idOf(refused)]).toEqual(['AE', 'X1'])
  peer.send(adt({ id: 'X1' }))
  await until('the second batch', () => batches.length === 2)
  batches[1]?.release()
  expect((await peer.answers(2)).map(codeOf)).toEqual(['AE', 'AA'])
  expect(lines.some((line) => line.includes('hl7-batch-not-kept'))).toBe(true)
  expect(lines.join()).not.toMatch(/Berg|123456782|disk full/)
})

test('fewer decisions than arrivals is no acceptance', async () => {
  const peer = await join(await open(async () => []))
  peer.send(adt())
  expect((await peer.answers(1)).map(codeOf)).toEqual(['AE'])
})

test('repeat sends the earlier answer byte for byte', async () => {
  const earlier: Buffer[] = []
  const accept: AcceptBatch = async (arrivals) =>
    arrivals.map((arrival) => {
      const [bytes] = earlier
      earlier.push(arrival.acceptance())
      return bytes ? { answer: 'repeat', bytes } : { answer: 'accept' }
    })
  const listener = await open(accept)
  const peer = await join(listener)
  peer.send(adt({ modes: 'AL|AL' }))
  peer.send(adt({ modes: 'AL|AL' }))
  const answers = await peer.answers(4)
  expect(answers.map(codeOf)).toEqual(['CA', 'AA', 'CA', 'AA'])
  expect(answers.slice(2)).toEqual(answers.slice(0, 2))
  expect(listener.stats()).toMatchObject({ accepted: 1, repeated: 1 })
})

test('error and reject are said with their sentence; nothing is said when nothing was asked', async () => {
  const decisions: Decision[] = [
    { answer: 'error', sentence: 'Other content under the same id.', code: 205 },
    { answer: 'reject', sentence: 'Not for us.', code: 200 },
    { answer: 'accept' },
    { answer: 'accept' },
  ]
  const peer = await join(
    await open(async (arrivals) => arrivals.map(() => decisions.shift() ?? { answer: 'accept' })),
  )
  for (const modes of ['|', '|', 'NE|NE', '|']) peer.send(adt({ modes, id: `N${modes.length}` }))
  const answers = await peer.answers(3)
  expect(answers.map(codeOf)).toEqual(['AE', 'AR', 'AA'])
  expect(answers[0]).toContain('205&Duplicate key identifier')
})

test('several messages in one frame and a batch are each decided and answered by themselves', async () => {
  const seen: string[] = []
  const accept: AcceptBatch = async (arrivals) => {
    seen.push(...arrivals.map(({ bytes }) => bytes.toString('latin1')))
    return acceptAll(arrivals)
  }
  const peer = await join(await open(accept))
  const [one, two] = [adt({ id: 'B1' }), adt({ id: 'B2' })]
  peer.send(one + two)
  peer.send(`FHS|^~\\&\rBHS|^~\\&\r${one}${two}BTS|2\rFTS|1\r`)
  expect((await peer.answers(4)).map(idOf)).toEqual(['B1', 'B2', 'B1', 'B2'])
  expect(seen).toEqual([one, two, one, two])
})

test.each([
  ['an HTTP request', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', /outside an MLLP frame/],
  ['a frame without MSH', '\x0bhello\x1c\r', /does not begin with MSH/],
  ['an empty frame', '\x0b\x1c\r', /does not begin with MSH/],
  ['binary', '\x16\x03\x01\x00\xa5\x01\x00\x00', /outside an MLLP frame/],
  ['no control id', `\x0b${adt({ id: '' })}\x1c\r`, /MSH-10/],
  ['a control id that no database keeps', `\x0b${adt({ id: 'M\\X00\\1' })}\x1c\r`, /control sign in it/],
  ['a control id that no index keeps', `\x0b${adt({ id: 'M'.repeat(251) })}\x1c\r`, /more than 250 signs/],
])('garbage is answered AR with ERR even when accept says yes: %s', async (_, raw, sentence) => {
  const listener = await open(acceptAll)
  const peer = await join(listener)
  peer.socket.write(bytesOf(raw))
  const [answer = ''] = await peer.answers(1)
  expect(codeOf(answer)).toBe('AR')
  expect(answer).toMatch(sentence)
  expect(answer).toContain('\rERR|')
  peer.send(adt())
  expect(codeOf((await peer.answers(2))[1] ?? '')).toBe('AA')
  const { garbage, unreadable } = listener.stats()
  expect(garbage + unreadable).toBe(1)
})

test('shutdown answers what it took, and takes nothing more', async () => {
  const { accept, batches } = gate()
  const listener = await open(accept)
  const peer = await join(listener)
  peer.send(adt({ id: 'S1' }))
  await until('the batch', () => batches.length === 1)
  const closed = listener.close()
  peer.send(adt({ id: 'S2' }))
  batches[0]?.release()
  await closed
  await peer.closed
  expect((await peer.answers(1)).map(idOf)).toEqual(['S1'])
  expect(batches.length).toBe(1)
})

test('50 MB go through, byte for byte, and the next message after them', async () => {
  const sizes: number[] = []
  let same = false
  const scan = Buffer.alloc(49 * 1024 * 1024, 'SGFsbG8=')
  const large = Buffer.concat([
    bytesOf(adt({ id: 'SCAN' })),
    Buffer.from('OBX|1|ED|scan||^^^Base64^'),
    scan,
    Buffer.from('\r'),
  ])
  const accept: AcceptBatch = async (arrivals) => {
    sizes.push(...arrivals.map(({ bytes }) => bytes.length))
    same ||= arrivals.some(({ bytes }) => bytes.equals(large))
    return acceptAll(arrivals)
  }
  const peer = await join(await open(accept))
  for (const bytes of [bytesOf('\x0b'), large, bytesOf('\x1c\r')]) peer.socket.write(bytes)
  peer.send(adt())
  expect((await peer.answers(2)).map(idOf)).toEqual(['SCAN', 'M1'])
  expect([same, sizes[0]]).toEqual([true, large.length])
}, 20_000)

test('a port that is taken is said in a sentence', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  closeLater(async () => taken.close())
  const address = taken.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await expect(open(acceptAll, { port })).rejects.toThrow(/EADDRINUSE.*Correct the channel/)
})
