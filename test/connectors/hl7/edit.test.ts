import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildMessage } from '../../../connectors/hl7/build.ts'
import type { Charset } from '../../../connectors/hl7/charset.ts'
import { addSegment, setValue } from '../../../connectors/hl7/edit.ts'
import { readMessage } from '../../../connectors/hl7/message.ts'
import { adt, bytesOf } from './samples.ts'

const signs = "!#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".split('')
/** Field, component, repetition, escape, sub-component, and sometimes truncation: any different signs. */
const delimiters = fc.uniqueArray(fc.constantFrom(...signs), { minLength: 5, maxLength: 6 })
const nasty = fc.constantFrom(
  '|',
  '^',
  '~',
  '\\',
  '&',
  '\r',
  '\n',
  '\r\n',
  '\x0b',
  '\x1c',
  '""',
  '\\F\\',
  '\\.br\\',
  'X41',
  '.',
  '#',
  ' ',
)
const letters = (charset: Charset) => {
  const own = { ASCII: 'aZ9', '8859/1': 'éÿ¤', '8859/15': 'é€Š', 'UNICODE UTF-8': 'ł€😀' }[charset]
  return fc.constantFrom(...own)
}
const charsets: Charset[] = ['ASCII', '8859/1', '8859/15', 'UNICODE UTF-8']
const written = fc.constantFrom(...charsets).chain((charset) =>
  fc.record({
    charset: fc.constant(charset),
    value: fc
      .array(fc.oneof(nasty, fc.constantFrom(...signs), letters(charset)), { minLength: 1, maxLength: 12 })
      .map((parts) => parts.join('')),
  }),
)
const place = fc.record({
  field: fc.integer({ min: 3, max: 40 }),
  repetition: fc.option(fc.integer({ min: 1, max: 5 })),
  component: fc.option(fc.integer({ min: 1, max: 5 })),
  subcomponent: fc.option(fc.integer({ min: 1, max: 5 })),
})

function pathOf(
  segment: string,
  { field, repetition, component, subcomponent }: typeof place extends fc.Arbitrary<infer P> ? P : never,
) {
  const deep = component === null ? '' : `.${component}${subcomponent === null ? '' : `.${subcomponent}`}`
  return `${segment}-${field}${repetition === null ? '' : `[${repetition}]`}${deep}`
}

test('write, then read: the same value, for every delimiter, escape, character set and place', () => {
  fc.assert(
    fc.property(
      delimiters,
      written,
      place,
      fc.constantFrom('PID', 'ZXX', 'EVN'),
      (signsUsed, { charset, value }, where, segment) => {
        const [field = '', ...rest] = signsUsed
        // MSH-18 without its slash or hyphen, which may be a delimiter here.
        const fields = 'A B C D   ADT 1 P 25      '.split(' ')
        const raw = [`MSH${field}${rest.join('')}`, ...fields.slice(0, 15), charset.replace(/\W/g, '')].join(
          field,
        )
        const before = `${raw}\rEVN${field}x\rPID${field}1${field}${rest.join('y')}\rZXX\rEND${field}last`
        const message = readMessage(bytesOf(before))
        expect(message.charset).toBe(charset)
        const path = pathOf(segment, where)
        const after = readMessage(setValue(message, path, value))
        expect(after.get(path)).toBe(value)
        expect(after.isNull(path)).toBe(false)
        expect(after.segments().map((one) => one.name)).toEqual(['MSH', 'EVN', 'PID', 'ZXX', 'END'])
      },
    ),
    { numRuns: 1000 },
  )
})

test('an edit changes its own bytes and no other', () => {
  const places = ['PID-5.1.1', 'PID-5.2', 'PID-3[2].1', 'PID-3', 'PID-8', 'ZXX-4', 'IN1-3.4', 'MSH-11']
  fc.assert(
    fc.property(
      fc.constantFrom(...places),
      fc.string({ minLength: 1 }),
      fc.constantFrom('\r', '\n', '\r\n'),
      (path, value, end) => {
        const bytes = bytesOf(`\xef\xbb\xbf${adt().replaceAll('\r', end)}`)
        const message = readMessage(bytes)
        const range = message.range(path) ?? { start: -1, end: -1 }
        const edited = setValue(message, path, value)
        expect(edited.subarray(0, range.start)).toEqual(bytes.subarray(0, range.start))
        expect(edited.subarray(edited.length - (bytes.length - range.end))).toEqual(bytes.subarray(range.end))
        expect(setValue(readMessage(edited), path, message.get(path) ?? '').length).toBeGreaterThan(0)
      },
    ),
  )
})

