/** As JSON writes it: a NUL, or half of a surrogate pair (a whole pair is written as the character itself). */
const UNSTORABLE = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/gi
const REPLACEMENT = '\uFFFD'

/**
 * JSON that PostgreSQL takes: a NUL or half a character in what came from outside becomes the replacement character,
 * for one such text would otherwise refuse the whole statement and all that goes with it.
 */
export function jsonText(value: unknown): string {
  return (JSON.stringify(value) ?? 'null').replaceAll(UNSTORABLE, `$1${REPLACEMENT}`)
}

/** The same for a text that is written as it is. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', REPLACEMENT)
}

/** The same for each text within what was sent; bytes and all else stay as they are. */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map(storable)
  if (value === null || typeof value !== 'object' || !isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [storableText(key), storable(of)]))
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
