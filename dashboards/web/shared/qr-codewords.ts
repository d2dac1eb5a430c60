/** How much fits in a QR code of error correction M (ISO/IEC 18004, table 9): per version the check bytes of a block, and the data bytes of each block. */
const BLOCKS: readonly { readonly check: number; readonly data: readonly number[] }[] = [
  { check: 10, data: [16] },
  { check: 16, data: [28] },
  { check: 26, data: [44] },
  { check: 18, data: [32, 32] },
  { check: 24, data: [43, 43] },
  { check: 16, data: [27, 27, 27, 27] },
  { check: 18, data: [31, 31, 31, 31] },
  { check: 22, data: [38, 38, 39, 39] },
  { check: 22, data: [36, 36, 36, 37, 37] },
  { check: 26, data: [43, 43, 43, 43, 44] },
]

const BYTE_MODE = 0b0100
const PADS = [0xec, 0x11] as const
/** From version 10 on the length takes two bytes. */
const LONG_FROM = 10

export interface Codewords {
  readonly version: number
  /** Data and check bytes, in the order in which they are drawn. */
  readonly bytes: readonly number[]
}

/**
 * The bytes of a QR code for a text, in the smallest version that holds it.
 * @throws RangeError for more than 213 bytes
 */
export function codewordsOf(text: string): Codewords {
  const content = [...new TextEncoder().encode(text)]
  for (const [index, { check, data }] of BLOCKS.entries()) {
    const version = index + 1
    const room = sum(data)
    const head = version >= LONG_FROM ? 3 : 2
    if (content.length + head <= room)
      return { version, bytes: interleaved(padded(content, version, room), data, check) }
  }
  throw new RangeError('The text is too long for a QR code here.')
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** Mode, length, content and filling, as bytes: the four bits of the mode shift all that follows. */
function padded(content: readonly number[], version: number, room: number): number[] {
  const length = version >= LONG_FROM ? [content.length >> 8, content.length & 0xff] : [content.length]
  const shifted: number[] = []
  let left = BYTE_MODE
  for (const byte of [...length, ...content]) {
    shifted.push((left << 4) | (byte >> 4))
    left = byte & 0x0f
  }
  shifted.push(left << 4)
  for (let pad = 0; shifted.length < room; pad += 1) shifted.push(PADS[pad % 2] ?? 0)
  return shifted
}

function interleaved(bytes: readonly number[], sizes: readonly number[], check: number): number[] {
  let from = 0
  const blocks = sizes.map((size) => bytes.slice(from, (from += size)))
  const checks = blocks.map((block) => checkBytes(block, check))
  return [...byColumn(blocks), ...byColumn(checks)]
}

/** The first of each, then the second of each; shorter ones are passed over at the end. */
function byColumn(rows: readonly (readonly number[])[]): number[] {
  const longest = Math.max(...rows.map(({ length }) => length))
  return Array.from({ length: longest }, (_, column) => rows.flatMap((row) => row[column] ?? [])).flat()
}

/** Multiplies in the field of 256 elements with the polynomial of the standard. */
export function multiply(a: number, b: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >> 7) * 0x11d)
    product ^= ((b >> bit) & 1) * a
  }
  return product & 0xff
}

/** Reed-Solomon: the remainder of the block divided by the generator of this degree. */
function checkBytes(block: readonly number[], degree: number): number[] {
  const divisor = generator(degree)
  let rest = Array.from({ length: degree }, () => 0)
  for (const byte of block) {
    const factor = byte ^ (rest[0] ?? 0)
    rest = [...rest.slice(1), 0].map((value, index) => value ^ multiply(divisor[index] ?? 0, factor))
  }
  return rest
}

function generator(degree: number): number[] {
  let product = [...Array.from({ length: degree - 1 }, () => 0), 1]
  let root = 1
  for (let step = 0; step < degree; step += 1) {
    product = product.map((value, index) => multiply(value, root) ^ (product[index + 1] ?? 0))
    root = multiply(root, 2)
  }
  return product
}
