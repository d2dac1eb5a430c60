type Value = string | number | null
/** Rows of a sheet; a formula stands there as its text. */
export type Cells = readonly (readonly Value[])[]

/**
 * Works out the formulas that the report writes: numbers, cells of this or another sheet, SUM and SUMIFS of a column, + - * /.
 * A stranger to the product: it knows the file only.
 */
export function evaluate(sheets: ReadonlyMap<string, Cells>, sheet: string, address: string): number {
  const found = /^([A-Z]+)(\d+)$/.exec(address)
  if (!found) throw new Error(`"${address}" is no cell.`)
  const column = [...(found[1] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  const value = sheets.get(sheet)?.[Number(found[2]) - 1]?.[column] ?? null
  if (typeof value === 'number') return value
  if (typeof value === 'string' && value.startsWith('=')) return calculate(sheets, sheet, value.slice(1))
  throw new Error(`${sheet}!${address} is no figure: ${String(value)}.`)
}

function calculate(sheets: ReadonlyMap<string, Cells>, sheet: string, formula: string): number {
  const numbers = formula
    .replace(/SUMIFS\(([^)]*)\)/g, (_, parts: string) => String(sumIfs(sheets, parts.split(','))))
    .replace(
      /SUM\((?:'([^']+)'!)?([A-Z]+)(\d+):[A-Z]+(\d+)\)/g,
      (_, other: string | undefined, column, first, last) => {
        const rows = Array.from(
          { length: Number(last) - Number(first) + 1 },
          (__, place) => Number(first) + place,
        )
        return String(rows.reduce((sum, row) => sum + evaluate(sheets, other ?? sheet, `${column}${row}`), 0))
      },
    )
    .replace(/(?:'([^']+)'!)?\b([A-Z]+\d+)\b/g, (_, other: string | undefined, address: string) =>
      String(evaluate(sheets, other ?? sheet, address)),
    )
  return sum(numbers.match(/-?[\d.]+(?:e-?\d+)?|[+\-*/]/gi) ?? [])
}

/** `SUMIFS(numbers, column, "text", column, "text", …)`, each a column of a named sheet. */
function sumIfs(
  sheets: ReadonlyMap<string, Cells>,
  [numbers = '', ...conditions]: readonly string[],
): number {
  const cellsOf = (range: string): { sheet: string; column: string; rows: readonly number[] } => {
    const [, sheet = '', column = '', first, last] = /^'([^']+)'!([A-Z]+)(\d+):[A-Z]+(\d+)$/.exec(range) ?? []
    const rows = Array.from({ length: Number(last) - Number(first) + 1 }, (_, place) => Number(first) + place)
    return { sheet, column, rows }
  }
  const { sheet, column, rows } = cellsOf(numbers)
  const holds = (row: number) =>
    conditions.every((range, place) => {
      if (place % 2 === 1) return true
      const at = cellsOf(range)
      const cell = sheets.get(at.sheet)?.[row - 1]?.[at.column.charCodeAt(0) - 65]
      return `"${String(cell)}"` === conditions[place + 1]
    })
  return rows.filter(holds).reduce((sum, row) => sum + evaluate(sheets, sheet, `${column}${row}`), 0)
}

/** Products first, then sums. */
function sum(tokens: readonly string[]): number {
  const terms: number[] = []
  let sign = 1
  let pending: '*' | '/' | undefined
  for (const token of tokens) {
    if (token === '+') sign = 1
    else if (token === '-') sign = -1
    else if (token === '*' || token === '/') pending = token
    else if (pending) {
      const before = terms.pop() ?? Number.NaN
      terms.push(pending === '*' ? before * Number(token) : before / Number(token))
      pending = undefined
    } else {
      terms.push(sign * Number(token))
      sign = 1
    }
  }
  return terms.reduce((total, term) => total + term, 0)
}
