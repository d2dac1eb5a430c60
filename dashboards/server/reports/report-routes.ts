import type { z } from 'zod'
import { Failure } from '../../../connectors/failure.ts'
import { savingsCsv } from '../../../orchestrator/savings/savings-csv.ts'
import { hospitalsWith } from '../../../orchestrator/ledger/roles.ts'
import { localDate } from '../../../orchestrator/triggers/calendar.ts'
import { readReportContent, type ReportContent } from '../../reports/report-content.ts'
import { savingsPdf } from '../../reports/savings-pdf.ts'
import { savingsWorkbook } from '../../reports/savings-workbook.ts'
import { defineRoute, type FileAnswer, type Route, type RouteContext } from '../route.ts'
import { FiguresAsked, ReportAsked, ReportFigures } from './report-schemas.ts'

const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const

/** The report of savings as a file. */
export const reportRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/programme/report',
    roles: ['programme', 'administrator', 'auditor'],
    summary: 'The savings of a period as CSV, Excel or PDF: hours, FTE and intervals, never an item.',
    query: ReportAsked,
    answer: 'file',
    async handle({ query }, context): Promise<FileAnswer> {
      const { from, to, format, language } = query
      const content = await contentFor(query, context, format === 'xlsx')
      const bytes =
        format === 'csv'
          ? Buffer.from(savingsCsv(content.savings, content.told))
          : format === 'xlsx'
            ? await savingsWorkbook(content, language)
            : await savingsPdf(content, language, printing(context))
      return { name: `ontregel-savings-${from}-${to}.${format}`, mediaType: MEDIA_TYPES[format], bytes }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/programme/report/figures',
    roles: ['programme', 'administrator', 'auditor'],
    summary:
      'The headline of that report: net hours and FTE per hospital and together, with their intervals.',
    query: FiguresAsked,
    answer: ReportFigures,
    async handle({ query }, context) {
      const { savings, total } = await contentFor(query, context, false)
      return { period: savings.period, hospitals: savings.hospitals, total }
    },
  }),
]

async function contentFor(
  { from, to, hospital }: z.output<typeof FiguresAsked>,
  { db, hospitals, caller }: RouteContext,
  lists: boolean,
): Promise<ReportContent> {
  if (hospital !== undefined && !hospitals.includes(hospital)) throw notYours(hospital)
  const today = localDate(new Date(), 'Europe/Amsterdam')
  const own = hospital === undefined ? hospitals : [hospital]
  const seesItemsOf = hospitalsWith(caller.grants, ['administrator', 'auditor'])
  return await readReportContent(db, { from, to, today, hospitals: own, seesItemsOf, lists })
}

const printing = ({ installation: { config, environment } }: RouteContext) => ({
  chromium: config.chromium,
  environment,
})

const notYours = (hospital: string) =>
  new Failure(
    'business',
    'not-found',
    `Field hospital: "${hospital}" is none of your hospitals; choose one that is.`,
  )
