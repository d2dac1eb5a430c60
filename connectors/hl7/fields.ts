import type { Charset } from './charset.ts'
import { HL7_NULL, readText } from './escaping.ts'
import { Failure } from '../failure.ts'
import type { Layout, Part } from './layout.ts'
import { fieldPart, hasSegment, isDelimiterField, isNamed, nthPart, partWithin, segmentAt } from './layout.ts'
import type { Path } from './path.ts'
import { readPath, readPlace } from './path.ts'

/**
 * Reading by path. A path without an occurrence or repetition means the first. A value that has parts below it is
 * given with its delimiters in it, so go as deep as the part that is meant: `PID-5.1.1` is the family name whether or
 * not the sender divides it.
 */
export interface Hl7Fields {
  /** The text at a path, unescaped; undefined when absent or empty; `''` for the HL7 null `""` (delete what you have). */
  get(path: string): string | undefined
  /**
   * The text in every repetition of every such segment, `''` where a repetition has nothing there, so that
   * `all('PID-3.1')` and `all('PID-3.5')` go together. Empty when the field is.
   */
  all(path: string): string[]
  /** True only for `""`. */
  isNull(path: string): boolean
  /** The segments of a name, or all, in order. */
  segments(name?: string): Hl7Segment[]
  /** The message cut at each segment of this name: `groups('OBR')` gives each OBR with what follows it. */
  groups(first: string): Hl7Fields[]
}

/** One segment, read by the part of the path after its name: `get('5.1')`, `all('3')`. */
export interface Hl7Segment {
  readonly name: string
  get(place: string): string | undefined
  all(place: string): string[]
  isNull(place: string): boolean
}

/** A message, or the stretch of its segments that a group is. */
export interface Reading {
  readonly layout: Layout
  readonly charset: Charset
  readonly from: number
  readonly to: number
}

type Place = Omit<Path, 'segment' | 'occurrence'>

/** What can be read from a message or a group. */
export function readFields(reading: Reading): Hl7Fields {
  return {
    get: (path) => textOf(reading, locate(reading, readPath(path))),
    all: (path) => everyText(reading, readPath(path)),
    isNull: (path) => locate(reading, readPath(path))?.text === HL7_NULL,
    segments: (name) => indexesOf(reading, name).map((index) => readSegment(reading, index)),
    groups: (first) => groupsOf(reading, first),
  }
}

/** The part of the message that a path names; undefined when it is not there. */
export function locate(reading: Reading, path: Path): Part | undefined {
  const index = findSegment(reading, path.segment, path.occurrence || 1)
  return index < 0 ? undefined : locateIn(reading, segmentAt(reading.layout, index), path)
}

/** The index of the nth segment of a name, or -1. */
export function findSegment(reading: Reading, name: string, occurrence: number): number {
  let count = 0
  for (let index = reading.from; index < reading.to && hasSegment(reading.layout, index); index++) {
    if (isNamed(reading.layout, index, name) && ++count === occurrence) return index
  }
  return -1
}

function indexesOf(reading: Reading, name: string | undefined): number[] {
  const indexes: number[] = []
  for (let index = reading.from; index < reading.to && hasSegment(reading.layout, index); index++) {
    if (name === undefined || isNamed(reading.layout, index, name)) indexes.push(index)
  }
  return indexes
}

function locateIn({ layout }: Reading, segment: Part, place: Place): Part | undefined {
  const { delimiters } = layout
  const field = fieldPart(segment, delimiters, place.field)
  if (!field || isDelimiterField(segment, place.field)) return place.component > 1 ? undefined : field
  return partWithin(nthPart(field, delimiters.repetition, place.repetition || 1), delimiters, place)
}

function textOf({ layout, charset }: Reading, part: Part | undefined): string | undefined {
  if (!part || part.text === '') return undefined
  if (part.text === HL7_NULL) return ''
  return readText(part.text, layout.delimiters, charset)
}

function everyText(reading: Reading, path: Path): string[] {
  const indexes = indexesOf(reading, path.segment)
  const chosen = path.occurrence ? indexes.slice(path.occurrence - 1, path.occurrence) : indexes
  return chosen.flatMap((index) => textsIn(reading, segmentAt(reading.layout, index), path))
}

function textsIn(reading: Reading, segment: Part, place: Place): string[] {
  return repetitionsOf(reading.layout, segment, place).map(
    (repetition) => textOf(reading, partWithin(repetition, reading.layout.delimiters, place)) ?? '',
  )
}

function repetitionsOf(layout: Layout, segment: Part, place: Place): Part[] {
  const { delimiters, limits } = layout
  const field = fieldPart(segment, delimiters, place.field)
  if (!field || field.text === '') return []
  if (isDelimiterField(segment, place.field) || delimiters.repetition === '') return [field]
  const pieces = field.text.split(delimiters.repetition, limits.repetitions + 1)
  if (pieces.length > limits.repetitions) throw tooManyRepetitions(limits.repetitions)
  let start = field.start
  const parts = pieces.map((text) => {
    const part = { text, start }
    start += text.length + 1
    return part
  })
  return place.repetition ? parts.slice(place.repetition - 1, place.repetition) : parts
}

function readSegment(reading: Reading, index: number): Hl7Segment {
  const segment = segmentAt(reading.layout, index)
  return {
    name: segment.text.slice(0, 3),
    get: (place) => textOf(reading, locateIn(reading, segment, readPlace(place))),
    all: (place) => textsIn(reading, segment, readPlace(place)),
    isNull: (place) => locateIn(reading, segment, readPlace(place))?.text === HL7_NULL,
  }
}

function groupsOf(reading: Reading, first: string): Hl7Fields[] {
  const starts = indexesOf(reading, first)
  return starts.map((from, at) => readFields({ ...reading, from, to: starts[at + 1] ?? reading.to }))
}

function tooManyRepetitions(limit: number): Failure {
  return new Failure(
    'business',
    'hl7-too-many-repetitions',
    `A field of the HL7 message repeats more than ${limit} times: ask its sender, or raise the limit of the channel.`,
  )
}
