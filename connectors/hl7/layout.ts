import { Failure } from '../failure.ts'
import type { Path } from './path.ts'
import { skipByteOrderMark } from './split.ts'

/** The signs of MSH-1 and MSH-2, one character each; empty when the message does not have it. */
export interface Delimiters {
  readonly field: string
  readonly component: string
  readonly repetition: string
  readonly escape: string
  readonly subcomponent: string
  /** The fifth sign of MSH-2, since 2.7. */
  readonly truncation: string
}

export const STANDARD_DELIMITERS: Delimiters = {
  field: '|',
  component: '^',
  repetition: '~',
  escape: '\\',
  subcomponent: '&',
  truncation: '',
}

export interface Limits {
  /** Segments in a message. */
  readonly segments: number
  /** Repetitions that `all` gives of one field. */
  readonly repetitions: number
}

export const DEFAULT_LIMITS: Limits = { segments: 100_000, repetitions: 10_000 }

/** A stretch of the message: one character per byte, and where it begins in the bytes. */
export interface Part {
  readonly text: string
  readonly start: number
}

/** Where the segments of a message stand, found as far as was asked. */
export interface Layout {
  readonly bytes: Buffer
  readonly delimiters: Delimiters
  readonly limits: Limits
  readonly starts: number[]
  readonly ends: number[]
  readonly texts: (string | undefined)[]
  readonly hasLineFeeds: boolean
  next: number
}

const CR = 0x0d
const LF = 0x0a

/**
 * Finds MSH and its delimiters; nothing else is read yet.
 * @throws {Failure} `business`, `hl7-unreadable`, when the bytes are not one HL7 message.
 */
export function openLayout(bytes: Buffer, limits: Limits = DEFAULT_LIMITS): Layout {
  let start = skipByteOrderMark(bytes)
  while (isBlank(bytes[start])) start++
  if (bytes[start] !== 0x4d || bytes[start + 1] !== 0x53 || bytes[start + 2] !== 0x48) {
    throw unreadable('it does not begin with MSH')
  }
  return {
    bytes,
    delimiters: readDelimiters(bytes, start),
    limits,
    starts: [],
    ends: [],
    texts: [],
    hasLineFeeds: bytes.includes(LF),
    next: start,
  }
}

/** @param why What is wrong with it, without its content. */
export function unreadable(why: string): Failure {
  return new Failure(
    'business',
    'hl7-unreadable',
    `This is not a readable HL7 message: ${why}. Ask its sender.`,
  )
}

