/** A cell of a range; row and column from 0. */
interface Corner {
  readonly row: number
  readonly column: number
}

type Operator = '+' | '-' | '*' | '/' | '='
const NAMES = ['SUM', 'SUMIFS', 'SUMPRODUCT', 'SQRT'] as const

/** What a formula of a spreadsheet says. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: number | string }
  /** One cell, or all from the one corner to the other; of the formula's own sheet when none is named. */
  | {
      readonly kind: 'range'
      readonly sheet: string | undefined
      readonly from: Corner
      readonly to: Corner | undefined
    }
  | { readonly kind: 'negative'; readonly of: Expression }
  | {
      readonly kind: 'operation'
      readonly operator: Operator
      readonly left: Expression
      readonly right: Expression
    }
  | {
      readonly kind: 'call'
      readonly name: (typeof NAMES)[number]
      readonly given: readonly Expression[]
    }

const TOKEN =
  /\s*(?:(?<number>\d+(?:\.\d+)?(?:e[+-]?\d+)?)|"(?<text>(?:[^"]|"")*)"|(?:'(?<sheet>(?:[^']|'')+)'!)?(?<from>[A-Z]{1,3}\d+)(?::(?<to>[A-Z]{1,3}\d+))?|(?<name>[A-Z]+)(?=\()|(?<sign>[-+*/=(),]))/giy

type Token = Readonly<Record<string, string | undefined>>

/** Reads a formula as the workbook writes them. @throws Error at what it has no word for */
export function parseFormula(formula: string): Expression {
  const reader = readerOf(formula)
  const parsed = whole(reader)
  if (reader.next()) throw new Error(`The formula ${formula} goes on after its end.`)
  return parsed
}

interface Reader {
  readonly formula: string
  /** The next token, without taking it. */
  readonly next: () => Token | undefined
  readonly take: () => Token | undefined
  /** @throws Error when another sign comes */
  readonly expect: (sign: string) => void
}

function readerOf(formula: string): Reader {
  const tokens = tokensOf(formula)
  const take = () => tokens.shift()
  const expect = (sign: string) => {
    if (take()?.['sign'] !== sign)
      throw new Error(`The formula ${formula} has no ${sign} where it needs one.`)
  }
  return { formula, next: () => tokens[0], take, expect }
}

/** From the loosest sign to the tightest. */
const LEVELS: readonly (readonly Operator[])[] = [['='], ['+', '-'], ['*', '/']]

function whole(reader: Reader, [level, ...tighter] = LEVELS): Expression {
  if (!level) return single(reader)
  let left = whole(reader, tighter)
  for (;;) {
    const operator = level.find((each) => each === reader.next()?.['sign'])
    if (!operator) return left
    reader.take()
    left = { kind: 'operation', operator, left, right: whole(reader, tighter) }
  }
}

function single(reader: Reader): Expression {
  const token = reader.take() ?? {}
  if (token['sign'] === '-') return { kind: 'negative', of: single(reader) }
  if (token['name'] !== undefined) return called(reader, token['name'])
  if (token['sign'] !== '(') return leafOf(token, reader.formula)
  const inner = whole(reader)
  reader.expect(')')
  return inner
}

function called(reader: Reader, word: string): Expression {
  const name = NAMES.find((each) => each === word)
  if (!name) throw new Error(`The formula ${reader.formula} calls ${word}, which nothing here works out.`)
  const given: Expression[] = []
  reader.expect('(')
  do given.push(whole(reader))
  while (reader.next()?.['sign'] === ',' && reader.take())
  reader.expect(')')
  return { kind: 'call', name, given }
}

function tokensOf(formula: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < formula.length) {
    const at = TOKEN.lastIndex
    const found = TOKEN.exec(formula)
    if (!found?.groups) throw new Error(`The formula ${formula} cannot be read from ${formula.slice(at)}.`)
    tokens.push(found.groups)
  }
  return tokens
}

function leafOf({ number, text, sheet, from, to }: Token, formula: string): Expression {
  if (number !== undefined) return { kind: 'literal', value: Number(number) }
  if (text !== undefined) return { kind: 'literal', value: text.replaceAll('""', '"') }
  if (from === undefined) throw new Error(`The formula ${formula} has nothing to work with somewhere.`)
  return {
    ...{ kind: 'range', sheet: sheet?.replaceAll("''", "'"), from: cornerOf(from) },
    to: to === undefined ? undefined : cornerOf(to),
  }
}

function cornerOf(address: string): Corner {
  const [, letters = '', row = ''] = /^([A-Z]+)(\d+)$/i.exec(address) ?? []
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  return { row: Number(row) - 1, column }
}
