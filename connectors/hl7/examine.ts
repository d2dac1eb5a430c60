import { isSegmentName } from './path.ts'
import type { Hl7Message } from './message.ts'
import { readDifferently } from './second-reading.ts'
import { splitMessages } from './split.ts'

/**
 * Everything that is odd about a message, as sentences without content: what reading its header showed (`odd`), what its
 * segments show, and what another reader makes of it. Reads the whole message; not for the way of every message.
 * @throws {Failure} `business`, `hl7-too-many-segments`, when it is beyond the limits.
 */
export function examine(message: Hl7Message): string[] {
  const names = message.segments().map(({ name }) => name)
  const nameless = names.filter((name) => !isSegmentName(name)).length
  const found = [...message.odd]
  if (splitMessages(message.bytes).messages.length > 1)
    found.push('it is more than one message: MSH begins a line again')
  if (nameless > 0) found.push(`lines that do not begin with the name of a segment: ${nameless}`)
  if (names.filter((name) => name === 'PID').length > 1 && message.type === 'ADT')
    found.push('an ADT with more than one PID')
  if (hasMixedLineEnds(message.bytes)) found.push('its segments end in different ways')
  return [...found, ...readDifferently(message)]
}

function hasMixedLineEnds(bytes: Buffer): boolean {
  const ends = new Set(bytes.toString('latin1').match(/\r\n|\r|\n/g) ?? [])
  return ends.size > 1
}
