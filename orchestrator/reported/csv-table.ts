import type { z } from 'zod'
import { Failure } from '../../connectors/failure.ts'
import { readCsv, type CsvContent } from '../triggers/list/csv-rows.ts'
import { problemsOf, refusedRows, rowProblem, type RowProblem } from './row-problems.ts'

export interface TableColumns {
  readonly required: readonly string[]
  readonly optional: readonly string[]
  /** Those that hold a number: a decimal comma is what Dutch spreadsheets write. */
  readonly decimals: readonly string[]
}

/** A row that was read, and the line of the file on which it begins. */
export interface NumberedEntry<Entry> {
  readonly number: number
  readonly row: Entry
}

/**
 * Reads a CSV file with these columns in any order, each row by a schema. An empty cell is nothing; a number comes to
 * the schema as text with a point.
 * @throws business that names every wrong row and field; nothing of a file is read in part
 */
export function readCsvTable<Schema extends z.ZodType>(
  content: Uint8Array,
  columns: TableColumns,
  schema: Schema,
): NumberedEntry<z.output<Schema>>[] {
  const { separator, rows: lines } = readCsv(content)
  const [head, ...rows] = lines
  const named = (head?.cells ?? []).map((cell) => cell.trim())
  checkColumns(named, columns)
  const problems: RowProblem[] = []
  const read = rows.flatMap(({ number, cells }) => {
    if (cells.length > named.length) {
      const sentence = `has ${cells.length} cells for ${named.length} columns; take the others away.`
      problems.push(rowProblem(number, 'row-outside', sentence))
      return []
    }
    const ambiguous = columns.decimals.filter((name) =>
      AMBIGUOUS[separator].test(cells[named.indexOf(name)]?.trim() ?? ''),
    )
    if (ambiguous.length > 0) {
      problems.push(...ambiguous.map((field) => rowProblem(number, 'number-ambiguous', eitherWay(field))))
      return []
    }
    const result = schema.safeParse(asFields(named, cells, columns.decimals))
    if (result.success) return [{ number, row: result.data }]
    problems.push(...problemsOf(number, result.error))
    return []
  })
  if (problems.length > 0) throw refusedRows(problems)
  if (read.length === 0) throw invalid('The file has a first line and no rows; give it at least one.')
  return read
}

function checkColumns(named: readonly string[], { required, optional }: TableColumns): void {
  const known = [...required, ...optional]
  const missing = required.filter((name) => !named.includes(name))
  // By their place: of a file without a first line this is its first row, and nobody of it is named in an error.
  const unknown = named.flatMap((name, place) => (known.includes(name) ? [] : [place + 1]))
  const twice = named.filter((name, place) => known.includes(name) && named.indexOf(name) !== place)
  const wrong = [
    ...(missing.length > 0 ? [`${missing.join(', ')} missing`] : []),
    ...(unknown.length > 0 ? [`what stands in place ${unknown.join(', ')} is none of them`] : []),
    ...(twice.length > 0 ? [`${twice.join(', ')} twice`] : []),
  ]
  if (wrong.length === 0) return
  const free = optional.length > 0 ? ` (${optional.join(' and ')} may be left out)` : ''
  throw invalid(`The first line must name the columns ${known.join(', ')}${free}: ${wrong.join('; ')}.`)
}

/**
 * What stands before three digits parts thousands or begins decimals, which the file's own separator tells: the spreadsheet
 * that writes semicolons writes a decimal comma, and the one that writes commas a decimal point. Of the other mark, and
 * of both in a file with tabs, nobody can tell.
 */
const AMBIGUOUS: Readonly<Record<CsvContent['separator'], RegExp>> = {
  ';': /^-?[1-9]\d{0,2}(\.\d{3})+$/,
  ',': /^-?[1-9]\d{0,2}(,\d{3})+$/,
  '\t': /^-?[1-9]\d{0,2}([.,]\d{3})+$/,
}

const eitherWay = (field: string) =>
  `field ${field} has three digits after a point or a comma, which are thousands or decimals in a file that is divided as this one; leave the mark out when they are thousands, write two or four decimals otherwise.`

const invalid = (sentence: string) => new Failure('business', 'columns-invalid', sentence)

function asFields(
  named: readonly string[],
  cells: readonly string[],
  decimals: readonly string[],
): Record<string, unknown> {
  const filled = named.flatMap((name, place) => {
    const text = cells[place]?.trim() ?? ''
    return text === '' ? [] : [[name, decimals.includes(name) ? withPoint(text) : text] as const]
  })
  return Object.fromEntries(filled)
}

const withPoint = (text: string): string => (/^-?\d+,\d+$/.test(text) ? text.replace(',', '.') : text)
