import type { Cell, Row, Sheet } from 'write-excel-file/node'
import type { RobotFigures, ValueCase } from '../../orchestrator/programme/value-case.ts'
import { botTitle } from './bot-words.ts'
import { columnLetters } from './column-letters.ts'
import type { ReportLanguage } from './report-words.ts'
import { valueWordsOf, type ValueWord } from './value-words.ts'
import { writeWorkbook } from './write-workbook.ts'

const FIGURES = [
  'licences',
  'hours',
  'hosting',
  'other',
  'costs',
  'netHours',
  'hoursWithoutRate',
  'benefit',
  'result',
] as const satisfies readonly ValueWord[]
type Figure = (typeof FIGURES)[number]
const YEAR_HEADS = ['year', ...FIGURES, 'cumulative'] as const
const ROBOT_HEADS = ['year', 'bot', ...FIGURES] as const

type Word = ReturnType<typeof valueWordsOf>

const MONEY = '#,##0.00'
const WIDTH = 18

/**
 * The value case as an Excel file: by year and by robot, with costs, results and sums as formulas. No amount is rounded, but
 * for what Excel shows of it.
 */
export async function valueWorkbook(value: ValueCase, language: ReportLanguage): Promise<Buffer> {
  const word = valueWordsOf(language)
  const sheet = (name: ValueWord, heads: readonly ValueWord[], rows: Row[]): Sheet<Buffer> => ({
    sheet: word(name),
    data: [heads.map((head) => ({ value: word(head), fontWeight: 'bold', wrap: true })), ...rows],
    columns: heads.map((head) => ({ width: head === 'bot' ? 2 * WIDTH : WIDTH })),
    stickyRowsCount: 1,
  })
  return await writeWorkbook([
    sheet('perYear', YEAR_HEADS, yearRows(value, word)),
    sheet('perRobot', ROBOT_HEADS, robotRows(value, language)),
    { sheet: word('notes'), data: [[{ value: word('note'), wrap: true }]], columns: [{ width: 110 }] },
  ])
}

/** A row for each year, what is added up so far beside it, and one for all of them. */
function yearRows({ years }: ValueCase, word: Word): Row[] {
  const at = placesOf(YEAR_HEADS)
  const rows = years.map((year, place): Row => {
    const row = place + 2
    const before = place === 0 ? '' : `${at('cumulative')}${row - 1}+`
    return [year.year, ...figureCells(year, { at, row, word }), money(`=${before}${at('result')}${row}`)]
  })
  const whole = FIGURES.map((head) => sumCell(head, at(head), { first: 2, last: years.length + 1 }))
  return [...rows, [word('together'), ...whole, null]]
}

/** Year by year a row for each robot, one for what is not of one robot, and their sum. */
function robotRows({ years, robots }: ValueCase, language: ReportLanguage): Row[] {
  const word = valueWordsOf(language)
  const at = placesOf(ROBOT_HEADS)
  let next = 2
  return years.flatMap((year, place) => {
    const first = next
    const own = robots.flatMap(({ bot, years: figures }) => {
      const figure = figures[place]
      return figure ? [{ bot, figure }] : []
    })
    const last = first + own.length - 1
    next = last + 2
    const rows = own.map(({ bot, figure }, index): Row => {
      const name = bot === null ? word('shared') : botTitle(bot, language)
      return [year.year, name, ...figureCells(figure, { at, row: first + index, word })]
    })
    // A sum of cells that are not all figures would be another one than the whole.
    const allTold = own.length > 0 && own.every(({ figure }) => figure.netHours !== null)
    const whole = figureCells(year, { at, row: last + 1, word })
    const sums = FIGURES.map((head, index): Cell =>
      allTold ? sumCell(head, at(head), { first, last }) : whole[index],
    )
    return [...rows, [year.year, word('together'), ...sums]]
  })
}

const placesOf =
  <Head extends ValueWord>(heads: readonly Head[]) =>
  (head: Head): string =>
    columnLetters(heads.indexOf(head))

interface Place {
  readonly at: (head: Figure) => string
  readonly row: number
  readonly word: Word
}

/** What was entered and counted as numbers, what follows from it as formulas. */
function figureCells(figures: RobotFigures, { at, row, word }: Place): Cell[] {
  const { costs, benefit, netHours, hoursWithoutRate, result } = figures
  const hidden = word('withheld')
  return [
    ...(['licences', 'hours', 'hosting', 'other'] as const).map((kind) => money(costs[kind])),
    money(`=${(['licences', 'hours', 'hosting', 'other'] as const).map((kind) => at(kind) + row).join('+')}`),
    ...[netHours ?? hidden, hoursWithoutRate ?? hidden],
    benefit === null ? hidden : money(benefit),
    result === null ? hidden : money(`=${at('benefit')}${row}-${at('costs')}${row}`),
  ]
}

const sumCell = (
  head: Figure,
  column: string,
  { first, last }: { readonly first: number; readonly last: number },
): Cell => {
  const formula = `=SUM(${column}${first}:${column}${last})`
  return head === 'netHours' || head === 'hoursWithoutRate'
    ? { type: 'Formula', value: formula }
    : money(formula)
}

/** An amount, or a formula of amounts. */
const money = (euros: string): Cell =>
  euros.startsWith('=')
    ? { type: 'Formula', value: euros, format: MONEY }
    : { value: Number(euros), format: MONEY }
