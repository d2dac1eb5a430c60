import { z } from 'zod'
import { ACTIVITIES } from '../../bots/activity.ts'
import { readCsvTable, type NumberedEntry } from '../reported/csv-table.ts'
import { refusedRows, rowProblem, type RowProblem } from '../reported/row-problems.ts'
import type { StaffGroup } from './time-use.ts'

const COLUMNS = {
  required: ['staffGroup', 'hours', 'activity', 'share'],
  optional: [],
  decimals: ['hours', 'share'],
} as const

const Line = z.strictObject({
  staffGroup: z.string('must be filled in').max(80, 'must have at most 80 characters'),
  /** Of the whole group in that year: the same in each row of the group. */
  hours: z
    .string('must be filled in')
    .regex(/^\d{1,8}(\.\d)?$/, 'must be hours with at most one decimal, such as 120000')
    .refine((hours) => Number(hours) > 0, 'must be more than 0'),
  activity: z.enum(ACTIVITIES, `must be one of ${ACTIVITIES.join(', ')}`),
  share: z
    .string('must be filled in')
    .regex(
      /^(0(\.\d{1,4})?|1(\.0{1,4})?)$/,
      'must be a share from 0 to 1 with at most four decimals, such as 0.21',
    ),
})

type NumberedLine = NumberedEntry<z.output<typeof Line>>

const SHARE_UNITS = 10_000

/**
 * The groups of staff of a CSV file with the columns staffGroup, hours, activity and share: a row for each activity of
 * a group, in any order.
 * @throws business that names every wrong row and field; nothing of a file is read in part
 */
export function readTimeUseCsv(content: Uint8Array): StaffGroup[] {
  const lines = readCsvTable(content, COLUMNS, Line)
  const groups = [...Map.groupBy(lines, ({ row }) => row.staffGroup)]
  const problems = groups.flatMap(([, rows]) => [...otherHours(rows), ...twice(rows), ...tooMuch(rows)])
  if (problems.length > 0) throw refusedRows(problems)
  return groups.map(([name, rows]) => ({
    name,
    hours: rows[0]?.row.hours ?? '',
    shares: rows.map(({ row: { activity, share } }) => ({ activity, share })),
  }))
}

function otherHours(rows: readonly NumberedLine[]): RowProblem[] {
  const [first] = rows
  return rows.flatMap(({ number, row }) => {
    if (!first || Number(row.hours) === Number(first.row.hours)) return []
    const sentence = `field hours: is ${row.hours}, while row ${first.number} says ${first.row.hours} for the same group; give each row of a group the same hours.`
    return [rowProblem(number, 'hours-differ', sentence)]
  })
}

function twice(rows: readonly NumberedLine[]): RowProblem[] {
  return rows.flatMap(({ number, row }, place) => {
    const earlier = rows.slice(0, place).find((other) => other.row.activity === row.activity)
    if (!earlier) return []
    const sentence = `field activity: "${row.activity}" stands in row ${earlier.number} already for this group; put the shares together.`
    return [rowProblem(number, 'row-twice', sentence)]
  })
}

/** Told once, at the row with which a group comes above all of its time. */
function tooMuch(rows: readonly NumberedLine[]): RowProblem[] {
  let sum = 0
  for (const { number, row } of rows) {
    sum += Math.round(Number(row.share) * SHARE_UNITS)
    if (sum <= SHARE_UNITS) continue
    const sentence = `field share: the shares of the group come to ${sum / SHARE_UNITS} here; together they are at most 1.`
    return [rowProblem(number, 'share-too-large', sentence)]
  }
  return []
}
