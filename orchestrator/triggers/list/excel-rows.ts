import { readSheet } from 'read-excel-file/node'
import { Failure } from '../../../connectors/failure.ts'
import type { ListRow } from './list-row.ts'
import { expectModestZip } from './modest-zip.ts'

/**
 * The rows of the first sheet of an Excel file, as text: dates as `2026-11-21`, numbers without grouping. Formulas are
 * never run: what the sheet shows for them is taken.
 * @throws business when it is no Excel file, or unpacks to far more than a list of items is
 */
export async function excelRows(content: Buffer): Promise<ListRow[]> {
  expectModestZip(content)
  const rows = await read(content)
  return rows.flatMap((cells, index) => {
    const texts = cells.map(asText)
    return texts.some((cell) => cell !== '') ? [{ number: index + 1, cells: texts }] : []
  })
}

async function read(content: Buffer): Promise<readonly (readonly unknown[])[]> {
  try {
    return await readSheet(content, { trim: false })
  } catch (error) {
    const sentence =
      'This Excel file cannot be read: save it anew as .xlsx without a password, or as CSV, and offer that.'
    throw new Failure('business', 'list-unreadable', sentence, { cause: error })
  }
}

function asText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return typeof cell === 'string' ? cell : String(cell)
}
