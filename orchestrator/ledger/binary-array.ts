/** What PostgreSQL calls the types that arrays are made of here: fixed numbers of its catalogue. */
const TYPES = { bytea: 17, text: 25, uuid: 2950 } as const
const HEAD_BYTES = 20

/**
 * An array as PostgreSQL itself keeps it, to be bound to `$1::bytea[]` and the like. Written out as text an array costs
 * several times as much on both sides, and its bytes are twice as long.
 * @param elements the bytes of each: of a text its UTF-8, of a uuid its 16
 */
export function binaryArray(type: keyof typeof TYPES, elements: readonly (Buffer | string)[]): Buffer {
  const sizes = elements.map((one) => (typeof one === 'string' ? Buffer.byteLength(one) : one.length))
  const array = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + 4 + size, HEAD_BYTES))
  // One dimension, no NULLs, so many elements, counted from 1.
  const head = elements.length === 0 ? [0, 0, TYPES[type]] : [1, 0, TYPES[type], elements.length, 1]
  let at = head.reduce((place, value) => array.writeInt32BE(value, place), 0)
  elements.forEach((one, index) => {
    at = array.writeInt32BE(sizes[index] ?? 0, at)
    at += typeof one === 'string' ? array.write(one, at) : one.copy(array, at)
  })
  return array.subarray(0, at)
}

/** The same of ids. */
export const binaryUuids = (ids: readonly string[]): Buffer =>
  binaryArray(
    'uuid',
    ids.map((id) => Buffer.from(id.replaceAll('-', ''), 'hex')),
  )
