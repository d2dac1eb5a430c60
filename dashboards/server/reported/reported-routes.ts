import { bots } from '../../../bots/index.ts'
import { readReportedCsv } from '../../../orchestrator/reported/read-reported-csv.ts'
import { reportItems } from '../../../orchestrator/reported/report-items.ts'
import { readReporting } from '../../../orchestrator/reported/reporting-deployments.ts'
import { Hospital } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { ReportedFile, ReportedItems, Reporting, Taken } from './reported-schemas.ts'

/** For robots of another make: what they did, into the same ledger as our own. */
export const reportedRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/reported-items',
    roles: ['administrator'],
    summary: 'Takes in items that a robot of another make did: all of them or none.',
    params: Hospital,
    body: ReportedItems,
    answer: Taken,
    async handle({ params: { hospital }, body }, { db, caller }) {
      const rows = body.items.map((row, place) => ({ number: place + 1, row }))
      const reporting = { hospitals: [hospital], account: caller.account, now: new Date() }
      return { taken: await reportItems(db, rows, reporting) }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/reported-items/file',
    roles: ['administrator'],
    summary: 'Takes in a CSV file of items that a robot of another make did: all rows or none.',
    params: Hospital,
    body: ReportedFile,
    answer: Taken,
    async handle({ params: { hospital }, body }, { db, caller }) {
      const reporting = { hospitals: [hospital], account: caller.account, now: new Date() }
      return { taken: await reportItems(db, readReportedCsv(body.file), reporting) }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/reported-items/deployments',
    roles: ['administrator'],
    summary: 'The deployments of robots of another make, into which items can be reported.',
    params: Hospital,
    answer: Reporting,
    handle: ({ params: { hospital } }, { db }) => readReporting(db, hospital, [...bots.keys()]),
  }),
]
