import { expect, test } from 'vitest'
import { columnLetters } from '../../../dashboards/reports/column-letters.ts'
import { readSourceFiles } from '../../source-files.ts'

test.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [27, 'AB'],
  [51, 'AZ'],
  [52, 'BA'],
  [701, 'ZZ'],
  [702, 'AAA'],
  // The last column that Excel has.
  [16_383, 'XFD'],
])('column %d of a sheet has the letters %s', (place, letters) => {
  expect(columnLetters(place)).toBe(letters)
})

test('no two columns have the same letters, and they read back as their place', () => {
  const places = Array.from({ length: 2000 }, (_, place) => place)
  const back = (letters: string) =>
    [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  expect(places.map((place) => back(columnLetters(place)))).toEqual(places)
})

test.each([-1, 1.5, Number.NaN])('%d is no place of a column', (place) => {
  expect(() => columnLetters(place)).toThrow('is no place of a column')
})

test('no sheet makes letters of its own, which would end at Z', async () => {
  const files = (await readSourceFiles()).filter(({ file }) => file.startsWith('dashboards/reports/'))
  const own = files.filter(({ text }) => /from(CodePoint|CharCode)\(\s*65/.test(text)).map(({ file }) => file)
  expect(own).toEqual(['dashboards/reports/column-letters.ts'])
})
