import { CONTRACT_NORM } from '../../orchestrator/savings/fte.ts'
import type { HospitalSavings } from '../../orchestrator/savings/report.ts'
import { toldAt } from '../../orchestrator/savings/withhold.ts'
import type { ReportContent } from './report-content.ts'
import type { wordsOf } from './report-words.ts'
import { baselineColumn, baselineLines, type BaselineLine } from './workbook-baselines.ts'
import type { Check } from './workbook-recompute-counts.ts'
import { summaryColumn } from './workbook-summary.ts'

type Word = ReturnType<typeof wordsOf>
type SummaryHead = Parameters<typeof summaryColumn>[0]

/** A figure of the summary with the ends of its interval. */
const INTERVALS = [
  { figure: 'netHours', low: 'low', high: 'high' },
  { figure: 'fte', low: 'fteLow', high: 'fteHigh' },
  { figure: 'contractFte', low: 'contractFteLow', high: 'contractFteHigh' },
] as const satisfies readonly Readonly<Record<'figure' | 'low' | 'high', SummaryHead>>[]

/** The 95 % intervals of hospitals from their baselines, and those of all together from the hospitals'. */
export function intervalChecks(content: ReportContent, word: Word): Check[] {
  const { hospitals } = content.savings
  const lines = baselineLines(content).filter(({ kind }) => kind === 'regular')
  const own = hospitals.flatMap((hospital, place) =>
    tellsInterval(content, hospital) ? hospitalChecks(hospital, { row: place + 2, lines, word }) : [],
  )
  return content.total.interval ? [...own, ...totalChecks(hospitals.length, word)] : own
}

/** Whether every baseline that the interval comes from stands in the sheet. */
const tellsInterval = ({ told }: ReportContent, { interval, deployments }: HospitalSavings): boolean =>
  interval !== null && deployments.every((row) => row.used.length === 0 || toldAt(told, row).variants)

interface Rows {
  readonly row: number
  readonly lines: readonly BaselineLine[]
  readonly word: Word
}

function hospitalChecks({ id, name }: HospitalSavings, { row, lines, word }: Rows): Check[] {
  const own = lines.filter(({ of }) => of.deployment.hospital === id).map((line) => line.row)
  const [first, last] = [Math.min(...own), Math.max(...own)]
  const range = (head: Parameters<typeof baselineColumn>[0]) =>
    `'${word('baselines')}'!${baselineColumn(head)}${first}:${baselineColumn(head)}${last}`
  const hours = `SQRT(SUMPRODUCT(${range('marginHours')},${range('sameHours')}))`
  const perYear = `SQRT(SUMPRODUCT(${range('marginPerYear')},${range('samePerYear')}))`
  const margins: Readonly<Record<(typeof INTERVALS)[number]['figure'], string>> = {
    netHours: hours,
    fte: `${perYear}/${summaryCell('normHours', row, word)}`,
    contractFte: `${perYear}/${CONTRACT_NORM.hoursPerYear}`,
  }
  return INTERVALS.flatMap((interval) =>
    ends(interval, margins[interval.figure], { row, word }).map((check): Check => ({
      of: name,
      from: 'baselines',
      ...check,
    })),
  )
}

/** Hospitals measured apart from each other: the root of the sum of their squares. One that counted nothing has none. */
function totalChecks(hospitals: number, word: Word): Check[] {
  return INTERVALS.flatMap((interval) => {
    const [low, high] = [interval.low, interval.high].map((head) => {
      const letter = summaryColumn(head)
      return `'${word('summary')}'!${letter}2:${letter}${hospitals + 1}`
    })
    const width = `${high}-${low}`
    return ends(interval, `SQRT(SUMPRODUCT(${width},${width}))/2`, { row: hospitals + 2, word }).map(
      (check): Check => ({ of: word('allHospitals'), from: 'summary', ...check }),
    )
  })
}

const summaryCell = (head: SummaryHead, row: number, word: Word): string =>
  `'${word('summary')}'!${summaryColumn(head)}${row}`

function ends(
  { figure, low, high }: (typeof INTERVALS)[number],
  margin: string,
  { row, word }: { readonly row: number; readonly word: Word },
): Pick<Check, 'head' | 'reported' | 'formula'>[] {
  const cell = (head: SummaryHead) => summaryCell(head, row, word)
  return [
    { head: low, reported: cell(low), formula: `${cell(figure)}-${margin}` },
    { head: high, reported: cell(high), formula: `${cell(figure)}+${margin}` },
  ]
}
