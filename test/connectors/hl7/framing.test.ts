import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDecoder, encodeFrame } from '../../../connectors/hl7/framing.ts'

const message = fc
  .uint8Array({ maxLength: 300 })
  .map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0x0b && byte !== 0x1c)))

test('frames come out whole and in order however the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 8 }),
      fc.array(fc.nat(400), { maxLength: 30 }),
      (messages, cuts) => {
        const stream = Buffer.concat(messages.map(encodeFrame))
        const decoder = createDecoder()
        const places = [
          0,
          ...cuts.map((cut) => cut % (stream.length + 1)).toSorted((a, b) => a - b),
          stream.length,
        ]
        const received = places.slice(1).flatMap((to, at) => decoder.push(stream.subarray(places[at], to)))
        expect(received.map(({ kind, bytes }) => [kind, bytes.toString('hex')])).toEqual(
          messages.map((bytes) => ['frame', bytes.toString('hex')]),
        )
        expect(decoder.held()).toBe(0)
        expect(decoder.garbage()).toBe(0)
      },
    ),
    { verbose: 1 },
  )
})

test('any bytes in any pieces: memory stays under the cap and nothing throws', () => {
  const noise = fc.array(fc.oneof(fc.constantFrom(0x0b, 0x1c, 0x0d, 0x4d), fc.nat(255)), { maxLength: 400 })
  fc.assert(
    fc.property(fc.array(noise, { maxLength: 20 }), (chunks) => {
      const decoder = createDecoder(64)
      for (const chunk of chunks) {
        for (const { bytes } of decoder.push(Buffer.from(chunk)))
          expect(bytes.length).toBeLessThanOrEqual(4096)
        expect(decoder.held()).toBeLessThanOrEqual(4096)
      }
    }),
  )
})

test('a missing CR after FS, line ends between frames and doubled VT are taken as they are', () => {
  const decoder = createDecoder()
  const received = decoder.push(Buffer.from('\x0bMSH|one\x1c\x0bMSH|two\x1c\r\r\n\x0b\x0bMSH|three\x1c'))
  expect(received.map(({ bytes }) => bytes.toString())).toEqual(['MSH|one', 'MSH|two', 'MSH|three'])
  expect(decoder.garbage()).toBe(0)
})

test('garbage is counted, and told once per stretch before the frame that follows it', () => {
  const decoder = createDecoder()
  const received = [
    ...decoder.push(Buffer.from('GET /')),
    ...decoder.push(Buffer.from(' HTTP\x0bMSH|a\x1c\rx\x0bb\x1c')),
  ]
  expect(received.map(({ kind }) => kind)).toEqual(['garbage', 'frame', 'garbage', 'frame'])
  expect(decoder.garbage()).toBe(11)
})

test('a frame that begins inside another never joins it', () => {
  const received = createDecoder().push(Buffer.from('\x0bMSH|cut\rPID|half\x0bMSH|whole\x1c\r'))
  expect(received.map(({ kind, bytes }) => `${kind}: ${bytes.toString()}`)).toEqual([
    'cut-off: MSH|cut\rPID|half',
    'frame: MSH|whole',
  ])
})

test('more frames begun inside one than anybody sends are told one by one up to a hundred, and then as one', () => {
  const received = createDecoder().push(Buffer.from(`\x0bMSH|0${'\x0bMSH|'.repeat(400_000)}\x1c\r`))
  expect(received.map(({ kind }) => kind)).toEqual(Array.from({ length: 101 }, () => 'cut-off'))
  expect(received.at(-1)?.bytes.length).toBe(4096)
  const pieces = createDecoder()
  pieces.push(Buffer.from('\x0bMSH|0'))
  expect(pieces.push(Buffer.from(`${'\x0bMSH|'.repeat(400_000)}\x1c\r`))).toHaveLength(101)
})

test('a VT inside a text stays in its message', () => {
  const [frame] = createDecoder().push(Buffer.from('\x0bMSH|\rNTE|a\x0bb\x1c\r'))
  expect(frame?.bytes.toString()).toBe('MSH|\rNTE|a\x0bb')
})

test('a frame over the cap gives its head, and the next one is read as usual', () => {
  const decoder = createDecoder(10_000)
  const received = [
    ...decoder.push(Buffer.from('\x0bMSH|too large')),
    ...Array.from({ length: 200 }, () => decoder.push(Buffer.alloc(1000, 'x'))).flat(),
    ...decoder.push(Buffer.from('\x1c\r\x0bMSH|next\x1c\r')),
  ]
  expect(received.map(({ kind, bytes }) => [kind, bytes.subarray(0, 8).toString()])).toEqual([
    ['too-large', 'MSH|too '],
    ['frame', 'MSH|next'],
  ])
  expect(received[0]?.bytes.length).toBe(4096)
})

test('a frame cut off by the end of the stream is told', () => {
  const decoder = createDecoder()
  decoder.push(Buffer.from('\x0bMSH|half'))
  expect(decoder.inFrame()).toBe(true)
  expect(decoder.end().map(({ kind }) => kind)).toEqual(['cut-off'])
  expect(decoder.end()).toEqual([])
})

test('10 MB byte by byte costs bytes, not an object each', () => {
  const decoder = createDecoder()
  const before = process.memoryUsage()
  decoder.push(Buffer.from([0x0b]))
  const one = Buffer.from('x')
  for (let count = 0; count < 10_000_000; count++) decoder.push(one)
  const after = process.memoryUsage()
  const used =
    after.heapUsed +
    after.arrayBuffers +
    after.external -
    before.heapUsed -
    before.arrayBuffers -
    before.external
  expect(decoder.held()).toBe(10_000_000)
  expect(used).toBeLessThan(100_000_000)
})
