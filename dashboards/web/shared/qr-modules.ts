import { codewordsOf, type Codewords } from './qr-codewords.ts'

/** Dark squares of a QR code, row by row. */
export type Modules = readonly (readonly boolean[])[]

/** A square that is being drawn: `fixed` ones belong to the pattern and take no data. */
interface Drawing {
  readonly size: number
  readonly dark: boolean[][]
  readonly fixed: boolean[][]
}

/** Where the small squares stand that help a camera find its way, per version (ISO/IEC 18004, annex E). */
const ALIGNED: readonly (readonly number[])[] = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
]

/** The eight masks; the one that leaves the fewest confusing patterns is taken. */
const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (r, c) => (r + c) % 2 === 0,
  (r) => r % 2 === 0,
  (_, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
]

/** The squares of a QR code with error correction M. @throws RangeError for more than 213 bytes */
export function qrModules(text: string): Modules {
  const codewords = codewordsOf(text)
  const drawn = MASKS.map((_, mask) => draw(codewords, mask))
  return drawn.toSorted((a, b) => confusion(a) - confusion(b))[0] ?? []
}

function draw({ version, bytes }: Codewords, mask: number): Modules {
  const size = version * 4 + 17
  const empty = () => Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  const drawing: Drawing = { size, dark: empty(), fixed: empty() }
  drawPatterns(drawing, version)
  drawFormat(drawing, mask)
  if (version >= 7) drawVersion(drawing, version)
  drawData(drawing, bytes, mask)
  return drawing.dark
}

function put({ dark, fixed, size }: Drawing, row: number, column: number, isDark: boolean): void {
  const [line, kept] = [dark[row], fixed[row]]
  if (!line || !kept || column < 0 || column >= size) return
  line[column] = isDark
  kept[column] = true
}

function drawPatterns(drawing: Drawing, version: number): void {
  const { size } = drawing
  for (let at = 0; at < size; at += 1) {
    put(drawing, 6, at, at % 2 === 0)
    put(drawing, at, 6, at % 2 === 0)
  }
  const centres = ALIGNED[version - 1] ?? []
  const last = centres.at(-1) ?? 0
  for (const row of centres) {
    for (const column of centres) {
      const underFinder = row + column === 12 || (row + column === 6 + last && row !== column)
      if (!underFinder) drawRings(drawing, row, column, 2)
    }
  }
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const)
    drawRings(drawing, row, column, 4)
}

/** Rings around a centre: a finder reaches 4 far, with a light edge; an alignment square 2. */
function drawRings(drawing: Drawing, row: number, column: number, reach: number): void {
  for (let down = -reach; down <= reach; down += 1) {
    for (let right = -reach; right <= reach; right += 1) {
      const ring = Math.max(Math.abs(down), Math.abs(right))
      put(drawing, row + down, column + right, reach === 2 ? ring !== 1 : ring !== 2 && ring !== 4)
    }
  }
}

/** Fifteen bits that say error correction (M is 00) and mask, twice. */
function drawFormat(drawing: Drawing, mask: number): void {
  const { size } = drawing
  const bits = ((mask << 10) | remainder(mask << 10, 0x537, 10)) ^ 0x5412
  for (let bit = 0; bit < 15; bit += 1) {
    const isDark = ((bits >> bit) & 1) === 1
    const [row, column] = bit < 8 ? [bit < 6 ? bit : bit + 1, 8] : [8, bit === 8 ? 7 : 14 - bit]
    put(drawing, row, column, isDark)
    if (bit < 8) put(drawing, 8, size - 1 - bit, isDark)
    else put(drawing, size - 15 + bit, 8, isDark)
  }
  put(drawing, size - 8, 8, true)
}

function drawVersion(drawing: Drawing, version: number): void {
  const bits = (version << 12) | remainder(version << 12, 0x1f25, 12)
  for (let bit = 0; bit < 18; bit += 1) {
    const isDark = ((bits >> bit) & 1) === 1
    const [far, near] = [drawing.size - 11 + (bit % 3), Math.floor(bit / 3)]
    put(drawing, far, near, isDark)
    put(drawing, near, far, isDark)
  }
}

/** Of a division of polynomials of bits. */
function remainder(value: number, divisor: number, degree: number): number {
  let rest = value
  for (let bit = 31 - Math.clz32(rest); bit >= degree; bit = 31 - Math.clz32(rest))
    rest ^= divisor << (bit - degree)
  return rest
}

/** In columns of two, from the lower right, up and down in turn, past the patterns. */
function drawData({ size, dark, fixed }: Drawing, bytes: readonly number[], mask: number): void {
  const covers = MASKS[mask]
  let bit = 0
  for (let right = size - 1; right >= 1; right -= right === 8 ? 3 : 2) {
    const upwards = ((right + 1) & 2) === 0
    for (let step = 0; step < size; step += 1) {
      const row = upwards ? size - 1 - step : step
      for (const column of [right, right - 1]) {
        const line = dark[row]
        if (!line || fixed[row]?.[column] === true) continue
        const value = (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1
        line[column] = value !== (covers?.(row, column) ?? false)
        bit += 1
      }
    }
  }
}

/** How easily a camera is misled: long runs of one colour, squares of one colour, more of one colour than of the other. */
function confusion(modules: Modules): number {
  const size = modules.length
  const columns = modules.map((_, column) => modules.map((row) => row[column] ?? false))
  const runs = [...modules, ...columns].flatMap(
    (line) =>
      line
        .map((dark) => (dark ? '1' : '0'))
        .join('')
        .match(/0{5,}|1{5,}/g) ?? [],
  )
  let points = runs.reduce((total, { length }) => total + length - 2, 0)
  for (let row = 1; row < size; row += 1) {
    for (let column = 1; column < size; column += 1) {
      const four = [
        modules[row]?.[column],
        modules[row]?.[column - 1],
        modules[row - 1]?.[column],
        modules[row - 1]?.[column - 1],
      ]
      if (new Set(four).size === 1) points += 3
    }
  }
  const share = modules.flat().filter(Boolean).length / size ** 2
  return points + Math.floor(Math.abs(share - 0.5) * 20) * 10
}
