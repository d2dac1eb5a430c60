import type { z } from 'zod'
import { bots } from '../../../bots/index.ts'
import { Failure } from '../../../connectors/failure.ts'
import { hospitalsWith } from '../../../orchestrator/ledger/roles.ts'
import { readActivityUse } from '../../../orchestrator/programme/activity-use.ts'
import {
  addCost,
  putHourRate,
  readMoney,
  removeCost,
  removeHourRate,
} from '../../../orchestrator/programme/costs.ts'
import { readTimeUseCsv } from '../../../orchestrator/programme/read-time-use-csv.ts'
import { enterTimeUse, readTimeUse } from '../../../orchestrator/programme/time-use.ts'
import { readValueCase, type ValueCase } from '../../../orchestrator/programme/value-case.ts'
import { valueCsv } from '../../../orchestrator/programme/value-csv.ts'
import { valueWorkbook } from '../../reports/value-workbook.ts'
import { Done, Hospital } from '../door/account-schemas.ts'
import { hospitalsAsked } from '../hospitals-asked.ts'
import { MEDIA_TYPES } from '../reports/report-routes.ts'
import { defineRoute, type Route, type RouteContext } from '../route.ts'
import { programmeDay } from './adoption-routes.ts'
import { expectRobot } from './known-robots.ts'
import {
  ActivityUse,
  CostMade,
  CostPath,
  Money,
  NewCost,
  NewRate,
  RatePath,
  TimeUse,
  TimeUseAsked,
  TimeUseFile,
  TimeUseFound,
  TimeUsePath,
  Value,
  ValueAsked,
  ValueFileAsked,
} from './value-schemas.ts'

const done = { done: true }
const MOST_YEARS = 15

const timeRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/programme/time-use',
    roles: ['programme', 'administrator', 'auditor'],
    summary: 'Hours that staff spent on each activity in a year, and net hours that robots gave back.',
    query: TimeUseAsked,
    answer: ActivityUse,
    async handle({ query: { year } }, { db, hospitals, caller }) {
      const seen = hospitalsWith(caller.grants, ['administrator', 'auditor'])
      const seesItems = (hospital: string) => seen.includes(hospital)
      return await readActivityUse(db, hospitals, { year, today: programmeDay(), seesItems })
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/time-use/:year',
    roles: ['programme', 'administrator', 'auditor'],
    summary: 'How the hospital said that its staff spent a year; null when it did not.',
    params: TimeUsePath,
    answer: TimeUseFound,
    handle: async ({ params }, { db }) => (await readTimeUse(db, params.hospital, params.year)) ?? null,
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/time-use/:year',
    roles: ['programme', 'administrator'],
    summary: 'Replaces how the hospital says that its staff spent a year.',
    params: TimeUsePath,
    body: TimeUse,
    answer: Done,
    async handle({ params, body }, { db, caller }) {
      await enterTimeUse(db, { ...params, ...body, account: caller.account }, programmeDay())
      return done
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/time-use/:year/file',
    roles: ['programme', 'administrator'],
    summary:
      'Replaces how staff spent a year by a CSV file: staffGroup, hours, activity, share. All rows or none.',
    params: TimeUsePath,
    body: TimeUseFile,
    answer: Done,
    async handle({ params, body: { source, file } }, { db, caller }) {
      const use = { ...params, source, groups: readTimeUseCsv(file), account: caller.account }
      await enterTimeUse(db, use, programmeDay())
      return done
    },
  }),
]

const moneyRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/programme/value',
    roles: ['programme', 'administrator', 'auditor'],
    summary:
      'What the robots cost and were worth, year by year, together and robot by robot. Nothing is rounded.',
    query: ValueAsked,
    answer: Value,
    async handle({ query }, context) {
      const value = await valueFor(query, context)
      return {
        ...value,
        robots: value.robots.map((robot) => ({ ...robot, title: bots.get(robot.bot ?? '')?.title ?? null })),
      }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/programme/value/file',
    roles: ['programme', 'administrator', 'auditor'],
    summary: 'The same as CSV or Excel, with sums as formulas.',
    query: ValueFileAsked,
    answer: 'file',
    async handle({ query: { format, language, ...asked } }, context) {
      const value = await valueFor(asked, context)
      const name = `ontregel-value-${asked.from}-${asked.to}.${format}`
      return format === 'csv'
        ? { name, mediaType: MEDIA_TYPES.csv, bytes: Buffer.from(valueCsv(value)) }
        : { name, mediaType: MEDIA_TYPES.xlsx, bytes: await valueWorkbook(value, language) }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/costs',
    roles: ['programme', 'administrator', 'auditor'],
    summary: 'The costs and the rates that the hospital entered.',
    params: Hospital,
    answer: Money,
    handle: ({ params }, { db }) => readMoney(db, params.hospital),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/costs',
    roles: ['programme', 'administrator'],
    summary: 'Enters a cost of a year.',
    params: Hospital,
    body: NewCost,
    answer: CostMade,
    async handle({ params, body }, { db, caller }) {
      await expectRobot(db, body.bot)
      return { id: await addCost(db, { ...params, ...body, account: caller.account }, programmeDay()) }
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/hospitals/:hospital/costs/:cost',
    roles: ['programme', 'administrator'],
    summary: 'Takes away a cost that was entered by mistake.',
    params: CostPath,
    answer: Done,
    async handle({ params }, { db, caller }) {
      await removeCost(db, { hospital: params.hospital, id: params.cost, account: caller.account })
      return done
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/rates',
    roles: ['programme', 'administrator'],
    summary: 'Says what an hour of the work is worth that a deployment takes over, from a date on.',
    params: Hospital,
    body: NewRate,
    answer: Done,
    async handle({ params, body }, { db, caller }) {
      await putHourRate(db, { ...params, ...body, account: caller.account }, programmeDay())
      return done
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/hospitals/:hospital/rates/:deployment/:validFrom',
    roles: ['programme', 'administrator'],
    summary: 'Takes away a rate that was entered by mistake; the one before it goes on.',
    params: RatePath,
    answer: Done,
    async handle({ params }, { db, caller }) {
      await removeHourRate(db, { ...params, account: caller.account })
      return done
    },
  }),
]

/** The value case as the caller is told it. */
async function valueFor(
  { from, to, hospital }: z.output<typeof ValueAsked>,
  { db, caller, figures, ...context }: RouteContext,
): Promise<ValueCase> {
  if (to < from || to - from >= MOST_YEARS) throw wrongYears()
  const hospitals = hospitalsAsked(context.hospitals, hospital)
  const seen = hospitalsWith(caller.grants, ['administrator', 'auditor'])
  const seesItems = (of: string) => seen.includes(of)
  return await readValueCase(db, { from, to, hospitals, today: programmeDay(), seesItems }, figures)
}

const wrongYears = () =>
  new Failure(
    'business',
    'field-invalid',
    `Field to: give a year from \`from\` on, ${MOST_YEARS} years at most.`,
  )

export const valueRoutes: readonly Route[] = [...timeRoutes, ...moneyRoutes]
