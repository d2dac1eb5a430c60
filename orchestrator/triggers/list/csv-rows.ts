import { Failure } from '../../../connectors/failure.ts'
import type { ListRow } from './list-row.ts'

/** What spreadsheet programs write between cells; that which the first line has most of is taken. */
const SEPARATORS = [';', ',', '\t'] as const

/** A CSV file as it was read, with what stands between its cells. */
export interface CsvContent {
  readonly separator: (typeof SEPARATORS)[number]
  readonly rows: ListRow[]
}

/** @throws as readCsv */
export const csvRows = (content: Uint8Array): ListRow[] => readCsv(content).rows

/**
 * The rows of a CSV file (RFC 4180, with the separators that spreadsheets use), each with the line it begins on.
 * UTF-8, or else the Windows-1252 in which Excel saves. Empty lines are left out; cells are text as they stand.
 * @throws business: when it is written in UTF-16 or begins with `sep=`, and with the line when a quote is not closed or stands in the middle of a cell
 */
export function readCsv(content: Uint8Array): CsvContent {
  const text = decode(content)
  const [first = ''] = text.split(/\r\n|\r|\n/, 1)
  if (/^"?sep=/i.test(first)) throw notPlain('The first line says how cells are divided (sep=)')
  const separator = SEPARATORS.toSorted((a, b) => first.split(b).length - first.split(a).length)[0] ?? ';'
  const rows: ListRow[] = []
  let at = 0
  let line = 1
  while (at < text.length) {
    const row = readRow(text, at, line, separator)
    if (row.cells.some((cell) => cell !== '')) rows.push({ number: line, cells: row.cells })
    at = row.end
    line = row.nextLine
  }
  return { separator, rows }
}

function decode(content: Uint8Array): string {
  // UTF-16, which Excel calls Unicode text: marked by two bytes, or every other one of its first characters is nothing.
  const [first, second] = content
  if (
    (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff) ||
    first === 0 ||
    second === 0
  )
    throw notPlain('This file is written in UTF-16')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return new TextDecoder('windows-1252').decode(content)
  }
}

interface Row {
  readonly cells: string[]
  readonly end: number
  readonly nextLine: number
}

function readRow(text: string, start: number, line: number, separator: string): Row {
  const cells: string[] = []
  let at = start
  let now = line
  for (;;) {
    const cell = text[at] === '"' ? quoted(text, at, now) : plain(text, at, separator, now)
    cells.push(cell.value)
    now += lineBreaks(cell.value)
    at = cell.end
    if (text[at] === separator) {
      at += 1
      continue
    }
    if (at < text.length && text[at] !== '\r' && text[at] !== '\n') throw misplaced(now)
    const end = text.startsWith('\r\n', at) ? at + 2 : Math.min(at + 1, text.length)
    return { cells, end, nextLine: now + 1 }
  }
}

function quoted(text: string, start: number, line: number): { value: string; end: number } {
  let value = ''
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote === -1) throw unclosed(line)
    value += text.slice(at, quote)
    if (text[quote + 1] !== '"') return { value, end: quote + 1 }
    value += '"'
    at = quote + 2
  }
}

function plain(text: string, start: number, separator: string, line: number): { value: string; end: number } {
  let end = start
  while (end < text.length && text[end] !== separator && text[end] !== '\r' && text[end] !== '\n') {
    if (text[end] === '"') throw misplaced(line)
    end += 1
  }
  return { value: text.slice(start, end), end }
}

const lineBreaks = (value: string): number => value.split(/\r\n|\r|\n/).length - 1

const notPlain = (what: string) =>
  new Failure(
    'business',
    'list-not-plain',
    `${what}: save the list as "CSV UTF-8" in the spreadsheet, and give that file.`,
  )

const unclosed = (line: number) =>
  new Failure(
    'business',
    'list-unreadable',
    `Line ${line}: a cell begins with a quotation mark that is not closed; close it or take it away.`,
  )

const misplaced = (line: number) =>
  new Failure(
    'business',
    'list-unreadable',
    `Line ${line}: a quotation mark stands in the middle of a cell; put the whole cell between quotation marks and write this one twice.`,
  )