function readDelimiters(bytes: Buffer, start: number): Delimiters {
  const head = bytes.toString('latin1', start + 3, start + 9)
  const field = head[0] ?? ''
  if (head.startsWith('|^~\\&|')) return STANDARD_DELIMITERS
  const stop = head.indexOf(field, 1)
  const signs = head.slice(1, stop < 0 ? 6 : stop).split(/[\r\n]/, 1)[0] ?? ''
  if (!/^[!-/:-@[-`{-~]{2,6}$/.test(field + signs) || (field + signs).includes('"')) {
    throw unreadable('MSH-1 and MSH-2 do not hold usable delimiters')
  }
  /** A sign that was given before cannot delimit anything more. */
  const sign = (at: number) => (signs.indexOf(signs[at] ?? '') === at ? (signs[at] ?? '') : '')
  return {
    field,
    component: sign(0),
    repetition: sign(1),
    escape: sign(2),
    subcomponent: sign(3),
    truncation: sign(4),
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === CR || byte === LF || byte === 0x20 || byte === 0x09 || byte === 0
}

/**
 * Whether the message has a segment at this index, counted from 0; looks no further than there.
 * @throws {Failure} `business`, `hl7-too-many-segments`.
 */
export function hasSegment(layout: Layout, index: number): boolean {
  while (layout.starts.length <= index) if (!findNextSegment(layout)) return false
  return true
}

function findNextSegment(layout: Layout): boolean {
  const { bytes, starts, ends, limits } = layout
  let at = layout.next
  while (bytes[at] === CR || bytes[at] === LF) at++
  layout.next = at
  if (at >= bytes.length) return false
  if (starts.length >= limits.segments) {
    throw new Failure(
      'business',
      'hl7-too-many-segments',
      `The HL7 message has more than ${limits.segments} segments: ask its sender, or raise the limit of the channel.`,
    )
  }
  starts.push(at)
  layout.next = segmentEnd(layout, at)
  ends.push(layout.next)
  return true
}

/** Without line feeds, which is what HL7 asks, the end of a segment is found by the machine's own search. */
function segmentEnd(layout: Layout, start: number): number {
  const { bytes } = layout
  if (!layout.hasLineFeeds) {
    const end = bytes.indexOf(CR, start)
    return end < 0 ? bytes.length : end
  }
  let at = start
  while (at < bytes.length && !endsSegment(layout, at)) at++
  return at
}

/** A line feed ends a segment only where a segment follows: some senders have bare line feeds inside their text. */
function endsSegment(layout: Layout, at: number): boolean {
  const byte = layout.bytes[at]
  return byte === CR || (byte === LF && startsSegment(layout, at + 1))
}

function startsSegment({ bytes, delimiters }: Layout, at: number): boolean {
  let start = at
  while (bytes[start] === CR || bytes[start] === LF) start++
  if (start >= bytes.length) return true
  const head = bytes.toString('latin1', start, start + 4)
  return head[3] === delimiters.field && /^[A-Z][A-Z0-9]{2}/.test(head)
}

/** The whole segment at an index that `hasSegment` said yes to. */
export function segmentAt(layout: Layout, index: number): Part {
  const start = layout.starts[index] ?? 0
  const known = layout.texts[index]
  if (known !== undefined) return { text: known, start }
  const text = layout.bytes.toString('latin1', start, layout.ends[index] ?? start)
  layout.texts[index] = text
  return { text, start }
}

/** The first three characters of a segment. */
export function isNamed(layout: Layout, index: number, name: string): boolean {
  const start = layout.starts[index] ?? 0
  const { bytes } = layout
  if (bytes[start] !== name.charCodeAt(0) || bytes[start + 1] !== name.charCodeAt(1)) return false
  if (bytes[start + 2] !== name.charCodeAt(2)) return false
  const end = layout.ends[index] ?? start
  return end === start + 3 || bytes[start + 3] === layout.delimiters.field.charCodeAt(0)
}

/** The nth part, from 1, of a text divided by a delimiter; undefined when there are fewer. */
export function nthPart(part: Part, delimiter: string, n: number): Part | undefined {
  const { text } = part
  let from = 0
  for (let count = 1; count < n; count++) {
    const at = delimiter === '' ? -1 : text.indexOf(delimiter, from)
    if (at < 0) return undefined
    from = at + 1
  }
  const stop = delimiter === '' ? -1 : text.indexOf(delimiter, from)
  return { text: text.slice(from, stop < 0 ? text.length : stop), start: part.start + from }
}

/** How many places the fields of MSH are shifted: MSH-1 is the delimiter itself. */
export function fieldPart(segment: Part, delimiters: Delimiters, field: number): Part | undefined {
  if (!segment.text.startsWith('MSH')) return nthPart(segment, delimiters.field, field + 1)
  if (field === 1) return { text: delimiters.field, start: segment.start + 3 }
  return nthPart(segment, delimiters.field, field)
}

/** MSH-1 and MSH-2 are the delimiters and are not divided by them. */
export function isDelimiterField(segment: Part, field: number): boolean {
  return field <= 2 && segment.text.startsWith('MSH')
}

/** The component or sub-component of one repetition that a path names; the repetition itself when it goes no deeper. */
export function partWithin(
  repetition: Part | undefined,
  delimiters: Delimiters,
  place: Pick<Path, 'component' | 'subcomponent'>,
): Part | undefined {
  if (!repetition || place.component === 0) return repetition
  const component = nthPart(repetition, delimiters.component, place.component)
  if (!component || place.subcomponent === 0) return component
  return nthPart(component, delimiters.subcomponent, place.subcomponent)
}
