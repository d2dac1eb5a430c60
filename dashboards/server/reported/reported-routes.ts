import { bots } from '../../../bots/index.ts'
import { readImports } from '../../../orchestrator/reported/imports.ts'
import { readReportedCsv } from '../../../orchestrator/reported/read-reported-csv.ts'
import { reportItems, type Reporting as ReportingBy } from '../../../orchestrator/reported/report-items.ts'
import {
  keepReporting,
  readReporting,
  readReportingAsked,
} from '../../../orchestrator/reported/reporting-deployments.ts'
import { changedBy, putToWorkAt } from '../administer/by-caller.ts'
import { PutToWorkAnswer } from '../administer/draft-schemas.ts'
import { Hospital } from '../door/account-schemas.ts'
import { defineRoute, type Caller, type Route } from '../route.ts'
import {
  Imports,
  NewReporting,
  ReportedFile,
  ReportedItems,
  Reporting,
  ReportingPath,
  Taken,
} from './reported-schemas.ts'

const catalogue = [...bots.keys()]
const MOST_IMPORTS = 200

const reportingOf = (hospital: string, { account, kind, name }: Caller): ReportingBy => ({
  ...{ hospitals: [hospital], account, now: new Date() },
  token: kind === 'machine' ? name : undefined,
})

/** For robots of another make: what they did, into the same ledger as our own. */
export const reportedRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/reported-items',
    roles: ['administrator'],
    access: { action: 'change', subject: 'item' },
    summary: 'Takes in items that a robot of another make did: all of them or none.',
    params: Hospital,
    body: ReportedItems,
    answer: Taken,
    async handle({ params: { hospital }, body }, { db, caller }) {
      const rows = body.items.map((row, place) => ({ number: place + 1, row }))
      const reporting = reportingOf(hospital, caller)
      return { taken: await reportItems(db, rows, reporting) }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/reported-items/file',
    roles: ['administrator'],
    access: { action: 'change', subject: 'item' },
    summary: 'Takes in a CSV file of items that a robot of another make did: all rows or none.',
    params: Hospital,
    body: ReportedFile,
    answer: Taken,
    async handle({ params: { hospital }, body }, { db, caller }) {
      const reporting = reportingOf(hospital, caller)
      return { taken: await reportItems(db, readReportedCsv(body.file), reporting) }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/reported-items/deployments',
    roles: ['administrator', 'auditor'],
    summary: 'The deployments of robots of another make, into which items can be reported.',
    params: Hospital,
    answer: Reporting,
    handle: async ({ params: { hospital } }, { db }) => ({
      deployments: await readReporting(db, hospital, catalogue),
      asked: await readReportingAsked(db, hospital, catalogue),
    }),
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/reported-items/deployments/:deployment',
    roles: ['administrator'],
    summary:
      'Makes or changes a deployment of a robot of another make. A new one needs a baseline; it is live from then on.',
    params: ReportingPath,
    body: NewReporting,
    answer: PutToWorkAnswer,
    async handle({ params: { hospital, deployment: id }, body }, context) {
      const work = await putToWorkAt(hospital, context)
      return { result: await keepReporting(context.db, changedBy(hospital, context), { id, ...body }, work) }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/reported-items/imports',
    roles: ['administrator', 'auditor'],
    summary: 'What was taken in from robots of another make, the newest first.',
    params: Hospital,
    answer: Imports,
    handle: async ({ params: { hospital } }, { db }) => await readImports(db, hospital, MOST_IMPORTS),
  }),
]
