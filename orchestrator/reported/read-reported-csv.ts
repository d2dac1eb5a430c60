import { readCsvTable } from './csv-table.ts'
import { ReportedLine, type NumberedRow } from './reported-row.ts'

const COLUMNS = {
  required: ['deployment', 'reference', 'variant', 'outcome', 'completedAt'],
  optional: ['humanMinutes', 'case'],
  decimals: ['humanMinutes'],
} as const

/**
 * The rows of a CSV file with the columns deployment, reference, variant, outcome, completedAt, and perhaps humanMinutes
 * and case, in any order. Numbers are those of the lines in the file.
 * @throws business that names every wrong row and field; nothing of a file is read in part
 */
export function readReportedCsv(content: Uint8Array): NumberedRow[] {
  return readCsvTable(content, COLUMNS, ReportedLine)
}
