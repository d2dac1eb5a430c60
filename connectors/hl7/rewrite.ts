import { asFailure } from '../failure.ts'
import { HL7_NULL, readText, writeText } from './escaping.ts'
import { hasSegment, openLayout, segmentAt } from './layout.ts'
import type { Hl7Message } from './message.ts'

/**
 * Reads every value of a message down to its sub-components and writes it again: the places, such as `PID-5.1`, where that
 * gives other bytes (an escape that says the same in another way, bytes outside the character set, bare line ends).
 * Forwarding never does this, it sends the bytes as received; it shows what an edit of that very value would change.
 * @throws {Failure} `business`, `hl7-too-many-segments`, when it is beyond the limits
 */
export function rewrittenDifferently(message: Hl7Message): string[] {
  const layout = openLayout(message.bytes)
  const places: string[] = []
  for (let index = 0; hasSegment(layout, index); index++) {
    const { text } = segmentAt(layout, index)
    const fields = cut(text, message.delimiters.field)
    const isHeader = text.startsWith('MSH')
    // MSH-1 is the delimiter itself, so that MSH counts one more; MSH-2 is not text.
    fields.slice(isHeader ? 2 : 1).forEach((field, at) => {
      const name = `${text.slice(0, 3)}-${at + (isHeader ? 3 : 1)}`
      places.push(...inField(message, field).map((place) => name + place))
    })
  }
  return [...new Set(places)]
}

function inField(message: Hl7Message, field: string): string[] {
  const { repetition, component, subcomponent } = message.delimiters
  return cut(field, repetition).flatMap((one, number) =>
    cut(one, component).flatMap((part, at) =>
      cut(part, subcomponent).flatMap((text, below) => {
        if (isKept(message, text)) return []
        return [`${number > 0 ? `[${number + 1}]` : ''}.${at + 1}${below > 0 ? `.${below + 1}` : ''}`]
      }),
    ),
  )
}

const cut = (text: string, sign: string): string[] => (sign === '' ? [text] : text.split(sign))

function isKept({ delimiters, charset }: Hl7Message, raw: string): boolean {
  if (raw === '' || raw === HL7_NULL) return true
  try {
    return writeText(readText(raw, delimiters, charset), delimiters, charset) === raw
  } catch (error) {
    if (asFailure(error).kind === 'business') return false
    throw error
  }
}
