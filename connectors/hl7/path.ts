import { Failure } from '../failure.ts'

/** A place in a message. Positions count from 1; 0 says that the path does not go that deep or names no repetition. */
export interface Path {
  readonly segment: string
  readonly occurrence: number
  readonly field: number
  readonly repetition: number
  readonly component: number
  readonly subcomponent: number
}

/** Paths that were read before: software asks for the same few in every message. */
const known = new Map<string, Path>()
/** A path is made by a program, not by a message; should one make new ones without end, they are read anew. */
const MOST_KNOWN = 1000

/** Far beyond what HL7 defines; keeps a setting from asking for the impossible. */
const MAX_POSITION = 99_999

/**
 * Reads `PID-5.1`, `PID-3[2].1`, `PID-5.1.2`, `ZXX-4` or `OBX[3]-5`: segment, its occurrence, field, repetition, component, sub-component.
 * @throws {Failure} `business` when it is not a path.
 */
export function readPath(text: string): Path {
  const before = known.get(text)
  if (before) return before
  const path = parsePath(text)
  if (known.size === MOST_KNOWN) known.clear()
  known.set(text, path)
  return path
}

function parsePath(text: string): Path {
  const cursor = { text, at: 3 }
  const occurrence = bracketed(cursor)
  const isPath = isSegmentName(text.slice(0, 3)) && text[cursor.at] === '-'
  cursor.at++
  const place = isPath ? placeAt(cursor) : undefined
  if (!place || occurrence < 0) throw notAPath(text)
  return { segment: text.slice(0, 3), occurrence, ...place }
}

/**
 * Reads the part of a path after the segment: `5.1`, `3[2].1`.
 * @throws {Failure} `business` when it is not one.
 */
export function readPlace(text: string): Omit<Path, 'segment' | 'occurrence'> {
  const place = placeAt({ text, at: 0 })
  if (!place) throw notAPath(text)
  return place
}

interface Cursor {
  readonly text: string
  at: number
}

function placeAt(cursor: Cursor): Omit<Path, 'segment' | 'occurrence'> | undefined {
  const field = digits(cursor)
  const repetition = bracketed(cursor)
  const component = dotted(cursor)
  const subcomponent = component > 0 ? dotted(cursor) : 0
  const isWhole = cursor.at === cursor.text.length
  if (!isWhole || field < 1 || repetition < 0 || component < 0 || subcomponent < 0) return undefined
  return { field, repetition, component, subcomponent }
}

/** `[3]` as 3, nothing as 0, anything else as -1. */
function bracketed(cursor: Cursor): number {
  if (cursor.text[cursor.at] !== '[') return 0
  cursor.at++
  const position = digits(cursor)
  const isClosed = cursor.text[cursor.at] === ']'
  cursor.at++
  return isClosed ? position : -1
}

function dotted(cursor: Cursor): number {
  if (cursor.text[cursor.at] !== '.') return 0
  cursor.at++
  return digits(cursor)
}

function digits(cursor: Cursor): number {
  let value = 0
  for (; cursor.at < cursor.text.length; cursor.at++) {
    const digit = cursor.text.charCodeAt(cursor.at) - 48
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  return value >= 1 && value <= MAX_POSITION ? value : -1
}

/** Three signs, a letter first: PID, NK1, ZXX. */
export function isSegmentName(text: string): boolean {
  if (text.length !== 3) return false
  for (let at = 0; at < 3; at++) {
    const code = text.charCodeAt(at)
    const isLetter = code >= 65 && code <= 90
    if (!isLetter && (at === 0 || code < 48 || code > 57)) return false
  }
  return true
}

function notAPath(text: string): Failure {
  return new Failure(
    'business',
    'hl7-path',
    `"${text.slice(0, 40)}" is not a place in an HL7 message: write it like PID-5.1, PID-3[2].1 or OBX[3]-5.`,
  )
}
