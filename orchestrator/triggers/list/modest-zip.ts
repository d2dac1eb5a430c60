import { Failure } from '../../../connectors/failure.ts'

/** An .xlsx is a zip; one that unpacks to more than this is no list that a person made. */
const MOST_UNPACKED_BYTES = 60 * 1024 ** 2
const MOST_FILES = 500

const END = 0x06054b50
const ENTRY = 0x02014b50
const END_BYTES = 22
const ENTRY_BYTES = 46
const LONGEST_COMMENT = 65_535
/** Where zip64 says that the true size stands elsewhere. */
const ELSEWHERE = 0xffffffff

/**
 * Reads what a zip says of itself, before anything is unpacked: a file of a megabyte may become thousands.
 * @throws business when it is none, or says that it becomes too large
 */
export function expectModestZip(content: Buffer): void {
  const end = endOf(content)
  const count = content.readUInt16LE(end + 10)
  let at = content.readUInt32LE(end + 16)
  let bytes = 0
  if (count > MOST_FILES) throw tooLarge()
  for (let entry = 0; entry < count; entry++) {
    if (at + ENTRY_BYTES > content.length || content.readUInt32LE(at) !== ENTRY) throw noZip()
    const unpacked = content.readUInt32LE(at + 24)
    bytes += unpacked
    if (unpacked === ELSEWHERE || bytes > MOST_UNPACKED_BYTES) throw tooLarge()
    at +=
      ENTRY_BYTES +
      content.readUInt16LE(at + 28) +
      content.readUInt16LE(at + 30) +
      content.readUInt16LE(at + 32)
  }
}

function endOf(content: Buffer): number {
  const earliest = Math.max(0, content.length - END_BYTES - LONGEST_COMMENT)
  for (let at = content.length - END_BYTES; at >= earliest; at--)
    if (content.readUInt32LE(at) === END) return at
  throw noZip()
}

const noZip = () =>
  new Failure(
    'business',
    'list-unreadable',
    'This is no Excel file of today’s kind: save it as .xlsx or as CSV, and offer that.',
  )

const tooLarge = () =>
  new Failure(
    'business',
    'list-too-large',
    'This Excel file unpacks to more than a list of items is: save only the sheet with the items, and offer that.',
  )
