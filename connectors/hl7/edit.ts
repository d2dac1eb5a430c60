import type { Field } from './build.ts'
import { writeSegment } from './build.ts'
import { HL7_NULL, writeText } from './escaping.ts'
import { Failure } from '../failure.ts'
import { findSegment } from './fields.ts'
import type { Delimiters, Part } from './layout.ts'
import { hasSegment, nthPart, openLayout, segmentAt } from './layout.ts'
import type { Hl7Message } from './message.ts'
import type { Path } from './path.ts'
import { readPath } from './path.ts'

/**
 * The bytes of the message with one value changed; all other bytes stay as they are. A path without repetition means
 * the first; a shorter segment or field is made long enough. `null` writes the HL7 null `""`, undefined or '' empties.
 * @throws {Failure} `business` when the segment is not there, the path is MSH-1 or MSH-2, or the text cannot be carried.
 */
export function setValue(message: Hl7Message, path: string, value: string | null | undefined): Buffer {
  const place = readPath(path)
  const layout = openLayout(message.bytes)
  const index = findSegment(
    { layout, charset: message.charset, from: 0, to: Infinity },
    place.segment,
    place.occurrence || 1,
  )
  if (index < 0) throw cannotSet(path, 'the message has no such segment; add it first')
  if (place.segment === 'MSH' && place.field <= 2) throw cannotSet(path, 'it holds the delimiters')
  const segment = segmentAt(layout, index)
  const raw = value === null ? HL7_NULL : writeText(value ?? '', layout.delimiters, message.charset)
  const edited = replace(segment, stepsTo(place, layout.delimiters), raw, path)
  const bytes = splice(message.bytes, segment.start, segment.start + segment.text.length, edited)
  if (segmentIn(bytes, index) !== edited)
    throw cannotSet(path, 'a line within its segment would then be read as a segment of its own')
  return bytes
}

/** A bare line feed is text only as long as what follows does not look like a segment. */
function segmentIn(bytes: Buffer, index: number): string | undefined {
  const layout = openLayout(bytes)
  return hasSegment(layout, index) ? segmentAt(layout, index).text : undefined
}

/**
 * The bytes of the message with a segment added: at the end, or after the last segment of a name.
 * @throws {Failure} `business` when there is no segment of that name, or a text cannot be carried.
 */
export function addSegment(
  message: Hl7Message,
  name: string,
  fields: readonly Field[],
  after?: string,
): Buffer {
  const layout = openLayout(message.bytes)
  let last = -1
  for (let index = 0; hasSegment(layout, index); index++) {
    if (after === undefined || segmentAt(layout, index).text.startsWith(after)) last = index
  }
  if (last < 0) throw cannotSet(after ?? name, 'the message has no such segment to add after')
  const end = layout.ends[last] ?? message.bytes.length
  const lineEnd = lineEndOf(message.bytes, layout.ends[0] ?? 0)
  const segment = writeSegment(name, fields, layout.delimiters, message.charset)
  return splice(message.bytes, end, end, lineEnd + segment)
}

/** From a segment down to the place: which part by which delimiter. MSH-1 is its own delimiter, so MSH counts one less. */
function stepsTo(path: Path, delimiters: Delimiters): readonly (readonly [string, number])[] {
  const { field, repetition, component, subcomponent } = path
  const steps: [string, number][] = [
    [delimiters.field, path.segment === 'MSH' ? field : field + 1],
    [delimiters.repetition, repetition || 1],
  ]
  if (component > 0) steps.push([delimiters.component, component])
  if (subcomponent > 0) steps.push([delimiters.subcomponent, subcomponent])
  return steps
}

function replace(
  part: Part,
  steps: readonly (readonly [string, number])[],
  raw: string,
  path: string,
): string {
  const [step, ...deeper] = steps
  if (!step) return raw
  const [delimiter, n] = step
  if (delimiter === '' && n > 1) throw cannotSet(path, 'MSH-2 of this message has no delimiter for it')
  const old = nthPart(part, delimiter, n)
  if (!old)
    return (
      part.text +
      delimiter.repeat(n - countParts(part, delimiter)) +
      replace({ text: '', start: 0 }, deeper, raw, path)
    )
  const from = old.start - part.start
  return part.text.slice(0, from) + replace(old, deeper, raw, path) + part.text.slice(from + old.text.length)
}

function countParts({ text }: Part, delimiter: string): number {
  return text.split(delimiter).length
}

function splice(bytes: Buffer, start: number, end: number, raw: string): Buffer {
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(raw, 'latin1'), bytes.subarray(end)])
}

function lineEndOf(bytes: Buffer, at: number): string {
  if (bytes[at] === 0x0a) return '\n'
  return bytes[at + 1] === 0x0a ? '\r\n' : '\r'
}

function cannotSet(path: string, why: string): Failure {
  return new Failure('business', 'hl7-cannot-set', `${path} cannot be set: ${why}.`)
}
