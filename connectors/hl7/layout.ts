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
  /** One character per byte: the head of the message, longer when something beyond it was asked for. */
  text: string
  readonly delimiters: Delimiters
  readonly limits: Limits
  readonly starts: number[]
  readonly ends: number[]
  /** Where to look for the segment after the last one found. */
  next: number
  /** The CR and the LF that come next, kept: one that never comes is then looked for only once. */
  nextCr: number
  nextLf: number
}

/** Who a message is from and about stands in its first segments: of a report of 50 MB no more is decoded. */
const HEAD_BYTES = 512
const GROWTH = 8
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
  const text = bytes.toString('latin1', 0, start + HEAD_BYTES)
  const delimiters = readDelimiters(text, start)
  return { bytes, text, delimiters, limits, starts: [], ends: [], next: start, nextCr: -1, nextLf: -1 }
}

/** @param why What is wrong with it, without its content. */
export function unreadable(why: string): Failure {
  return new Failure(
    'business',
    'hl7-unreadable',
    `This is not a readable HL7 message: ${why}. Ask its sender.`,
  )
}

function readDelimiters(text: string, start: number): Delimiters {
  if (text.startsWith('|^~\\&|', start + 3)) return STANDARD_DELIMITERS
  const head = text.slice(start + 3, start + 9)
  const field = head[0] ?? ''
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
  const at = skipLineEnds(bytes, layout.next)
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

function segmentEnd(layout: Layout, start: number): number {
  let end = lineEnd(layout, start)
  while (end === layout.text.length && end < layout.bytes.length) {
    decodeFurther(layout)
    end = lineEnd(layout, start)
  }
  return end
}

function decodeFurther(layout: Layout): void {
  layout.text = layout.bytes.toString('latin1', 0, layout.text.length * GROWTH)
  layout.nextCr = layout.nextLf = -1
}

/** Where the segment that starts here ends, or where the decoded text does. */
function lineEnd(layout: Layout, start: number): number {
  const { text } = layout
  if (layout.nextCr < start) layout.nextCr = positionOf(text, '\r', start)
  if (layout.nextLf < start) layout.nextLf = positionOf(text, '\n', start)
  while (layout.nextLf < layout.nextCr) {
    const next = skipLineEnds(layout.bytes, layout.nextLf)
    if (startsSegment(layout, next)) break
    layout.nextLf = positionOf(text, '\n', next)
  }
  return Math.min(layout.nextCr, layout.nextLf)
}

function positionOf(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from)
  return at < 0 ? text.length : at
}

function skipLineEnds(bytes: Buffer, from: number): number {
  let at = from
  while (bytes[at] === CR || bytes[at] === LF) at++
  return at
}

/** A line feed ends a segment only where a segment follows: some senders have bare line feeds inside their text. */
function startsSegment({ bytes, delimiters }: Layout, at: number): boolean {
  if (at >= bytes.length) return true
  const head = bytes.toString('latin1', at, at + 4)
  return head[3] === delimiters.field && /^[A-Z][A-Z0-9]{2}/.test(head)
}

/** The whole segment at an index that `hasSegment` said yes to. */
export function segmentAt({ text, starts, ends }: Layout, index: number): Part {
  const start = starts[index] ?? 0
  return { text: text.slice(start, ends[index] ?? start), start }
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
  if (stop < 0 && from === 0) return part
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
