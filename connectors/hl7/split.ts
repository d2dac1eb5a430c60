import { Failure } from '../failure.ts'

/** A stretch of bytes: `end` is the first byte after it. */
export interface Range {
  readonly start: number
  readonly end: number
}

export interface Split {
  /** One stretch per message, blank bytes around it included, so that the only message of a frame is the frame. */
  readonly messages: readonly Range[]
  /** Lines of a file or batch envelope: FHS, BHS, BTS, FTS. */
  readonly envelope: readonly Range[]
  /** What stands before the first message and is neither blank nor an envelope. */
  readonly stray: readonly Range[]
}

/** Keeps a frame of nothing but headers from becoming millions of messages in memory. */
const MOST_MESSAGES = 10_000
const CR = 0x0d
const LF = 0x0a

/**
 * Divides a frame or file into its messages: several MSH in one frame are several messages, never one.
 * @throws {Failure} `business`, `hl7-too-many-messages`, when it holds more than `most` messages and envelope lines.
 */
export function splitMessages(bytes: Buffer, most: number = MOST_MESSAGES): Split {
  const messages: Range[] = []
  const envelope: Range[] = []
  const stray: Range[] = []
  const marks = findMarks(bytes, most)
  marks.forEach((mark, index) => {
    const range = { start: mark.start, end: marks[index + 1]?.start ?? bytes.length }
    if (mark.kind === 'message') messages.push(range)
    else if (mark.kind === 'envelope') splitEnvelope(bytes, range, envelope, stray)
    else if (range.end > range.start && !isBlank(bytes, range)) stray.push(range)
    else extendOverBlank(range, marks, index)
  })
  return { messages, envelope, stray }
}

interface Mark {
  start: number
  readonly kind: 'head' | 'message' | 'envelope'
}

/** Blank bytes before the first message belong to it: a byte order mark must not be lost. */
function extendOverBlank(range: Range, marks: Mark[], index: number): void {
  const next = marks[index + 1]
  if (next?.kind === 'message') next.start = range.start
}

/** An envelope segment is one line; what follows it before the next mark is not a message. */
function splitEnvelope(bytes: Buffer, range: Range, envelope: Range[], stray: Range[]): void {
  let end = range.start
  while (end < range.end && bytes[end] !== CR && bytes[end] !== LF) end++
  while (end < range.end && (bytes[end] === CR || bytes[end] === LF)) end++
  envelope.push({ start: range.start, end })
  const rest = { start: end, end: range.end }
  if (!isBlank(bytes, rest)) stray.push(rest)
}

function findMarks(bytes: Buffer, most: number): Mark[] {
  const marks: Mark[] = [{ start: 0, kind: 'head' }]
  let separator: number | undefined
  for (let at = skipByteOrderMark(bytes); at < bytes.length; at++) {
    const kind = markAt(bytes, at, separator)
    if (kind) marks.push({ start: at, kind })
    if (marks.length > most + 1) throw tooMany(most)
    if (kind) separator ??= bytes[at + 3]
    while (at < bytes.length && bytes[at] !== CR && bytes[at] !== LF) at++
  }
  return marks
}

/** MSH, FHS and BHS bring their delimiters with them; "MSH-" at the start of a line of text does not. */
function markAt(bytes: Buffer, at: number, separator: number | undefined): Mark['kind'] | undefined {
  const first = bytes[at]
  if (first !== 0x4d && first !== 0x46 && first !== 0x42) return undefined
  const name = bytes.toString('latin1', at, at + 3)
  const isHeader = isSign(bytes[at + 3]) && isSign(bytes[at + 4])
  if (name === 'MSH') return isHeader ? 'message' : undefined
  if (name === 'FHS' || name === 'BHS') return isHeader ? 'envelope' : undefined
  if (name !== 'BTS' && name !== 'FTS') return undefined
  const next = bytes[at + 3]
  return next === undefined || next === separator || next === CR || next === LF ? 'envelope' : undefined
}

/** A delimiter can be any printable sign that is not a letter, a digit or a space. */
function isSign(byte: number | undefined): boolean {
  return byte !== undefined && /[!-/:-@[-`{-~]/.test(String.fromCharCode(byte))
}

function isBlank(bytes: Buffer, range: Range): boolean {
  for (let at = range.start; at < range.end; at++) {
    const byte = bytes[at] ?? 0
    const mark = at < 3 && skipByteOrderMark(bytes) === 3
    if (byte !== CR && byte !== LF && byte !== 0x20 && byte !== 0x09 && byte !== 0 && !mark) return false
  }
  return true
}

/** 3 when the bytes begin with the byte order mark of UTF-8, else 0. */
export function skipByteOrderMark(bytes: Buffer): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
}

function tooMany(most: number): Failure {
  return new Failure(
    'business',
    'hl7-too-many-messages',
    `One frame or file holds more than ${most} HL7 messages: ask its sender to send fewer at a time.`,
  )
}
