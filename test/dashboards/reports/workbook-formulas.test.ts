import { expect, test } from 'vitest'
import { savingsWorkbook } from '../../../dashboards/reports/savings-workbook.ts'
import { openFullerReport } from './fuller-report.ts'
import { partOf, readShown, readWorkbook } from './read-workbook.ts'
import { evaluate } from './sheet-formulas.ts'

/** The address of a cell by its row and column from 0; sheets here have fewer than 27 columns. */
const address = (row: number, column: number) => `${String.fromCodePoint(65 + column)}${row + 1}`

test.each([
  ['nl', 'all', ['oost', 'west']],
  ['en', 'all', ['oost', 'west']],
  ['nl', 'one hospital', ['oost']],
  ['nl', 'none', []],
] as const)(
  'beside each formula in %s stands what it comes to, for who sees items of %s',
  async (language, _, seesItemsOf) => {
    await using ledger = await openFullerReport()
    const file = await savingsWorkbook(await ledger.read(seesItemsOf), language)
    const [sheets, shown] = [readWorkbook(file), readShown(file)]
    let formulas = 0
    for (const [name, rows] of sheets)
      for (const [row, cells] of rows.entries())
        for (const [column, cell] of cells.entries()) {
          if (typeof cell !== 'string' || !cell.startsWith('=') || cell.startsWith('=HYPERLINK')) continue
          formulas += 1
          const at = address(row, column)
          const beside = shown.get(name)?.[row]?.[column]
          expect(typeof beside, `${name}!${at}`).toBe('number')
          expect(beside, `${name}!${at} ${cell}`).toBeCloseTo(evaluate(sheets, name, at), 9)
        }
    expect(formulas).toBeGreaterThan(20)
  },
)

test('formulas are written as the file format has them, and are worked out again by who opens the file', async () => {
  await using ledger = await openFullerReport()
  const file = await savingsWorkbook(await ledger.read(), 'nl')
  const numbers = [...partOf(file, 'xl/workbook.xml').matchAll(/<sheet /g)].map((_, place) => place + 1)
  const written = numbers.flatMap((number) => [
    ...partOf(file, `xl/worksheets/sheet${number}.xml`).matchAll(/<c [^>]*><f>(.*?)<\/f>(.*?)<\/c>/gs),
  ])
  expect(written.length).toBeGreaterThan(20)
  for (const [cell, formula, result] of written) {
    expect(formula, cell).toMatch(/^[^=]/)
    expect(result, cell).toMatch(/^<v>-?\d+(\.\d+)?(e-?\d+)?<\/v>$/)
  }
  expect(partOf(file, 'xl/workbook.xml')).toContain('<calcPr fullCalcOnLoad="1"/></workbook>')
})
