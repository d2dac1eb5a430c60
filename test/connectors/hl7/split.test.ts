import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitMessages } from '../../../connectors/hl7/split.ts'

const parts = (raw: string) => {
  const bytes = Buffer.from(raw, 'latin1')
  const texts = (ranges: readonly { start: number; end: number }[]) =>
    ranges.map(({ start, end }) => raw.slice(start, end))
  const { messages, envelope, stray } = splitMessages(bytes)
  return { messages: texts(messages), envelope: texts(envelope), stray: texts(stray) }
}

test('several MSH in one frame are several messages', () => {
  expect(parts('MSH|^~\\&|A\rPID|1\rMSH|^~\\&|B\rPID|2\r').messages).toEqual([
    'MSH|^~\\&|A\rPID|1\r',
    'MSH|^~\\&|B\rPID|2\r',
  ])
  expect(parts('MSH|^~\\&|A\nMSH#*~\\&#B').messages).toEqual(['MSH|^~\\&|A\n', 'MSH#*~\\&#B'])
})

test('batch and file envelopes are kept apart from the messages, several batches too', () => {
  const batch = (id: string) => `BHS|^~\\&|${id}\rMSH|^~\\&|${id}1\rPID|1\rMSH|^~\\&|${id}2\rBTS|2\r`
  const found = parts(`FHS|^~\\&|x\r${batch('A')}${batch('B')}FTS|2\r`)
  expect(found.messages.map((text) => text.slice(9, 11))).toEqual(['A1', 'A2', 'B1', 'B2'])
  expect(found.envelope.map((text) => text.slice(0, 3))).toEqual(['FHS', 'BHS', 'BTS', 'BHS', 'BTS', 'FTS'])
  expect(found.stray).toEqual([])
})

test('a single message is the whole frame, byte order mark and blank lines included', () => {
  const raw = '\xef\xbb\xbf\r\nMSH|^~\\&|A\rPID|1\r\n\r\n'
  expect(parts(raw)).toEqual({ messages: [raw], envelope: [], stray: [] })
})

test('text that only looks like a header does not divide a message', () => {
  const raw = 'MSH|^~\\&|A\rNTE|1||see\nMSH-segment below\nBHS and BTS\r'
  expect(parts(raw).messages).toEqual([raw])
})

test('what is neither message nor envelope is told', () => {
  expect(parts('hello\rMSH|^~\\&|A\r')).toEqual({
    messages: ['MSH|^~\\&|A\r'],
    envelope: [],
    stray: ['hello\r'],
  })
  expect(parts('hello').messages).toEqual([])
})

test('no byte is lost or given twice', () => {
  const line = fc.constantFrom(
    'MSH|^~\\&|A',
    'PID|1',
    'BHS|^~\\&',
    'BTS|1',
    'FHS|^~\\&',
    'FTS',
    '',
    'x',
    'MSH',
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(line, fc.constantFrom('\r', '\n', '\r\n')), { maxLength: 15 }), (lines) => {
      const raw = lines.map(([text, end]) => text + end).join('')
      const { messages, envelope, stray } = splitMessages(Buffer.from(raw))
      const ranges = [...messages, ...envelope, ...stray].toSorted((a, b) => a.start - b.start)
      let at = 0
      for (const { start, end } of ranges) {
        expect(raw.slice(at, start)).toMatch(/^\s*$/)
        expect(end).toBeGreaterThan(start)
        at = end
      }
      expect(raw.slice(at)).toMatch(/^\s*$/)
    }),
  )
})

test('a frame of nothing but headers is refused before it fills the memory', () => {
  expect(() => splitMessages(Buffer.from('MSH|^\r'.repeat(20_000)))).toThrow(/more than 10000/)
})
