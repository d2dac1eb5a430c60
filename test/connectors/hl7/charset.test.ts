import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Charset } from '../../../connectors/hl7/charset.ts'
import { contradiction, decodeBytes, encodeText, readCharset } from '../../../connectors/hl7/charset.ts'

test.each([
  ['8859/1', '8859/1'],
  ['ISO-8859-1', '8859/1'],
  ['8859/15', '8859/15'],
  ['iso8859-15', '8859/15'],
  ['UNICODE UTF-8', 'UNICODE UTF-8'],
  ['UNICODE', 'UNICODE UTF-8'],
  ['utf8', 'UNICODE UTF-8'],
  ['ASCII', 'ASCII'],
  ['UNICODE UTF-16', undefined],
  ['constructor', undefined],
  ['KLINGON', undefined],
])('MSH-18 "%s" means %s', (declared, meant) => expect(readCharset(declared)).toBe(meant))

test('8859/15 differs from 8859/1 in exactly eight places, and 8859/1 is not windows-1252', () => {
  const all = String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte))
  const differ = [...decodeBytes(all, '8859/15')].flatMap((letter, byte) =>
    letter === all[byte] ? [] : [[byte, letter]],
  )
  expect(differ).toEqual([
    [0xa4, '€'],
    [0xa6, 'Š'],
    [0xa8, 'š'],
    [0xb4, 'Ž'],
    [0xb8, 'ž'],
    [0xbc, 'Œ'],
    [0xbd, 'œ'],
    [0xbe, 'Ÿ'],
  ])
  expect(decodeBytes('\x80', '8859/1')).toBe('\x80')
  expect(encodeText(decodeBytes(all, '8859/15'), '8859/15')).toBe(all)
})

test('what a character set can carry comes back the same', () => {
  const charsets: Charset[] = ['ASCII', '8859/1', '8859/15', 'UNICODE UTF-8']
  fc.assert(
    fc.property(fc.constantFrom(...charsets), fc.string({ unit: 'binary' }), (charset, text) => {
      let raw
      try {
        raw = encodeText(text, charset)
      } catch {
        expect(charset).not.toBe('UNICODE UTF-8')
        return
      }
      expect(decodeBytes(raw, charset)).toBe(text)
    }),
  )
})

test.each<[string, Charset]>([
  ['é', 'ASCII'],
  ['€', '8859/1'],
  ['¤', '8859/15'],
  ['ł', '8859/15'],
  ['\ud800', 'UNICODE UTF-8'],
])('%j is refused in %s, never replaced', (text, charset) =>
  expect(() => encodeText(text, charset)).toThrow(/cannot carry/),
)

test.each<[string, Charset, RegExp | undefined]>([
  ['Jos\xc3\xa9', '8859/1', /bytes are UTF-8/],
  ['Jos\xe9', '8859/1', undefined],
  ['Jos\xe9', 'UNICODE UTF-8', /not UTF-8/],
  ['Jos\xc3\xa9', 'UNICODE UTF-8', undefined],
  ['Jos\xe9', 'ASCII', /outside ASCII/],
  ['\x80 12', '8859/1', /windows-1252/],
  ['\xa4 12', '8859/15', undefined],
  ['Jan', 'UNICODE UTF-8', undefined],
])('a wrong declaration is noticed: %j as %s', (raw, charset, expected) => {
  const found = contradiction(Buffer.from(raw, 'latin1'), charset)
  if (expected) expect(found).toMatch(expected)
  else expect(found).toBeUndefined()
})
