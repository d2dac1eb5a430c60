import { decodeBytes, readCharset } from '../../connectors/hl7/charset.ts'
import { asFailure } from '../../connectors/failure.ts'
import { readMessage } from '../../connectors/hl7/message.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { messagePurpose } from './sort-left-behind.ts'

/** A message's segments as text, in their order; undefined when there is no such message at the hospital. */
export async function readSegments(
  db: LedgerDatabase,
  secrets: SecretBox,
  hospital: string,
  id: string,
): Promise<string[] | undefined> {
  const row = await db
    .selectFrom('message')
    .leftJoin('channel', 'channel.id', 'message.channel')
    .select(['message.sealed', 'message.channel', 'channel.charset'])
    .where('message.id', '=', id)
    .where('message.hospital', '=', hospital)
    .executeTakeFirst()
  if (!row) return undefined
  const bytes = secrets.open(messagePurpose(hospital, row.channel), row.sealed)
  const charset = charsetOf(bytes, row.charset ?? '')
  const text = decodeBytes(bytes.toString('latin1'), charset)
  // Where segments end in a CR, a line feed alone stands in a text.
  return text.split(text.includes('\r') ? /\r\n?/ : '\n').filter((segment) => segment !== '')
}

/** As the message says, or as its channel is set up where it cannot be read. */
function charsetOf(bytes: Buffer, ofChannel: string) {
  const known = readCharset(ofChannel) ?? '8859/1'
  try {
    return readMessage(bytes, { defaultCharset: known }).charset
  } catch (error) {
    if (asFailure(error).kind === 'business') return known
    throw error
  }
}

/** What stands for a field's text: always as long, so that it does not tell how long the text is. */
const MASK = '•••'

/**
 * The segments with every text in them masked: which fields are filled in can be seen, and nothing of what with. Of the
 * header, which says what the message is and who sent it, everything is shown but the password field (MSH-8). The name of
 * a segment is one only before a separator, and not in a later line of a text: that can begin with a patient's.
 */
export function maskSegments(segments: readonly string[]): string[] {
  const header = segments.find((segment) => segment.startsWith('MSH'))
  const field = header?.[3] ?? '|'
  const signs = new Set([field, ...(header?.slice(4).split(field)[0] ?? '^~\\&').replace('\\', '')])
  return segments.flatMap((segment) => {
    const [first = '', ...texts] = segment.split('\n')
    return [
      segment === header ? maskPassword(first, field) : maskSegment(first, field, signs),
      ...texts.map((text) => maskTexts(text, signs)),
    ]
  })
}

function maskSegment(segment: string, field: string, signs: ReadonlySet<string>): string {
  const name = segment[3] === field ? (/^[A-Z][A-Z0-9]{2}/.exec(segment)?.[0] ?? '') : ''
  return name + maskTexts(segment.slice(name.length), signs)
}

/** MSH-1 is the separator itself, so MSH-8 is the eighth part. */
function maskPassword(segment: string, field: string): string {
  const parts = segment.split(field)
  return parts.map((part, at) => (at === 7 && part !== '' ? MASK : part)).join(field)
}

function maskTexts(text: string, signs: ReadonlySet<string>): string {
  let masked = ''
  let inText = false
  for (const sign of text) {
    if (signs.has(sign)) masked += sign
    else if (!inText) masked += MASK
    inText = !signs.has(sign)
  }
  return masked
}
