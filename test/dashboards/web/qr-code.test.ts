import { describe, expect, test } from 'vitest'
import { codewordsOf, multiply } from '../../../dashboards/web/shared/qr-codewords.ts'
import { qrModules } from '../../../dashboards/web/shared/qr-modules.ts'

/** `ontregel`, as a decoder of others has read it back (it did so for every length from 1 to 213). */
const ONTREGEL = [
  '#######.####..#######',
  '#.....#.##....#.....#',
  '#.###.#.###.#.#.###.#',
  '#.###.#...##..#.###.#',
  '#.###.#.##..#.#.###.#',
  '#.....#..#.##.#.....#',
  '#######.#.#.#.#######',
  '.........####........',
  '#..######...##..#.###',
  '..##....###.##...#...',
  '.###.##..##...#..#.##',
  '.#.#....#..#...##.###',
  '.###..###.#..##.#....',
  '........##.##...####.',
  '#######.#.#.###.#.#..',
  '#.....#.##.###.#.##.#',
  '#.###.#.#.###.#......',
  '#.###.#.#.###....##..',
  '#.###.#...#...#.##.##',
  '#.....#..#...###.####',
  '#######.##.#....#....',
]

const drawn = (text: string): string[] =>
  qrModules(text).map((row) => row.map((dark) => (dark ? '#' : '.')).join(''))

/** What is left of a block divided by each root of the generator: nothing, when its check bytes are right. */
function syndromes(block: readonly number[], degree: number): number[] {
  let root = 1
  return Array.from({ length: degree }, () => {
    const value = block.reduce((total, byte) => multiply(total, root) ^ byte, 0)
    root = multiply(root, 2)
    return value
  })
}

describe('a QR code', () => {
  test('is the one that another decoder read', () => {
    expect(drawn('ontregel')).toEqual(ONTREGEL)
  })

  test('checks its bytes, in one block and in several', () => {
    const small = codewordsOf('x'.repeat(40))
    expect(small.version).toBe(3)
    expect(new Set(syndromes(small.bytes, 26))).toEqual(new Set([0]))
    const { version, bytes } = codewordsOf('x'.repeat(60))
    expect(version).toBe(4)
    const block = bytes.filter((_, index) => index % 2 === 0)
    expect(new Set(syndromes(block, 18))).toEqual(new Set([0]))
    expect(new Set(syndromes([...block.slice(1), 0], 18))).not.toEqual(new Set([0]))
  })

  test('grows with its text, and says when that is too long', () => {
    const sizes = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213].map(
      (length) => drawn('x'.repeat(length)).length,
    )
    expect(sizes).toEqual([21, 25, 29, 33, 37, 41, 45, 49, 53, 57])
    expect(() => qrModules('x'.repeat(214))).toThrow(RangeError)
  })
})
