type Value = string | number | null
/** Rows of a sheet; a formula stands there as its text. */
export type Cells = readonly (readonly Value[])[]

const LETTERS = "(?:'([^']+)'!)?([A-Z]+)(\\d+)"
const RANGE = new RegExp(`^${LETTERS}:([A-Z]+)(\\d+)$`)
const CELL = new RegExp(`^${LETTERS}$`)

/**
 * Works out the formulas that the report writes: numbers, cells of this or another sheet, brackets, + - * /, and SUM, SUMIFS,
 * SUMPRODUCT and SQRT. A stranger to the product: it knows the file only, and substitutes from the inside out.
 */
export function evaluate(sheets: ReadonlyMap<string, Cells>, sheet: string, address: string): number {
  const value = cellAt(sheets, sheet, address)
  if (typeof value === 'number') return value
  throw new Error(`${sheet}!${address} is no figure: ${String(value)}.`)
}

/** What stands in a cell, formulas worked out. */
function cellAt(sheets: ReadonlyMap<string, Cells>, sheet: string, address: string): Value {
  const found = /^([A-Z]+)(\d+)$/.exec(address)
  if (!found) throw new Error(`"${address}" is no cell.`)
  const value = sheets.get(sheet)?.[Number(found[2]) - 1]?.[columnOf(found[1] ?? '')] ?? null
  return typeof value === 'string' && value.startsWith('=') ? calculate(sheets, sheet, value.slice(1)) : value
}

const columnOf = (letters: string) =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1

function calculate(sheets: ReadonlyMap<string, Cells>, sheet: string, formula: string): number {
  let rest = formula
  for (;;) {
    const next = innermost(rest)
    if (!next) return arithmetic(sheets, sheet, rest)
    const { start, end, name } = next
    const inner = rest.slice(start, end)
    const value = name ? call(sheets, sheet, name, argumentsOf(inner)) : arithmetic(sheets, sheet, inner)
    rest = rest.slice(0, start - 1 - name.length) + plain(value) + rest.slice(end + 1)
  }
}

/** A number that may stand behind any sign, without an exponent that looks like a sum. */
const plain = (value: number) => `{${value}}`

/** The first pair of brackets without another in it, and the function before it; `--(…)` belongs to what calls it. */
function innermost(formula: string): { start: number; end: number; name: string } | undefined {
  const open: number[] = []
  let quote = ''
  for (const [place, sign] of [...formula].entries()) {
    if (quote) quote = sign === quote ? '' : quote
    else if (sign === '"' || sign === "'") quote = sign
    else if (sign === '(') open.push(place)
    else if (sign === ')') {
      const start = (open.pop() ?? 0) + 1
      if (formula.slice(0, start - 1).endsWith('--')) continue
      const name = /[A-Z]+$/.exec(formula.slice(0, start - 1))?.[0] ?? ''
      return { start, end: place, name }
    }
  }
  return undefined
}

function argumentsOf(inner: string): string[] {
  const parts = ['']
  let quote = ''
  for (const sign of inner) {
    if (!quote && (sign === '"' || sign === "'")) quote = sign
    else if (sign === quote) quote = ''
    if (sign === ',' && !quote) parts.push('')
    else parts[parts.length - 1] += sign
  }
  return parts
}

function call(
  sheets: ReadonlyMap<string, Cells>,
  sheet: string,
  name: string,
  given: readonly string[],
): number {
  const numbers = (text: string) =>
    listOf(sheets, sheet, text).map((value) => Number(typeof value === 'number' ? value : 0))
  const [first = '', ...others] = given
  if (name === 'SQRT') return Math.sqrt(arithmetic(sheets, sheet, first))
  if (name === 'SUM') return given.flatMap(numbers).reduce((sum, value) => sum + value, 0)
  if (name === 'SUMPRODUCT') {
    const columns = given.map(numbers)
    return (columns[0] ?? []).reduce(
      (sum, _, place) =>
        sum + columns.reduce((product, column) => product * (column[place] ?? Number.NaN), 1),
      0,
    )
  }
  if (name !== 'SUMIFS') throw new Error(`${name} is not known here.`)
  const conditions = Array.from({ length: others.length / 2 }, (_, place) => ({
    cells: listOf(sheets, sheet, others[2 * place] ?? ''),
    wanted: (others[2 * place + 1] ?? '').slice(1, -1),
  }))
  const holds = (row: number) =>
    conditions.every(({ cells, wanted }) => {
      const cell = String(cells[row])
      return wanted.endsWith('*') ? cell.startsWith(wanted.slice(0, -1)) : cell === wanted
    })
  return numbers(first).reduce((sum, value, row) => (holds(row) ? sum + value : sum), 0)
}

/** The cells of a range one by one, of the difference of two, or of `--(range=cell)` whether each is the same. */
function listOf(sheets: ReadonlyMap<string, Cells>, sheet: string, text: string): Value[] {
  const same = /^--\((.+)=(.+)\)$/.exec(text)
  if (same) {
    const wanted = listOf(sheets, sheet, same[2] ?? '')[0]
    return listOf(sheets, sheet, same[1] ?? '').map((cell) => (cell === wanted ? 1 : 0))
  }
  const less = /^(.+:[A-Z]+\d+)-(.+:[A-Z]+\d+)$/.exec(text)
  if (less) {
    const right = listOf(sheets, sheet, less[2] ?? '')
    return listOf(sheets, sheet, less[1] ?? '').map((cell, place) => Number(cell) - Number(right[place]))
  }
  const cell = CELL.exec(text)
  if (cell) return [cellAt(sheets, cell[1] ?? sheet, `${cell[2]}${cell[3]}`)]
  const range = RANGE.exec(text)
  if (!range) return [arithmetic(sheets, sheet, text)]
  const [, other, column, first, , last] = range
  if (column !== range[4]) throw new Error(`${text} is more than one column.`)
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, place) =>
    cellAt(sheets, other ?? sheet, `${column}${Number(first) + place}`),
  )
}

/** Without brackets: products first, then sums. */
function arithmetic(sheets: ReadonlyMap<string, Cells>, sheet: string, text: string): number {
  const tokens = text.match(/\{[^}]*\}|(?:'[^']+'!)?[A-Z]+\d+|[\d.]+(?:e-?\d+)?|[-+*/]/gi) ?? []
  if (tokens.join('') !== text) throw new Error(`${text} cannot be worked out.`)
  const numberOf = (token: string): number => {
    if (token.startsWith('{')) return Number(token.slice(1, -1))
    const cell = CELL.exec(token)
    return cell ? evaluate(sheets, cell[1] ?? sheet, `${cell[2]}${cell[3]}`) : Number(token)
  }
  const terms: number[] = []
  let sign = 1
  let pending: '*' | '/' | undefined
  for (const token of tokens) {
    if (token === '+') sign = 1
    else if (token === '-') sign = -sign
    else if (token === '*' || token === '/') pending = token
    else if (pending) {
      const before = terms.pop() ?? Number.NaN
      terms.push(pending === '*' ? before * sign * numberOf(token) : before / (sign * numberOf(token)))
      pending = undefined
      sign = 1
    } else {
      terms.push(sign * numberOf(token))
      sign = 1
    }
  }
  return terms.reduce((total, term) => total + term, 0)
}
