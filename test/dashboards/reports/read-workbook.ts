import { strFromU8, unzipSync } from 'fflate'
import type { Cells } from './sheet-formulas.ts'

/** The sheets of an Excel file by name: texts, numbers, and formulas as `=…`, read from its XML. */
export const readWorkbook = (file: Uint8Array): Map<string, Cells> => readSheets(file, 'formulas')

/** The same with what stands beside each formula: what a program shows that works nothing out; null when nothing does. */
export const readShown = (file: Uint8Array): Map<string, Cells> => readSheets(file, 'results')

type Reading = 'formulas' | 'results'

/** A part of an Excel file, such as `xl/workbook.xml`. */
export const partOf = (file: Uint8Array, path: string): string =>
  strFromU8(unzipSync(file)[path] ?? new Uint8Array())

function readSheets(file: Uint8Array, reading: Reading): Map<string, Cells> {
  const parts = unzipSync(file)
  const xml = (path: string) => strFromU8(parts[path] ?? new Uint8Array())
  const shared = [...xml('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map(([, item = '']) =>
    textOf(item),
  )
  const names = [...xml('xl/workbook.xml').matchAll(/<sheet [^>]*?name="([^"]*)"/g)].map(([, name = '']) =>
    unescaped(name),
  )
  return new Map(
    names.map((name, place) => [name, rowsOf(xml(`xl/worksheets/sheet${place + 1}.xml`), shared, reading)]),
  )
}

function rowsOf(sheet: string, shared: readonly string[], reading: Reading): (string | number | null)[][] {
  return [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row = '']) => {
    const cells: (string | number | null)[] = []
    for (const [, attributes = '', content = ''] of row.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      const [, letters = 'A'] = /r="([A-Z]+)\d+"/.exec(attributes) ?? []
      const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
      while (cells.length < column) cells.push(null)
      cells.push(valueOf(attributes, content, shared, reading))
    }
    return cells
  })
}

function valueOf(
  attributes: string,
  content: string,
  shared: readonly string[],
  reading: Reading,
): string | number | null {
  const formula = /<f>(.*?)<\/f>/s.exec(content)?.[1]
  if (formula !== undefined && reading === 'formulas') {
    if (formula.startsWith('=')) throw new Error(`The file has a formula with a sign too many: ${formula}.`)
    return `=${unescaped(formula)}`
  }
  if (attributes.includes('t="inlineStr"')) return textOf(content)
  const value = /<v>(.*?)<\/v>/s.exec(content)?.[1]
  if (value === undefined) return null
  return attributes.includes('t="s"') ? (shared[Number(value)] ?? null) : Number(value)
}

const textOf = (xml: string) =>
  [...xml.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, text = '']) => unescaped(text)).join('')

const unescaped = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
