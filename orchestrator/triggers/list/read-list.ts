import type { Bot, Text } from '../../../bots/bot.ts'
import { fromDutchDate } from '../../../connectors/dutch-date.ts'
import { asFailure, Failure } from '../../../connectors/failure.ts'
import type { NewItem } from '../../ledger/items.ts'
import { itemColumns, type ItemColumn } from './item-columns.ts'
import type { ListRow } from './list-row.ts'

/** More than this is several lists; a bot that has so much work should look for it itself. */
export const MOST_ROWS = 5000
const LONGEST_CELL = 10_000

/** What is not right in a row; the sentence names the field, never what stands in it. */
export interface RowError {
  /** As the spreadsheet counts. */
  readonly row: number
  readonly code: string
  readonly sentence: string
  /** What the column is called that it is about; null for what is about the whole row. */
  readonly column: Text | null
}

export interface ReadList {
  readonly items: readonly NewItem[]
  /** The row of each item, in the same order. */
  readonly rows: readonly number[]
  readonly errors: readonly RowError[]
}

/**
 * Checks a list row by row as the bot would read its items: the first row names the columns, in any order. A case that
 * stands in the list twice is an error of its second row.
 * @throws business when the columns are not right, or there are no rows or too many
 */
export function readItemList(bot: Bot, rows: readonly ListRow[]): ReadList {
  const [head, ...body] = rows
  if (!head || body.length === 0)
    throw refused(
      'The list has no rows: put the names of the columns in its first row and a case in each row below.',
    )
  if (body.length > MOST_ROWS)
    throw refused(`The list has ${body.length} rows, and ${MOST_ROWS} is the most: split it.`)
  const columns = matchColumns(itemColumns(bot), head.cells)
  const items: NewItem[] = []
  const numbers: number[] = []
  const errors: RowError[] = []
  const seen = new Map<string, number>()
  for (const row of body) {
    const read = readRow(bot, columns, row)
    if ('sentence' in read) {
      errors.push(read)
      continue
    }
    const earlier = seen.get(read.reference)
    if (earlier !== undefined)
      errors.push(error(row, 'row-twice', `The same case stands in row ${earlier}: take one of them away.`))
    else {
      seen.set(read.reference, row.number)
      items.push(read)
      numbers.push(row.number)
    }
  }
  return { items, rows: numbers, errors }
}

function matchColumns(known: readonly ItemColumn[], head: readonly string[]): (ItemColumn | undefined)[] {
  const matched = head.map((cell) => {
    const name = cell.trim().toLowerCase()
    return known.find((column) => namesOf(column).some((one) => one.toLowerCase() === name))
  })
  const unknown = head.findIndex((cell, index) => cell.trim() !== '' && !matched[index])
  const names = known.map(bothOf).join(', ')
  if (unknown !== -1)
    throw refused(`Column ${unknown + 1} has a name that this robot does not know: its columns are ${names}.`)
  const twice = matched.find((column, index) => column && matched.indexOf(column) !== index)
  if (twice) throw refused(`Column ${bothOf(twice)} stands in the list twice: take one of them away.`)
  const missing = known.find((column) => column.needed && !matched.includes(column))
  if (missing) throw refused(`Column ${bothOf(missing)} is missing: this robot needs ${names}.`)
  return matched
}

/** A list may have either. */
const bothOf = ({ title: { nl, en } }: ItemColumn): string => (nl === en ? nl : `${nl} (${en})`)

const namesOf = ({ name, title: { nl, en } }: ItemColumn): readonly string[] => [name, nl, en]

function readRow(bot: Bot, columns: readonly (ItemColumn | undefined)[], row: ListRow): NewItem | RowError {
  const outside = row.cells.findIndex((cell, index) => cell !== '' && !columns[index])
  if (outside !== -1)
    return error(row, 'row-outside', `Cell ${outside + 1} stands outside the columns: empty it.`)
  const raw: Record<string, unknown> = {}
  for (const [index, column] of columns.entries()) {
    const cell = row.cells[index]?.trim() ?? ''
    if (!column || cell === '') continue
    if (cell.length > LONGEST_CELL)
      return error(
        row,
        'cell-long',
        `Field ${bothOf(column)}: at most ${LONGEST_CELL} characters fit.`,
        column,
      )
    if (cell.includes('\0') || !cell.isWellFormed())
      return error(
        row,
        'cell-broken',
        `Field ${bothOf(column)} holds a character that is none: type it anew.`,
        column,
      )
    raw[column.name] = valueOf(column, cell)
  }
  try {
    const data = bot.readItem(raw)
    return { reference: bot.reference(data), caseReference: bot.caseReference(data), data }
  } catch (caught) {
    const { code, message } = asFailure(caught)
    const field = /^Field (\w+)/.exec(message)?.[1]
    const column = columns.find((one) => one?.name === field)
    return error(row, code, message, column)
  }
}

/** What does not look like its kind stays text, so that the bot's own check names it. */
function valueOf({ kind }: ItemColumn, cell: string): unknown {
  switch (kind) {
    case 'date':
      return fromDutchDate(cell) ?? cell
    case 'number':
      return /^-?\d+([.,]\d+)?$/.test(cell) ? Number(cell.replace(',', '.')) : cell
    case 'yes-or-no':
      return YES_OR_NO.get(cell.toLowerCase()) ?? cell
    case 'text':
      return cell
  }
}

const YES_OR_NO: ReadonlyMap<string, boolean> = new Map([
  ['ja', true],
  ['yes', true],
  ['true', true],
  ['nee', false],
  ['no', false],
  ['false', false],
])

const error = ({ number }: ListRow, code: string, sentence: string, column?: ItemColumn): RowError => ({
  row: number,
  code,
  sentence,
  column: column?.title ?? null,
})

const refused = (sentence: string) => new Failure('business', 'list-unreadable', sentence)
