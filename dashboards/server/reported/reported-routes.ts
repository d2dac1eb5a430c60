import { bots } from '../../../bots/index.ts'
import { readImports } from '../../../orchestrator/reported/imports.ts'
import { withdrawImport } from '../../../orchestrator/reported/withdraw-import.ts'
import { readReportedCsv } from '../../../orchestrator/reported/read-reported-csv.ts'
import {
  reportItems,
  type Reporting as ReportingBy,
  type TakenIn,
} from '../../../orchestrator/reported/report-items.ts'
import {
  keepReporting,
  readReporting,
  readReportingAsked,
} from '../../../orchestrator/reported/reporting-deployments.ts'
import { changedBy, putToWorkAt } from '../administer/by-caller.ts'
import { PutToWorkAnswer } from '../administer/draft-schemas.ts'
import { Hospital } from '../door/account-schemas.ts'
import { NumberPath } from '../savings/measure-schemas.ts'
import { defineRoute, type Caller, type Route } from '../route.ts'
import {
  Imports,
  ImportsAsked,
  NewReporting,
  NewWithdrawal,
  ReportedFile,
  ReportedItems,
  Reporting,
  ReportingPath,
  Taken,
  Withdrawn,
} from './reported-schemas.ts'

const catalogue = [...bots.keys()]
const PER_PAGE = 50

/** A robot that reports needs to be nothing else: with its token nobody can measure, sign or take back. */
const REPORTERS = ['administrator', 'reporter'] as const

const reportingOf = (hospital: string, { account, kind, name }: Caller): ReportingBy => ({
  ...{ hospitals: [hospital], account, now: new Date() },
  token: kind === 'machine' ? name : undefined,
})

/** Of one hospital there is one import. */
const takenAt = ({ taken, leftOut, imports: [own] }: TakenIn) => ({ taken, leftOut, import: own?.id ?? 0 })

/** For robots of another make: what they did, into the same ledger as our own. */
export const reportedRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/reported-items',
    roles: REPORTERS,
    access: { action: 'change', subject: 'item' },
    summary: 'Takes in items that a robot of another make did: all of them or none.',
    params: Hospital,
    body: ReportedItems,
    answer: Taken,
    async handle({ params: { hospital }, body }, { db, caller }) {
      const rows = body.items.map((row, place) => ({ number: place + 1, row }))
      const reporting = reportingOf(hospital, caller)
      return takenAt(await reportItems(db, rows, reporting))
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/reported-items/file',
    roles: REPORTERS,
    access: { action: 'change', subject: 'item' },
    summary: 'Takes in a CSV file of items that a robot of another make did: all rows or none.',
    params: Hospital,
    body: ReportedFile,
    answer: Taken,
    async handle({ params: { hospital }, body }, { db, caller }) {
      const reporting = { ...reportingOf(hospital, caller), file: body.file }
      return takenAt(await reportItems(db, readReportedCsv(body.file), reporting))
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
    forPeople: true,
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
    query: ImportsAsked,
    answer: Imports,
    async handle({ params: { hospital }, query: { cursor: olderThan } }, { db }) {
      const found = await readImports(db, { hospital, olderThan, limit: PER_PAGE + 1 })
      const rows = found.slice(0, PER_PAGE)
      return { rows, next: found.length > PER_PAGE ? String(rows.at(-1)?.id) : null }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/reported-items/imports/:id/withdraw',
    roles: ['administrator'],
    forPeople: true,
    access: { action: 'change', subject: 'item' },
    summary:
      'Takes an import back as a whole, with a reason and a name: its items count no more and can be reported again.',
    params: NumberPath,
    body: NewWithdrawal,
    answer: Withdrawn,
    handle: ({ params, body }, { db, caller: { account } }) =>
      withdrawImport(db, { ...params, account, ...body }),
  }),
]
