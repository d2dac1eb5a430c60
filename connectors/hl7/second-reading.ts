import HL7 from 'hl7-standard'
import { HL7_NULL } from './escaping.ts'
import type { Hl7Message } from './message.ts'

/** What decides about which message and which patient it is. */
const DECISIVE = ['MSH-9.1', 'MSH-10', 'PID-3.1', 'PID-5.2', 'PID-7', 'PID-8', 'PID-29', 'PID-30', 'MRG-1.1']
/** hl7-standard builds a tree of the whole message: a million components cost it 540 MB. */
const LARGEST = 64 * 1024

/**
 * Reads the decisive fields once more with another library, hl7-standard, and tells where it reads something else: software
 * at the other end may misread such a message too. Values that it is known to read in its own way (escapes,
 * sub-components, repetitions, other delimiters) are left out, and messages over 64 kB.
 * @returns a sentence per difference, without content; empty when both read the same.
 */
export function readDifferently(message: Hl7Message): string[] {
  if (
    message.bytes.length > LARGEST ||
    message.delimiters.field !== '|' ||
    message.delimiters.component !== '^'
  )
    return []
  const read = readerOf(message)
  if (typeof read === 'string') return [read]
  return DECISIVE.filter((path) => isSimple(message, path) && read(path) !== (message.get(path) ?? '')).map(
    (path) => `another HL7 reader sees something else in ${path}`,
  )
}

function readerOf(message: Hl7Message): string | ((path: string) => string) {
  try {
    const other = new HL7(message.bytes.toString('latin1'))
    other.transform()
    return (path) => textOf(other, path)
  } catch (error) {
    // Its message may quote the data; that it failed is what there is to know.
    return `another HL7 reader cannot read it (${error instanceof Error ? error.name : typeof error})`
  }
}

function textOf(other: HL7, path: string): string {
  try {
    const value = other.get(path.replace('-', '.'))
    return typeof value === 'string' && value !== HL7_NULL ? value : ''
  } catch (error) {
    // It throws for places that a message does not have.
    return error instanceof Error ? '' : String(error)
  }
}

function isSimple(message: Hl7Message, path: string): boolean {
  const [field = path] = path.split('.')
  const segment = path.slice(0, 3)
  const value = message.get(field) ?? ''
  return (
    message.segments(segment).length === 1 && message.all(field).length <= 1 && /^[\w ^.,:+-]*$/.test(value)
  )
}
