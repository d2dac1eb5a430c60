import { expect, test } from 'vitest'
import { chartLines, labelEvery } from '../../../dashboards/web/shared/chart-scale.ts'

test.each([
  [[], [0, 1]],
  [
    [0, 0],
    [0, 1],
  ],
  [[3], [0, 1, 2, 3]],
  [
    [1, 2],
    [0, 1, 2],
  ],
  [
    [37, 12],
    [0, 10, 20, 30, 40],
  ],
  [
    [0.3, 0.1],
    [0, 0.1, 0.2, 0.3],
  ],
  [[1234.5], [0, 500, 1000, 1500]],
  [
    [-30, 50],
    [-40, -20, 0, 20, 40, 60],
  ],
  [[-2.5], [-3, -2, -1, 0]],
  [
    [100_000, 1],
    [0, 50_000, 100_000],
  ],
])('the lines of a chart of %j are round, with zero among them', (values, lines) => {
  expect(chartLines(values, String)).toEqual(lines)
})

test('lines that would be written the same are not all drawn', () => {
  const format = (value: number) => value.toFixed(1)
  expect(chartLines([0, 0.1045], format)).toEqual([0, 0.1, 0.2])
  expect(chartLines([0.02], format)).toEqual([0, 1])
})

test('labels are left out where they would touch', () => {
  expect(labelEvery(60, 50)).toBe(1)
  expect(labelEvery(20, 50)).toBe(3)
  expect(labelEvery(0, 50)).toBe(50)
})
