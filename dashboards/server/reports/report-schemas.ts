import { z } from 'zod'
import { Day } from '../day-schema.ts'
import { HospitalSavings, PeriodAsked } from '../savings/savings-schemas.ts'

/** `GET /api/programme/report/figures?from=&to=&hospital=`: of all one's hospitals, or of one. */
export const FiguresAsked = z.object({ from: Day, to: Day, hospital: z.string().max(40).optional() })

/** `GET /api/programme/report?from=&to=&format=&language=&hospital=` */
export const ReportAsked = FiguresAsked.extend({
  format: z.enum(['csv', 'csv-counts', 'xlsx', 'pdf'], 'must be csv, csv-counts, xlsx or pdf'),
  language: z.enum(['nl', 'en'], 'must be nl or en').default('nl'),
})

const Headline = HospitalSavings.pick({ netHours: true, fte: true, contractFte: true, interval: true })
/** What stands at the head of the file, not rounded. */
export const ReportFigures = z.object({
  period: PeriodAsked.extend({ until: z.string() }),
  hospitals: z.array(
    HospitalSavings.pick({ id: true, name: true, norm: true, noInterval: true, grade: true }).extend(
      Headline.shape,
    ),
  ),
  total: Headline,
})
