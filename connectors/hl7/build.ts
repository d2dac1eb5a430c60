import type { Charset } from './charset.ts'
import { HL7_NULL, writeText } from './escaping.ts'
import { Failure } from '../failure.ts'
import type { Delimiters } from './layout.ts'
import { STANDARD_DELIMITERS } from './layout.ts'
import type { Party } from './message.ts'

/** A text; `null` is the HL7 null `""` (delete what you have), undefined or '' is empty. */
type Text = string | null | undefined
/** A text, or its sub-components. */
export type Component = Text | readonly Text[]
/** A text, or its components. */
export type Repetition = Text | readonly Component[]
/** What stands in a field. */
export type Field = Repetition | { readonly repeat: readonly Repetition[] }
/** A segment: its name and its fields from 1. */
export type Segment = readonly [name: string, ...fields: Field[]]

export interface Header {
  readonly sender: Party
  readonly receiver: Party
  readonly type: string
  readonly trigger: string
  /** MSH-9.3, since 2.3.1: `ADT_A01`. */
  readonly structure?: string
  readonly controlId: string
  readonly time: Date
  readonly version: string
  /** MSH-11: P (default), T or D. */
  readonly processing?: string
  /** MSH-15 and MSH-16: AL, NE, ER or SU; leave both out for the original mode. */
  readonly acceptAnswer?: string
  readonly applicationAnswer?: string
  readonly charset: Charset
}

/**
 * A new message with standard delimiters; its segments end in CR. Country is NLD.
 * @throws {Failure} `business` when a text cannot be carried by the character set.
 */
export function buildMessage(header: Header, segments: readonly Segment[]): Buffer {
  const style = [STANDARD_DELIMITERS, header.charset] as const
  const { sender, receiver } = header
  const fields: readonly Field[] = [
    sender.application,
    sender.facility,
    receiver.application,
    receiver.facility,
    timestamp(header.time),
    undefined,
    [header.type, header.trigger, header.structure],
    header.controlId,
    header.processing ?? 'P',
    header.version,
    undefined,
    undefined,
    header.acceptAnswer,
    header.applicationAnswer,
    'NLD',
    header.charset,
  ]
  const lines = segments.map(([name, ...rest]) => writeSegment(name, rest, ...style))
  const head = writeSegment('MSH', fields, ...style).replace('MSH|', 'MSH|^~\\&|')
  return Buffer.from([head, ...lines, ''].join('\r'), 'latin1')
}

/** A segment without its line end, one character per byte. */
export function writeSegment(
  name: string,
  fields: readonly Field[],
  delimiters: Delimiters,
  charset: Charset,
): string {
  const leaf = (text: Text) => (text === null ? HL7_NULL : writeText(text ?? '', delimiters, charset))
  const component = (value: Component) =>
    isList(value) ? joined(value.map(leaf), delimiters.subcomponent) : leaf(value)
  const repetition = (value: Repetition) =>
    isList(value) ? joined(value.map(component), delimiters.component) : leaf(value)
  const field = (value: Field) =>
    isRepeating(value) ? joined(value.repeat.map(repetition), delimiters.repetition) : repetition(value)
  return joined([name, ...fields.map(field)], delimiters.field)
}

/** Empty parts at the end are left out. */
function joined(parts: readonly string[], delimiter: string): string {
  const last = parts.findLastIndex((part) => part !== '')
  if (delimiter === '' && last > 0) {
    throw new Failure(
      'business',
      'hl7-cannot-set',
      'MSH-2 of this message has no delimiter to divide the value with.',
    )
  }
  return parts.slice(0, last + 1).join(delimiter)
}

function isList<Item>(value: Text | readonly Item[] | object): value is readonly Item[] {
  return Array.isArray(value)
}

function isRepeating(value: Field): value is { readonly repeat: readonly Repetition[] } {
  return typeof value === 'object' && value !== null && 'repeat' in value
}

/**
 * A moment as HL7 writes it, in the local time of the Netherlands with its offset: `20261122083000+0100`. Never that of the
 * machine: two workers must write the same message for the same item.
 */
export function timestamp(moment: Date): string {
  const second = Math.floor(moment.getTime() / 1000)
  if (written.second !== second) written = { second, text: writeTimestamp(moment) }
  return written.text
}

/** Many answers are written in a second, and it is the same in all of them. */
let written = { second: Number.NaN, text: '' }

function writeTimestamp(moment: Date): string {
  const minutes = offsetMinutes(moment)
  const local = new Date(moment.getTime() + minutes * 60_000).toISOString()
  const two = (value: number) => String(value).padStart(2, '0')
  const offset = `${two(Math.floor(minutes / 60))}${two(minutes % 60)}`
  return `${local.slice(0, 19).replace(/[-T:]/g, '')}+${offset}`
}

const OFFSET = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Amsterdam', timeZoneName: 'longOffset' })

function offsetMinutes(moment: Date): number {
  const [, hours = '0', minutes = '0'] = /GMT\+(\d+):(\d+)/.exec(OFFSET.format(moment)) ?? []
  return Number(hours) * 60 + Number(minutes)
}
