import writeExcelFile, { type Cell, type CellObject, type Sheet } from 'write-excel-file/node'
import { cellText } from '../../connectors/spreadsheet-text.ts'
import { calculatorOf, type SheetCell } from './sheet-calculator.ts'

type Sheets = readonly Sheet<Buffer>[]
type Options = NonNullable<Parameters<typeof writeExcelFile>[1]>
type Feature = NonNullable<Options['features']>[number]

/**
 * Writes an Excel file. Text stays text: only a cell of type `Formula` is one. Beside each formula stands what it comes
 * to, so that it is seen where a program works nothing out (Excel's Protected View, a preview of mail); a program that
 * does, works all of them out again when it opens the file.
 */
export async function writeWorkbook(sheets: Sheets): Promise<Buffer> {
  const clean = sheets.map((sheet) => ({ ...sheet, data: sheet.data.map((row) => row.map(cleanCell)) }))
  return await writeExcelFile(clean, { features: [withResults(clean)] }).toBuffer()
}

/** Names come from outside: what is no character would make the file one that Excel cannot open. */
function cleanCell(cell: Cell): Cell {
  if (typeof cell === 'string') return cellText(cell)
  if (!isObject(cell) || typeof cell.value !== 'string') return cell
  // The file format has formulas without the sign that a person types them with.
  return { ...cell, value: cell.type === 'Formula' ? cell.value.replace(/^=/, '') : cellText(cell.value) }
}

const isObject = (cell: Cell): cell is CellObject =>
  typeof cell === 'object' && cell !== null && 'value' in cell

function contentOf(cell: Cell): SheetCell {
  const value = isObject(cell) ? cell.value : cell
  if (isObject(cell) && cell.type === 'Formula') return { formula: String(value) }
  return typeof value === 'number' || typeof value === 'string' ? value : null
}

/** The library writes formulas without their results. */
function withResults(sheets: Sheets): Feature {
  const cells = sheets.map(({ data }) => data.map((row) => row.map(contentOf)))
  const names = sheets.map(({ sheet }) => sheet ?? '')
  const calculate = calculatorOf(new Map(names.map((name, place) => [name, cells[place] ?? []])))
  return {
    files: {
      transform: {
        'xl/workbook.xml': {
          transformElementAttributes: (tag, attributes) =>
            tag === 'calcPr' ? { ...attributes, fullCalcOnLoad: '1' } : attributes,
        },
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml, _, { sheetIndex }) => {
            const results = (cells[sheetIndex] ?? []).flatMap((row, place) =>
              row.flatMap((cell, column) =>
                typeof cell === 'object' && cell !== null
                  ? [calculate({ sheet: names[sheetIndex] ?? '', row: place, column })]
                  : [],
              ),
            )
            const place = () => {
              const result = results.shift()
              if (result !== undefined) return `</f><v>${result}</v>`
              throw new Error(`Sheet ${names[sheetIndex]} has more formulas than were calculated.`)
            }
            return xml.replaceAll('</f>', place)
          },
        },
      },
    },
  }
}
