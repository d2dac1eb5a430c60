import { isAscii, isUtf8 } from 'node:buffer'
import { Failure } from '../failure.ts'

/** The character sets of MSH-18 that we read and write, by their names in HL7 table 0211. */
export const CHARSETS = ['ASCII', '8859/1', '8859/15', 'UNICODE UTF-8'] as const
export type Charset = (typeof CHARSETS)[number]

const NAMES: Readonly<Record<string, Charset>> = {
  ASCII: 'ASCII',
  USASCII: 'ASCII',
  ISOIR6: 'ASCII',
  '88591': '8859/1',
  ISO88591: '8859/1',
  ISOIR100: '8859/1',
  LATIN1: '8859/1',
  '885915': '8859/15',
  ISO885915: '8859/15',
  ISOIR203: '8859/15',
  LATIN9: '8859/15',
  UNICODE: 'UNICODE UTF-8',
  UNICODEUTF8: 'UNICODE UTF-8',
  UTF8: 'UNICODE UTF-8',
  ISOIR192: 'UNICODE UTF-8',
}

/** The character set that a text of MSH-18 means, `ISO-8859-1` and `utf8` understood too; undefined when we do not know it. */
export function readCharset(declared: string): Charset | undefined {
  if (declared === '8859/1' || declared === '8859/15') return declared
  const plain = declared.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return Object.hasOwn(NAMES, plain) ? NAMES[plain] : undefined
}

/** 8859/15 differs from 8859/1 in these eight places. TextDecoder('iso-8859-1') is windows-1252, so tables are ours. */
const LATIN_9 = new Map([
  ['\xa4', '€'],
  ['\xa6', 'Š'],
  ['\xa8', 'š'],
  ['\xb4', 'Ž'],
  ['\xb8', 'ž'],
  ['\xbc', 'Œ'],
  ['\xbd', 'œ'],
  ['\xbe', 'Ÿ'],
])
const FROM_LATIN_9 = new Map([...LATIN_9].map(([byte, letter]) => [letter, byte]))

/** Text from bytes given as a string with one character per byte. What ASCII does not have, or UTF-8 forbids, becomes U+FFFD. */
export function decodeBytes(raw: string, charset: Charset): string {
  if (charset === '8859/1' || !/[\x80-\xff]/.test(raw)) return raw
  if (charset === '8859/15')
    return raw.replace(/[\xa4\xa6\xa8\xb4\xb8\xbc-\xbe]/g, (byte) => LATIN_9.get(byte) ?? byte)
  if (charset === 'ASCII') return raw.replace(/[\x80-\xff]/g, '\ufffd')
  return Buffer.from(raw, 'latin1').toString('utf8')
}

/**
 * The bytes of a text, as a string with one character per byte.
 * @throws {Failure} `business` when the character set has no such character: it is never replaced by another.
 */
export function encodeText(text: string, charset: Charset): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text
  if (charset === 'UNICODE UTF-8') {
    if (!text.isWellFormed()) throw notInCharset(charset)
    return Buffer.from(text, 'utf8').toString('latin1')
  }
  const raw = charset === '8859/15' ? toLatin9(text) : text
  if (charset === 'ASCII' || /[^\x00-\xff]/.test(raw)) throw notInCharset(charset)
  return raw
}

/** The eight letters that gave way in 8859/15 are not written as their bytes: those mean other letters there. */
function toLatin9(text: string): string {
  return text.replace(
    /[\xa4\xa6\xa8\xb4\xb8\xbc-\xbe€ŠšŽžŒœŸ]/g,
    (letter) => FROM_LATIN_9.get(letter) ?? '\uffff',
  )
}

function notInCharset(charset: Charset): Failure {
  return new Failure(
    'business',
    'hl7-character',
    `A value has a character that ${charset} cannot carry: change the text, or the character set of the message (MSH-18).`,
  )
}

/** Why the bytes cannot be what MSH-18 says they are; undefined when nothing speaks against it. */
export function contradiction(bytes: Buffer, charset: Charset): string | undefined {
  if (isAscii(bytes)) return undefined
  const utf8 = isUtf8(bytes)
  if (charset === 'UNICODE UTF-8')
    return utf8 ? undefined : 'MSH-18 says UNICODE UTF-8, but the bytes are not UTF-8'
  if (utf8) return `MSH-18 says ${charset}, but the bytes are UTF-8`
  if (charset === 'ASCII') return 'MSH-18 says ASCII, but there are bytes outside ASCII'
  if (hasControlBytes(bytes)) return `MSH-18 says ${charset}, but there are bytes of windows-1252`
  return undefined
}

/** 0x80 to 0x9F are letters and quotes in windows-1252 and controls, which nobody sends, in 8859. */
function hasControlBytes(bytes: Buffer): boolean {
  // Not by a function called for each byte, which takes several times as long.
  for (const byte of bytes) if (byte >= 0x80 && byte <= 0x9f) return true
  return false
}
