import { strFromU8, unzipSync } from 'fflate'
import type { Cells } from './sheet-formulas.ts'

/** The sheets of an Excel file by name: texts, numbers, and formulas as `=…`, read from its XML. */
export function readWorkbook(file: Uint8Array): Map<string, Cells> {
  const parts = unzipSync(file)
  const xml = (path: string) => strFromU8(parts[path] ?? new Uint8Array())
  const shared = [...xml('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map(([, item = '']) =>
    textOf(item),
  )
  const names = [...xml('xl/workbook.xml').matchAll(/<sheet [^>]*?name="([^"]*)"/g)].map(([, name = '']) =>
    unescaped(name),
  )
  return new Map(
    names.map((name, place) => [name, rowsOf(xml(`xl/worksheets/sheet${place + 1}.xml`), shared)]),
  )
}

function rowsOf(sheet: string, shared: readonly string[]): (string | number | null)[][] {
  return [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row = '']) => {
    const cells: (string | number | null)[] = []
    for (const [, attributes = '', content = ''] of row.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      const [, letters = 'A'] = /r="([A-Z]+)\d+"/.exec(attributes) ?? []
      const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
      while (cells.length < column) cells.push(null)
      cells.push(valueOf(attributes, content, shared))
    }
    return cells
  })
}

function valueOf(attributes: string, content: string, shared: readonly string[]): string | number | null {
  const formula = /<f>(.*?)<\/f>/s.exec(content)?.[1]
  if (formula !== undefined) return `=${unescaped(formula).replace(/^=/, '')}`
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
