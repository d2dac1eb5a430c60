import { expect, test } from 'vitest'
import { calculatorOf, type SheetCell } from '../../../dashboards/reports/sheet-calculator.ts'

/** A formula beside two columns of figures and one of texts. */
function result(formula: string): number {
  const rows: SheetCell[][] = [
    [{ formula }, 10, 2.5, 'Oost'],
    [null, 4, 'niet getoond', 'West'],
    [null, null, 7, 'oost'],
  ]
  const other: SheetCell[][] = [['x', 100], [{ formula: 'B1*2' }]]
  return calculatorOf(
    new Map([
      ['Eén', rows],
      ["Het 'blad'", other],
    ]),
  )({ sheet: 'Eén', row: 0, column: 0 })
}

test.each([
  ['1+2*3', 7],
  ['(1+2)*3', 9],
  ['10-2-3', 5],
  ['60/3/2', 10],
  ['-B1+4', -6],
  ['2*-B2', -8],
  ['1.5e3/3', 500],
  ['B1-(B2-C1)', 8.5],
  ['B3+1', 1],
  ["'Het ''blad'''!B1+'Het ''blad'''!A2", 300],
  ['SUM(B1:B3)', 14],
  ['SUM(C1:C3)', 9.5],
  ['SUM(B1:C1,B2)', 16.5],
  ['SQRT(B2)', 2],
  ['SUMPRODUCT(B1:B3,C1:C3)', 25],
  ['SUMPRODUCT(B1:B2-4,B1:B2-4)', 36],
  ['SUMPRODUCT(--(D1:D3=D1),C1:C3)', 9.5],
  ['SUMIFS(B1:B3,D1:D3,"West")', 4],
  ['SUMIFS(B1:B3,D1:D3,"O*")', 10],
  ['SUMIFS(B1:B3,D1:D3,"W*",C1:C3,"niet getoond")', 4],
] as const)('%s comes to %d', (formula, expected) => {
  expect(result(formula)).toBeCloseTo(expected, 12)
})

test.each([
  ['C2+1', 'niet getoond'],
  ['B1/B3', 'comes to no figure'],
  ['MEDIAN(B1:B3)', 'MEDIAN'],
  ['B1+', 'nothing to work with'],
  ['(B1', 'no )'],
  ['B1 B2', 'goes on after its end'],
  ['B1+#', 'cannot be read'],
] as const)('%s is refused', (formula, reason) => {
  expect(() => result(formula)).toThrow(reason)
})
