import { parseFormula, type Expression } from './sheet-formula.ts'

/** A cell as it stands in a sheet: a formula has its text, without `=`. */
export type SheetCell = string | number | null | { readonly formula: string }
/** Rows of a sheet by its name; the first row is row 1 of a formula. */
export type SheetCells = ReadonlyMap<string, readonly (readonly SheetCell[])[]>

type Scalar = string | number | null
/** A range is many, row after row. */
type Value = Scalar | readonly Scalar[]

interface Place {
  readonly sheet: string
  /** From 0. */
  readonly row: number
  readonly column: number
}

/**
 * Works formulas out from the cells of their own file, as a spreadsheet does when it opens it.
 * @throws Error when a formula is not one, or reaches a cell that holds no figure
 */
export function calculatorOf(sheets: SheetCells): (place: Place) => number {
  const known = new Map<string, number>()
  const cellAt = ({ sheet, row, column }: Place): Scalar => {
    const cell = sheets.get(sheet)?.[row]?.[column] ?? null
    return cell === null || typeof cell !== 'object' ? cell : calculated({ sheet, row, column })
  }
  const calculated = (place: Place): number => {
    const key = `${place.sheet} ${place.row} ${place.column}`
    const before = known.get(key)
    if (before !== undefined) return before
    const cell = sheets.get(place.sheet)?.[place.row]?.[place.column] ?? null
    if (cell === null || typeof cell !== 'object') throw new Error(`There is no formula at ${key}.`)
    const value = valueOf(parseFormula(cell.formula), { sheet: place.sheet, cellAt })
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw new Error(`The formula ${cell.formula} at ${key} comes to no figure.`)
    known.set(key, value)
    return value
  }
  return calculated
}

interface Sheets {
  /** Where the formula stands. */
  readonly sheet: string
  readonly cellAt: (place: Place) => Scalar
}

function valueOf(expression: Expression, sheets: Sheets): Value {
  switch (expression.kind) {
    case 'literal':
      return expression.value
    case 'range':
      return rangeOf(expression, sheets)
    case 'negative':
      return each(valueOf(expression.of, sheets), (value) => -figure(value))
    case 'operation':
      return both(
        valueOf(expression.left, sheets),
        valueOf(expression.right, sheets),
        OPERATIONS[expression.operator],
      )
    case 'call':
      return FUNCTIONS[expression.name](expression.given.map((each) => valueOf(each, sheets)))
  }
}

function rangeOf(
  { sheet, from, to }: Extract<Expression, { kind: 'range' }>,
  { sheet: own, cellAt }: Sheets,
): Value {
  const at = (row: number, column: number) => cellAt({ sheet: sheet ?? own, row, column })
  if (!to) return at(from.row, from.column)
  const cells: Scalar[] = []
  for (let row = from.row; row <= to.row; row += 1)
    for (let column = from.column; column <= to.column; column += 1) cells.push(at(row, column))
  return cells
}

/** An empty cell is nothing; a text is no figure. */
function figure(value: Scalar | undefined): number {
  if (value === null || value === undefined) return 0
  if (typeof value === 'number') return value
  throw new Error(`"${value}" is no figure.`)
}

const isMany = (value: Value): value is readonly Scalar[] => Array.isArray(value)
const many = (value: Value | undefined): readonly Scalar[] =>
  value === undefined ? [] : isMany(value) ? value : [value]

const each = (value: Value, work: (value: Scalar) => number): Value =>
  isMany(value) ? value.map(work) : work(value)

type Operation = (left: Scalar, right: Scalar) => number

/** Cell by cell; what is one stands beside each of many. */
function both(left: Value, right: Value, operation: Operation): Value {
  if (!isMany(left) && !isMany(right)) return operation(left, right)
  const [lefts, rights] = [many(left), many(right)]
  return (isMany(left) ? lefts : rights).map((_, place) =>
    operation((isMany(left) ? lefts[place] : left) ?? null, (isMany(right) ? rights[place] : right) ?? null),
  )
}

const OPERATIONS: Readonly<Record<Extract<Expression, { kind: 'operation' }>['operator'], Operation>> = {
  '+': (left, right) => figure(left) + figure(right),
  '-': (left, right) => figure(left) - figure(right),
  '*': (left, right) => figure(left) * figure(right),
  '/': (left, right) => figure(left) / figure(right),
  '=': (left, right) => (isSame(left, right) ? 1 : 0),
}

/** Spreadsheets take capitals for the same. */
const isSame = (left: Scalar, right: Scalar): boolean =>
  typeof left === 'string' && typeof right === 'string'
    ? left.toLowerCase() === right.toLowerCase()
    : left === right

const FUNCTIONS: Readonly<
  Record<Extract<Expression, { kind: 'call' }>['name'], (given: readonly Value[]) => number>
> = {
  SUM: (given) => given.flatMap(many).reduce<number>((sum, cell) => sum + numberOr0(cell), 0),
  SQRT: ([of]) => Math.sqrt(figure(many(of)[0])),
  SUMPRODUCT: ([first, ...others]) =>
    many(first).reduce<number>(
      (sum, cell, place) =>
        sum +
        others.reduce<number>((product, other) => product * numberOr0(many(other)[place]), numberOr0(cell)),
      0,
    ),
  SUMIFS: ([numbers, ...conditions]) =>
    many(numbers).reduce<number>(
      (sum, cell, place) => (holdsAt(conditions, place) ? sum + numberOr0(cell) : sum),
      0,
    ),
}

/** What adds up: text in a range is passed over. */
const numberOr0 = (cell: Scalar | undefined): number => (typeof cell === 'number' ? cell : 0)

/** Ranges and what stands in them, in turn; a text that ends with `*` is how it begins. */
function holdsAt(conditions: readonly Value[], place: number): boolean {
  return conditions.every((range, index) => {
    if (index % 2 === 1) return true
    const [wanted] = many(conditions[index + 1])
    const cell = many(range)[place] ?? null
    return typeof wanted === 'string' && wanted.endsWith('*')
      ? typeof cell === 'string' && cell.startsWith(wanted.slice(0, -1))
      : isSame(cell, wanted ?? null)
  })
}
