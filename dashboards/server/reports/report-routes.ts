import type { z } from 'zod'
import { countsCsv } from '../../../orchestrator/savings/counts-csv.ts'
import { savingsCsv } from '../../../orchestrator/savings/savings-csv.ts'
import { hospitalsWith } from '../../../orchestrator/ledger/roles.ts'
import { localDate } from '../../../orchestrator/triggers/calendar.ts'
import { readReportContent, type ReportContent } from '../../reports/report-content.ts'
import { savingsPdf } from '../../reports/savings-pdf.ts'
import { savingsWorkbook } from '../../reports/savings-workbook.ts'
import { hospitalsAsked } from '../hospitals-asked.ts'
import { defineRoute, type FileAnswer, type Route, type RouteContext } from '../route.ts'
import { FiguresAsked, ReportAsked, ReportFigures } from './report-schemas.ts'

export const MEDIA_TYPES = {
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
    summary:
      'The savings of a period as CSV, Excel or PDF: hours, FTE and intervals, never an item. With csv-counts: what they are made of, by day and outcome.',
    query: ReportAsked,
    answer: 'file',
    async handle({ query }, context): Promise<FileAnswer> {
      const content = await contentFor(
        query,
        context,
        query.format === 'xlsx' || query.format === 'csv-counts',
      )
      return await fileOf(content, query, context)
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

async function fileOf(
  content: ReportContent,
  { from, to, format, language }: z.output<typeof ReportAsked>,
  context: RouteContext,
): Promise<FileAnswer> {
  const file = (kind: keyof typeof MEDIA_TYPES, bytes: Uint8Array, what = 'savings') => ({
    ...{ name: `ontregel-${what}-${from}-${to}.${kind}`, mediaType: MEDIA_TYPES[kind], bytes },
  })
  const { savings, recounted, told, counts } = content
  switch (format) {
    case 'csv':
      return file('csv', Buffer.from(savingsCsv(savings, recounted, told, content)))
    case 'csv-counts':
      return file(
        'csv',
        Buffer.from(countsCsv(savings.period, counts, content.withdrawnImports)),
        'savings-counts',
      )
    case 'xlsx':
      return file('xlsx', await savingsWorkbook(content, language))
    case 'pdf':
      return file('pdf', await savingsPdf(content, language, printing(context)))
  }
}

async function contentFor(
  { from, to, hospital }: z.output<typeof FiguresAsked>,
  { db, hospitals, caller, figures }: RouteContext,
  lists: boolean,
): Promise<ReportContent> {
  const today = localDate(new Date(), 'Europe/Amsterdam')
  const own = hospitalsAsked(hospitals, hospital)
  const seesItemsOf = hospitalsWith(caller.grants, ['administrator', 'auditor'])
  return await readReportContent(db, { from, to, today, hospitals: own, seesItemsOf, lists }, figures)
}

const printing = ({ installation: { config, environment } }: RouteContext) => ({
  chromium: config.chromium,
  environment,
})
