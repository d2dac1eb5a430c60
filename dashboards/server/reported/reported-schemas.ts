import { z } from 'zod'
import { ReportedRow } from '../../../orchestrator/reported/reported-row.ts'
import { CsvFile } from '../csv-file.ts'

/** `POST /api/hospitals/:hospital/reported-items`. Wrong rows are named by their place, counted from 1. */
export const ReportedItems = z.object({
  items: z.array(ReportedRow).min(1, 'must hold at least one item').max(5000, 'must hold at most 5000 items'),
})
/** `POST /api/hospitals/:hospital/reported-items/file`: a form. Wrong rows are named by their line in the file. */
export const ReportedFile = z.object({ file: CsvFile })
export const Taken = z.object({ taken: z.number() })

/** `GET /api/hospitals/:hospital/reported-items/deployments`: of robots that are not in the catalogue. */
export const Reporting = z.array(
  z.object({
    id: z.string(),
    bot: z.string(),
    mode: z.enum(['off', 'shadow', 'live']),
    responsible: z.string(),
    /** Those that have a baseline. */
    variants: z.array(z.string()).readonly(),
  }),
)
