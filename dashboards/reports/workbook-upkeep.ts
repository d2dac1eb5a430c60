import type { Row } from 'write-excel-file/node'
import type { Bookings } from '../../orchestrator/savings/explain-upkeep.ts'
import { columnLetters } from './column-letters.ts'
import type { ReportContent } from './report-content.ts'
import { wordsOf, type ReportLanguage, type WordKey } from './report-words.ts'
import { columnOf, deploymentLines } from './workbook-deployments.ts'
import type { Check } from './workbook-recompute-counts.ts'

export const UPKEEP_HEADS = [
  'hospital',
  'deployment',
  'day',
  'hours',
  'kind',
  'note',
  'bookedBy',
] as const satisfies readonly WordKey[]

/** A row for each booking, those that were withdrawn too; what is not told of it is said. */
export function upkeepRows({ savings, bookings }: ReportContent, language: ReportLanguage): Row[] {
  const word = wordsOf(language)
  if (!bookings) return [[word('tooManyCounts')]]
  const names = new Map(savings.hospitals.map(({ id, name }) => [id, name]))
  return bookings.rows.map(({ hospital, deployment, day, hours, kind, note, bookedBy }): Row => [
    ...[names.get(hospital) ?? hospital, deployment, day, Number(hours)],
    ...[word(`booked.${kind}`), note ?? word('withheld'), bookedBy ?? word('withheld')],
  ])
}

/** The columns of the sheet with its bookings, for formulas. */
const columnIn =
  ({ rows }: Bookings, word: ReturnType<typeof wordsOf>) =>
  (head: (typeof UPKEEP_HEADS)[number]): string => {
    const letter = columnLetters(UPKEEP_HEADS.indexOf(head))
    return `'${word('upkeepSheet')}'!${letter}2:${letter}${rows.length + 1}`
  }

/** What was booked on a deployment in a month such as `2026-03`, less what was withdrawn or is of a backlog, as a formula. */
export function bookedIn(
  month: string,
  bookings: Bookings,
  word: ReturnType<typeof wordsOf>,
  deployment: string,
): string {
  if (!bookings.rows.some((row) => row.deployment === deployment && row.day.startsWith(month))) return '0'
  const column = columnIn(bookings, word)
  return `SUMIFS(${column('hours')},${column('day')},"${month}*",${column('deployment')},"${deployment}",${column('kind')},"${word('booked.regular')}")`
}

/** The upkeep of each deployment, computed again from its bookings: what was withdrawn or of a backlog is not in it. */
export function upkeepChecks(content: ReportContent, word: ReturnType<typeof wordsOf>): Check[] {
  const { bookings } = content
  if (!bookings || bookings.rows.length === 0) return []
  const column = columnIn(bookings, word)
  const booked = deploymentLines(content).filter(
    ({ deployment: { id, upkeepHours } }) =>
      upkeepHours !== 0 || bookings.rows.some(({ deployment }) => deployment === id),
  )
  return booked.map(({ deployment, row }) => ({
    ...{ of: deployment.id, head: 'upkeepHours', from: 'upkeepSheet' },
    reported: `'${word('deployments')}'!${columnOf('upkeepHours')}${row}`,
    formula: `SUMIFS(${column('hours')},${column('deployment')},"${deployment.id}",${column('kind')},"${word('booked.regular')}")`,
  }))
}