test('raw in, raw out: writing back what was read leaves every byte of an undivided value as it was', () => {
  const message = readMessage(bytesOf(adt({ pid5: 'D\\T\\E \\F\\x^Jos\xe9' })))
  for (const path of ['PID-5.1', 'PID-5.2', 'PID-3[2].1', 'ZXX-4', 'PID-29']) {
    expect(setValue(message, path, message.get(path))).toEqual(message.bytes)
  }
})

test('a shorter segment, field or component is made long enough', () => {
  const message = readMessage(bytesOf('MSH|^~\\&|A|||||||1|P|2.4\rPID|1\rZXX'))
  expect(setValue(message, 'PID-3[2].1.2', 'x').toString()).toContain('\rPID|1||~&x\r')
  expect(setValue(message, 'ZXX-2', 'x').toString()).toMatch(/\rZXX\|\|x$/)
  expect(setValue(message, 'PID-1.2', 'x').toString()).toContain('\rPID|1^x\r')
})

test('null, empty and what cannot be', () => {
  const message = readMessage(bytesOf(adt()))
  expect(readMessage(setValue(message, 'PID-29', null)).isNull('PID-29')).toBe(true)
  expect(readMessage(setValue(message, 'PID-29', undefined)).get('PID-29')).toBeUndefined()
  expect(() => setValue(message, 'OBX-5', 'x')).toThrow(/no such segment/)
  expect(() => setValue(message, 'MSH-2', 'x')).toThrow(/delimiters/)
  expect(() => setValue(message, 'PID-5.1', '€')).toThrow(/cannot carry/)
  expect(() => setValue(message, 'PID-5.1', '€')).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('€') }),
  )
})

test('segments are added where they belong, with the line end of the message', () => {
  const message = readMessage(bytesOf(adt().replaceAll('\r', '\r\n')))
  const added = readMessage(
    addSegment(message, 'PD1', ['', 'a&b', ['x', ['y', 'z']], { repeat: ['p', ['q', 'r']] }], 'PID'),
  )
  expect(added.segments().map(({ name }) => name)).toEqual(['MSH', 'EVN', 'PID', 'PD1', 'PV1', 'IN1', 'ZXX'])
  expect(added.bytes.toString('latin1')).toContain('\r\nPD1||a\\T\\b|x^y&z|p~q^r\r\nPV1')
  expect(addSegment(message, 'ZZZ', ['1']).toString('latin1')).toMatch(/vierde waarde\r\nZZZ\|1\r\n$/)
})

test('a line feed within a segment stays text, or nothing is written', () => {
  const message = readMessage(bytesOf('MSH|^~\\&|A|||||||1\rNTE|1||regel een\nEVN'))
  expect(readMessage(setValue(message, 'NTE-1', '2')).get('NTE-3')).toBe('regel een\nEVN')
  expect(() => setValue(message, 'NTE-4', 'x')).toThrow(/read as a segment of its own/)
})

test('a built message is read back as it was meant', () => {
  const bytes = buildMessage(
    {
      sender: { application: 'ONTREGEL', facility: 'A&B' },
      receiver: { application: 'ZIS', facility: 'UMC' },
      type: 'ADT',
      trigger: 'A08',
      structure: 'ADT_A01',
      controlId: 'id|1',
      version: '2.5',
      time: new Date('2026-11-22T08:30:00Z'),
      charset: '8859/15',
      acceptAnswer: 'AL',
      applicationAnswer: 'NE',
    },
    [
      [
        'PID',
        '1',
        null,
        {
          repeat: [
            ['4711', '', '', 'ZIS'],
            ['123456782', '', '', 'NLMINBIZA'],
          ],
        },
        '',
        [['van der Berg', 'van der', 'Berg'], 'Zoë €'],
      ],
      ['NTE', '1', '', 'regel een\nregel "twee"\r\n|^~\\&'],
    ],
  )
  const message = readMessage(bytes)
  expect(message).toMatchObject({
    type: 'ADT',
    trigger: 'A08',
    controlId: 'id|1',
    charset: '8859/15',
    odd: [],
  })
  expect(message.sender.facility).toBe('A&B')
  expect(message.get('MSH-9.3')).toBe('ADT_A01')
  expect([message.get('MSH-15'), message.get('MSH-16'), message.get('MSH-17')]).toEqual(['AL', 'NE', 'NLD'])
  expect(message.isNull('PID-2')).toBe(true)
  expect(message.all('PID-3.4')).toEqual(['ZIS', 'NLMINBIZA'])
  expect(message.get('PID-5.1.2')).toBe('van der')
  expect(message.get('PID-5.2')).toBe('Zoë €')
  expect(message.get('NTE-3')).toBe('regel een\nregel "twee"\r\n|^~\\&')
  expect(message.get('MSH-7')).toMatch(/^\d{14}[+-]\d{4}$/)
})
