import { csvText } from '../../connectors/spreadsheet-text.ts'

/**
 * Null is not told to the reader; what is not there is empty text. A decimal is a number with more digits than a number can
 * hold: text of our own making.
 */
export type CsvCell = string | number | null | { readonly decimal: string }

/** Heads and rows by RFC 4180: commas, CRLF, a decimal point; no figure is rounded, text never runs as a formula. */
export function csvLines(heads: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [heads, ...rows.map((cells) => cells.map(written))].map((cells) => `${cells.join(',')}\r\n`).join('')
}

function written(cell: CsvCell): string {
  if (cell === null) return 'withheld'
  if (typeof cell === 'object') return cell.decimal
  return typeof cell === 'number' ? String(cell) : csvText(cell)
}
