import { CONTRACT_NORM } from '../../orchestrator/savings/fte.ts'
import type { HospitalSavings } from '../../orchestrator/savings/report.ts'
import { toldAt, type Told } from '../../orchestrator/savings/withhold.ts'
import { notInHoursOf } from './not-in-hours.ts'
import type { ReportContent } from './report-content.ts'
import type { wordsOf, WordKey } from './report-words.ts'
import { columnOf, deploymentLines } from './workbook-deployments.ts'
import type { Check } from './workbook-recompute-counts.ts'
import { summaryColumn } from './workbook-summary.ts'

type Word = ReturnType<typeof wordsOf>
type SummaryHead = Parameters<typeof summaryColumn>[0]

/** What a hospital adds up of its deployments, when each of them is told. */
const FROM_DEPLOYMENTS = [
  { head: 'upkeepHours', isTold: () => true },
  { head: 'hoursPerYear', isTold: ({ hours }) => hours },
  { head: 'oneOffHours', isTold: ({ oneOffHours }) => oneOffHours },
  { head: 'withoutBaseline', isTold: ({ withoutBaseline }) => withoutBaseline !== null },
  { head: 'leftOut', isTold: ({ leftOut }) => leftOut !== null },
] as const satisfies readonly {
  readonly head: SummaryHead & Parameters<typeof columnOf>[0]
  readonly isTold: (told: Told) => boolean
}[]

/** The figures of each hospital from its deployments and from each other, and those of all hospitals together. */
export function hospitalChecks(content: ReportContent, word: Word): Check[] {
  const { hospitals } = content.savings
  const own = hospitals.flatMap((hospital, place) => [
    ...sumChecks(content, hospital, { row: place + 2, word }),
    ...fteChecks(hospital, { row: place + 2, word }),
  ])
  return [...own, ...totalChecks(content, word)]
}

interface Place {
  /** Of the summary. */
  readonly row: number
  readonly word: Word
}

const cellOf =
  ({ row, word }: Place) =>
  (head: SummaryHead): string =>
    `'${word('summary')}'!${summaryColumn(head)}${row}`

function sumChecks(
  content: ReportContent,
  { id, name, deployments }: HospitalSavings,
  place: Place,
): Check[] {
  const rows = deploymentLines(content)
    .filter(({ deployment }) => deployment.hospital === id)
    .map(({ row }) => row)
  if (rows.length === 0) return []
  const [first, last] = [Math.min(...rows), Math.max(...rows)]
  const told = deployments.map((row) => toldAt(content.told, row))
  return FROM_DEPLOYMENTS.filter(({ isTold }) => told.every((each) => isTold(each))).map(({ head }) => ({
    ...{ of: name, head, from: 'deployments', reported: cellOf(place)(head) },
    formula: `SUM('${place.word('deployments')}'!${columnOf(head)}${first}:${columnOf(head)}${last})`,
  }))
}

function fteChecks({ name }: HospitalSavings, place: Place): Check[] {
  const cell = cellOf(place)
  const formulas = [
    ['netHours', `${cell('grossHours')}-${cell('humanHours')}-${cell('upkeepHours')}`],
    ['fte', `${cell('hoursPerYear')}/${cell('normHours')}`],
    ['contractFte', `${cell('hoursPerYear')}/${CONTRACT_NORM.hoursPerYear}`],
  ] as const
  return formulas.map(([head, formula]) => ({
    ...{ of: name, head, from: 'summary', reported: cell(head), formula },
  }))
}

/** What all hospitals together add up. */
const SUMMED = [
  ...(['netHours', 'fte', 'contractFte', 'grossHours', 'humanHours', 'upkeepHours'] as const),
  ...(['hoursPerYear', 'oneOffHours', 'realisedHours', 'realisedAcrossHours', 'brief'] as const),
  ...(['withoutBaseline', 'leftOut', 'oneOffItems'] as const),
]

function totalChecks({ savings, told, trend }: ReportContent, word: Word): Check[] {
  const { hospitals } = savings
  if (hospitals.length === 0) return []
  const cell = cellOf({ row: hospitals.length + 2, word })
  const beside = hospitals.map((hospital): Readonly<Partial<Record<WordKey, number | null>>> => ({
    ...notInHoursOf(hospital, told),
  }))
  const summed = SUMMED.filter((head) => beside.every((each) => each[head] !== null)).map((head): Check => {
    const letter = summaryColumn(head)
    return {
      ...{ of: word('allHospitals'), head, from: 'summary', reported: cell(head) },
      formula: `SUM('${word('summary')}'!${letter}2:${letter}${hospitals.length + 1})`,
    }
  })
  const months: Check = {
    ...{ of: word('allHospitals'), head: 'netHours', from: 'trend', reported: cell('netHours') },
    formula: `SUM('${word('trend')}'!B2:B${trend.length + 1})`,
  }
  return [...summed, months]
}
