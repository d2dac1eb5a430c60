import type { Row } from 'write-excel-file/node'
import type { MonthOfDeployment } from '../../orchestrator/savings/trend.ts'
import { botTitle } from './bot-words.ts'
import { columnLetters } from './column-letters.ts'
import type { ReportContent } from './report-content.ts'
import { wordsOf, type ReportLanguage, type WordKey } from './report-words.ts'
import { activityWord } from './taxonomy-words.ts'
import { countColumn, countRanges, type CountRange } from './workbook-counts.ts'
import type { Check } from './workbook-recompute-counts.ts'
import { bookedIn } from './workbook-upkeep.ts'

export const MONTH_HEADS = [
  'month',
  'hospital',
  'deployment',
  'bot',
  'activity',
  'netHours',
] as const satisfies readonly WordKey[]

type Word = ReturnType<typeof wordsOf>

interface MonthLine {
  /** Such as `2026-03`. */
  readonly month: string
  readonly of: MonthOfDeployment
  /** Of the sheet; the heads are row 1. */
  readonly row: number
}

const monthLines = ({ months }: ReportContent): MonthLine[] =>
  months
    .flatMap(({ month, deployments }) => deployments.map((of) => ({ month, of })))
    .map((line, place) => ({ ...line, row: place + 2 }))

/** A row for each month and deployment; those that are not told apart are one row of their hospital. */
export function monthRows(content: ReportContent, language: ReportLanguage): Row[] {
  const word = wordsOf(language)
  const names = new Map(content.savings.hospitals.map(({ id, name }) => [id, name]))
  return monthLines(content).map(({ month, of: { hospital, id, bot, activity, netHours } }): Row => [
    ...[month, names.get(hospital) ?? hospital, id ?? word('together')],
    ...(id === null || bot === null
      ? [word('together'), word('together')]
      : [botTitle(bot, language), activityWord(activity, language)]),
    netHours,
  ])
}

const cell = (head: (typeof MONTH_HEADS)[number], row: number, word: Word) =>
  `'${word('monthSheet')}'!${columnLetters(MONTH_HEADS.indexOf(head))}${row}`

/** Each month from those of its deployments; and of each deployment with its counts and bookings, from these. */
export function monthChecks(content: ReportContent, word: Word): Check[] {
  const lines = monthLines(content)
  const last = lines.length + 1
  const column = (head: (typeof MONTH_HEADS)[number]) =>
    `${cell(head, 2, word)}:${columnLetters(MONTH_HEADS.indexOf(head))}${last}`
  const together = content.trend.map(({ month }, place): Check => ({
    ...{ of: month, head: 'netHours', from: 'monthSheet' },
    reported: `'${word('trend')}'!B${place + 2}`,
    formula: last === 1 ? '0' : `SUMIFS(${column('netHours')},${column('month')},"${month}")`,
  }))
  const ranges = countRanges(content).filter(({ oneOff }) => !oneOff)
  return [...together, ...lines.flatMap((line) => deploymentChecks(content, ranges, line, word))]
}

/** Net hours of a deployment in a month from its counts and bookings, where all of them are listed. */
function deploymentChecks(
  { counts, bookings }: ReportContent,
  ranges: readonly CountRange[],
  { month, of: { id }, row }: MonthLine,
  word: Word,
): Check[] {
  if (!counts || !bookings || id === null) return []
  const parts = counts.flatMap(({ deployments }) => deployments.filter((part) => part.deployment === id))
  if (parts.some(({ withheld }) => withheld)) return []
  const own = ranges.find(({ deployment }) => deployment === id)
  const column = (head: Parameters<typeof countColumn>[0]) =>
    `'${word('countSheet')}'!${countColumn(head)}${own?.first}:${countColumn(head)}${own?.last}`
  const minutes = (head: 'grossMinutes' | 'humanMinutes') =>
    `SUMIFS(${column(head)},${column('day')},"${month}*")/60`
  const counted = own ? `${minutes('grossMinutes')}-${minutes('humanMinutes')}` : '0'
  return [
    {
      ...{ of: `${id} ${month}`, head: 'netHours', from: 'countSheet' },
      reported: cell('netHours', row, word),
      formula: `${counted}-${bookedIn(month, bookings, word, id)}`,
    },
  ]
}
