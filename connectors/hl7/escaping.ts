import type { Charset } from './charset.ts'
import { decodeBytes, encodeText } from './charset.ts'
import { Failure } from '../failure.ts'
import type { Delimiters } from './layout.ts'

/** "Delete what you have": not the same as an empty field, which says nothing. */
export const HL7_NULL = '""'

/** The text that the bytes of a value stand for. Escapes we do not know stay as they are; highlighting is left out. */
export function readText(raw: string, delimiters: Delimiters, charset: Charset): string {
  const isEscaped = delimiters.escape !== '' && raw.includes(delimiters.escape)
  return decodeBytes(isEscaped ? unescape(raw, delimiters) : raw, charset)
}

/**
 * The bytes of a text, as a string with one character per byte; reading them gives the same text.
 * @throws {Failure} `business` when the character set or the delimiters of the message cannot carry it.
 */
export function writeText(text: string, delimiters: Delimiters, charset: Charset): string {
  const raw = encodeText(text, charset)
  if (raw === HL7_NULL) return inHex(raw, delimiters)
  let out = ''
  for (const sign of raw) out += isPlain(sign, delimiters) ? sign : writeSign(sign, delimiters)
  return out
}

/** Escapes are undone before decoding, because \X..\ holds bytes, of which several can make one character. */
function unescape(raw: string, delimiters: Delimiters): string {
  const { escape } = delimiters
  let out = ''
  let at = 0
  for (;;) {
    const start = raw.indexOf(escape, at)
    const stop = start < 0 ? -1 : raw.indexOf(escape, start + 1)
    if (stop < 0) return out + raw.slice(at)
    const meant = meaning(raw.slice(start + 1, stop), delimiters)
    out += raw.slice(at, start) + (meant ?? raw.slice(start, stop))
    at = meant === undefined ? stop : stop + 1
  }
}

function meaning(body: string, delimiters: Delimiters): string | undefined {
  if (body.length === 1) return signMeant(body, delimiters)
  if (body[0] === 'X' && /^X(?:[0-9A-Fa-f]{2})+$/.test(body))
    return Buffer.from(body.slice(1), 'hex').toString('latin1')
  if (body[0] === '.' && body.length <= 8) return layoutMeant(body.slice(1).toLowerCase())
  return undefined
}

function signMeant(body: string, delimiters: Delimiters): string | undefined {
  if (body === 'F') return delimiters.field
  if (body === 'S') return delimiters.component
  if (body === 'T') return delimiters.subcomponent || undefined
  if (body === 'R') return delimiters.repetition || undefined
  if (body === 'E') return delimiters.escape
  if (body === 'P') return delimiters.truncation || undefined
  return body === 'H' || body === 'N' ? '' : undefined
}

/** Formatting of FT fields, as far as plain text can show it: line breaks and spaces. */
function layoutMeant(command: string): string | undefined {
  if (command === 'br' || command === 'ce') return '\n'
  if (/^(?:fi|nf|in[+-]?\d+|ti[+-]?\d+)$/.test(command)) return ''
  const [, name, count] = /^(sp|sk) ?\+?(\d{0,2})$/.exec(command) ?? []
  if (name === undefined) return undefined
  return (name === 'sp' ? '\n' : ' ').repeat(Number(count || '1'))
}

function isPlain(sign: string, delimiters: Delimiters): boolean {
  if (sign < ' ' && sign !== '\t') return false
  const { field, component, repetition, escape, subcomponent, truncation } = delimiters
  const isDelimiter = sign === field || sign === component || sign === repetition || sign === escape
  return !isDelimiter && sign !== subcomponent && sign !== truncation
}

function writeSign(sign: string, delimiters: Delimiters): string {
  const { escape, field, component, repetition, subcomponent, truncation } = delimiters
  if (escape === '') throw noEscape()
  if (sign === '\n' && isPlain('.', delimiters)) return `${escape}.br${escape}`
  const names = new Map([
    [truncation, 'P'],
    [subcomponent, 'T'],
    [repetition, 'R'],
    [component, 'S'],
    [field, 'F'],
    [escape, 'E'],
  ])
  const name = names.get(sign)
  return name ? escape + name + escape : inHex(sign, delimiters)
}

/** The text `""` itself, which bare would mean the HL7 null, and signs without a name of their own. */
function inHex(raw: string, delimiters: Delimiters): string {
  if (delimiters.escape === '') throw noEscape()
  return `${delimiters.escape}X${Buffer.from(raw, 'latin1').toString('hex').toUpperCase()}${delimiters.escape}`
}

function noEscape(): Failure {
  return new Failure(
    'business',
    'hl7-no-escape',
    'A value has a sign that must be escaped, but MSH-2 of this message has no escape character: ask its sender for one.',
  )
}
