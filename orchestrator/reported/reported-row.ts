import { z } from 'zod'
import type { NumberedEntry } from './csv-table.ts'

const Minutes = z
  .number('must be a number of minutes, such as 2.5')
  .min(0, 'must be 0 or more')
  .max(1440, 'must be at most 1440, a day')
const Words = z.string().trim().min(1, 'must be filled in').max(200, 'must have at most 200 characters')

/** No robot worked before it: a year of one or two digits is a mistake, and its month would be recounted for ever. */
const EARLIEST = new Date('2000-01-01T00:00:00Z')

/** An item as another robot reports it: the columns of the CSV file, the fields of the API. */
export const ReportedRow = z.strictObject({
  deployment: z.string().regex(/^[a-z0-9-]{1,80}$/, 'must be the id of a deployment'),
  /** The business reference: the same case of the deployment always has the same one. */
  reference: Words,
  variant: Words,
  outcome: z.enum(['done', 'nothing', 'by-hand'], 'must be done, nothing or by-hand'),
  completedAt: z.iso
    .datetime({ offset: true, error: 'must be a time with its zone, such as 2026-03-31T14:05:00+02:00' })
    .transform((text) => new Date(text))
    .refine((time) => time >= EARLIEST, 'must be in the year 2000 or later'),
  /** What people spent on it; left out, the deployment's fixed time counts for what a person finished. */
  humanMinutes: Minutes.optional(),
  /** The case, when several deployments work on one; the reference otherwise. */
  case: Words.optional(),
})
export type ReportedRow = z.output<typeof ReportedRow>

/** The same as a line of a CSV file, in which everything is text. */
export const ReportedLine = ReportedRow.extend({
  humanMinutes: z
    .string()
    .regex(/^-?\d+(\.\d+)?$/, 'must be a number of minutes, such as 2.5')
    .transform(Number)
    .pipe(Minutes)
    .optional(),
})

/** A row and its number as the person who made the list counts. */
export type NumberedRow = NumberedEntry<ReportedRow>
