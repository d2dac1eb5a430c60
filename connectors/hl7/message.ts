import type { Charset } from './charset.ts'
import { contradiction, readCharset } from './charset.ts'
import { HL7_NULL, readText } from './escaping.ts'
import type { Delimiters, Limits } from './layout.ts'
import { DEFAULT_LIMITS, hasSegment, openLayout, segmentAt } from './layout.ts'
import type { Hl7Fields, Reading } from './fields.ts'
import { locate, readFields } from './fields.ts'
import type { Range } from './split.ts'
import { readPath } from './path.ts'

/** Who sends or receives: the names of MSH-3 and MSH-4, or MSH-5 and MSH-6, without the OIDs that may stand behind them. */
export interface Party {
  readonly application: string
  readonly facility: string
}

/** One HL7 v2 message. Only its header is read at once; everything else when it is asked for. */
export interface Hl7Message extends Hl7Fields {
  /** As received, never changed. */
  readonly bytes: Buffer
  /** `ADT`; empty when MSH-9 is. */
  readonly type: string
  /** `A08`; from EVN-1 when MSH-9 does not say. */
  readonly trigger: string
  readonly controlId: string
  readonly version: string
  readonly sender: Party
  readonly receiver: Party
  /** What the bytes are decoded as: MSH-18, or the default when it is empty or unknown. */
  readonly charset: Charset
  readonly delimiters: Delimiters
  /** What the header or the bytes have that they should not, as sentences without content; `examine` looks further. */
  readonly odd: readonly string[]
  /**
   * The bytes of a field of MSH from 2 to 18 in its first repetition, as one character each; '' when it is not there. Found
   * when the message was read, so an answer need not look for each again.
   */
  header(field: number): string
  /** Where a value stands in `bytes`; undefined when the message has no such place. */
  range(path: string): Range | undefined
}

export interface ReadOptions {
  /** What an empty MSH-18 means on this channel; `8859/1` when not given. */
  readonly defaultCharset?: Charset | undefined
  readonly limits?: Limits | undefined
}

/**
 * Reads one message; the bytes are kept and must not be changed afterwards.
 * @throws {Failure} `business`: `hl7-unreadable` when it is not a message, and later, from a getter,
 *   `hl7-too-many-segments` or `hl7-too-many-repetitions` when it is beyond the limits.
 */
export function readMessage(bytes: Buffer, options: ReadOptions = {}): Hl7Message {
  const layout = openLayout(bytes, options.limits ?? DEFAULT_LIMITS)
  hasSegment(layout, 0)
  const { delimiters } = layout
  const header = headerFields(segmentAt(layout, 0).text, delimiters.field)
  const declared = firstOf(header(18), delimiters.repetition)
  const known = declared === '' ? undefined : readCharset(declared)
  const charset = known ?? options.defaultCharset ?? '8859/1'
  const reading: Reading = { layout, charset, from: 0, to: Number.MAX_SAFE_INTEGER }
  const fields = readFields(reading)
  const text = (raw: string) => plain(raw, delimiters, charset)
  const name = (raw: string) => text(firstOf(raw, delimiters.component) || raw)
  const [type = '', trigger = ''] = text(header(9)).split(delimiters.component)
  return {
    bytes,
    type,
    trigger: trigger || triggerOf(reading),
    controlId: text(header(10)),
    version: name(header(12)),
    sender: { application: name(header(3)), facility: name(header(4)) },
    receiver: { application: name(header(5)), facility: name(header(6)) },
    charset,
    delimiters,
    odd: whatIsOdd(bytes, header, delimiters, known, charset),
    get: fields.get,
    all: fields.all,
    isNull: fields.isNull,
    segments: fields.segments,
    groups: fields.groups,
    header: (field) => (field === 2 ? header(2) : firstOf(header(field), delimiters.repetition)),
    range: (path) => rangeOf(reading, path),
  }
}

/** Before MSH-9 had two components the event stood in EVN-1, in the second segment. */
function triggerOf(reading: Reading): string {
  return readFields({ ...reading, to: 2 }).get('EVN-1') ?? ''
}

/** Reads the raw text of a field of MSH, from 2 to 18, by its number; '' when it is not there. */
function headerFields(text: string, delimiter: string): (field: number) => string {
  const starts = [0, 3, 4]
  for (
    let at = text.indexOf(delimiter, 4);
    at >= 0 && starts.length <= 19;
    at = text.indexOf(delimiter, at + 1)
  ) {
    starts.push(at + 1)
  }
  if (starts.length <= 19) starts.push(text.length + 1)
  return (field) => {
    const [start, next] = [starts[field], starts[field + 1]]
    return start === undefined || next === undefined ? '' : text.slice(start, next - 1)
  }
}

function firstOf(text: string, delimiter: string): string {
  const at = delimiter === '' ? -1 : text.indexOf(delimiter)
  return at < 0 ? text : text.slice(0, at)
}

function plain(raw: string, delimiters: Delimiters, charset: Charset): string {
  return raw === '' || raw === HL7_NULL ? '' : readText(raw, delimiters, charset)
}

function rangeOf(reading: Reading, path: string): Range | undefined {
  const part = locate(reading, readPath(path))
  return part && { start: part.start, end: part.start + part.text.length }
}

function whatIsOdd(
  bytes: Buffer,
  header: (field: number) => string,
  delimiters: Delimiters,
  known: Charset | undefined,
  charset: Charset,
): readonly string[] {
  const odd: string[] = []
  const declared = header(18)
  if (!header(9)) odd.push('MSH-9 (message type) is empty')
  if (!header(10)) odd.push('MSH-10 (control id) is empty')
  if (delimiters.escape === '' || delimiters.subcomponent === '')
    odd.push('MSH-2 does not hold four different signs')
  if (declared !== '' && !known)
    odd.push(`MSH-18 names a character set that is not known here: read as ${charset}`)
  if (delimiters.repetition !== '' && declared.includes(delimiters.repetition)) {
    odd.push('MSH-18 names further character sets: only the first is used')
  }
  const wrong = contradiction(bytes, charset)
  if (wrong) odd.push(known ? wrong : wrong.replace('MSH-18 says', 'MSH-18 is empty, which here means'))
  return odd
}
