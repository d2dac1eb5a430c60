import { z } from 'zod'

const WRITTEN = 'must be a date that exists, such as 2026-03-31'

/** A local day: a date that exists, of a year that the ledger can keep. */
export const Day = z.iso
  .date({ error: WRITTEN, abort: true })
  .refine((day) => !day.startsWith('0'), 'must be of the year 1000 or later')
