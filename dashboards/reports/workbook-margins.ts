import type { Cell } from 'write-excel-file/node'
import { marginOfMean, studentT95 } from '../../orchestrator/savings/interval.ts'
import type { BaselineLine } from './workbook-baselines.ts'
import { columnOf } from './workbook-deployments.ts'
import type { WordKey } from './report-words.ts'

/** What a baseline is uncertain about, in the columns after it. */
export const MARGIN_HEADS = [
  'studentT',
  'marginMinutes',
  'marginHours',
  'marginPerYear',
  'sameHours',
  'samePerYear',
] as const satisfies readonly WordKey[]

type Column = (typeof MARGIN_HEADS)[number] | 'shares' | 'n' | 'spread'

interface Sheets {
  /** The letter of a column of the baselines' sheet. */
  readonly at: (head: Column) => string
  /** The name of the sheet of deployments. */
  readonly deployments: string
}

const formula = (value: string): Cell => ({ type: 'Formula', value })

/**
 * Half the 95 % interval that one use of a baseline brings into the hours, and into the hours a year; beside them those of
 * all uses of the same baseline at its hospital together, for they are wrong in the same way. The interval of a hospital
 * is the root of the sum of the one column times the other. Empty where the baseline has no interval, and of backlogs,
 * which are in no interval of the sheets.
 */
export function marginCells(
  line: BaselineLine,
  lines: readonly BaselineLine[],
  { at, deployments }: Sheets,
): Cell[] {
  const { row, use, of } = line
  const { n } = use.baseline
  if (line.kind === 'one-off' || n === null || Number.isNaN(marginOfMean(use.baseline)))
    return MARGIN_HEADS.map(() => null)
  const cell = (head: Column) => `${at(head)}${row}`
  const year = (head: Parameters<typeof columnOf>[0]) => `'${deployments}'!${columnOf(head)}${of.row}`
  const same = lines.filter(
    (other) =>
      other.kind === line.kind &&
      other.of.deployment.hospital === of.deployment.hospital &&
      other.use.baseline.id === use.baseline.id,
  )
  const together = (head: Column) => formula(same.map((other) => `${at(head)}${other.row}`).join('+'))
  return [
    studentT95(n - 1),
    formula(`${cell('studentT')}*${cell('spread')}/SQRT(${cell('n')})`),
    formula(`${cell('shares')}*${cell('marginMinutes')}/60`),
    of.deployment.measuredDays === 0
      ? 0
      : formula(`${cell('marginHours')}*${year('yearDays')}/${year('measuredDays')}`),
    ...[together('marginHours'), together('marginPerYear')],
  ]
}
