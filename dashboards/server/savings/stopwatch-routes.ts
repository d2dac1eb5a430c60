import { bots } from '../../../bots/index.ts'
import { doneTitle } from '../../../bots/words.ts'
import {
  beginMeasurement,
  closeMeasurement,
  endMeasurement,
} from '../../../orchestrator/savings/measuring.ts'
import { readMeasurements, readUntimedItems } from '../../../orchestrator/savings/reading-measurements.ts'
import { Done } from '../door/account-schemas.ts'
import { maskedReference } from '../items/masking.ts'
import { defineRoute, type Route } from '../route.ts'
import { byCaller, expectVariantHere } from './measure-routes.ts'
import {
  Closing,
  MeasurementMade,
  MeasurementPath,
  Measurements,
  NewMeasurement,
  Sampling,
  UntimedItems,
} from './measure-schemas.ts'
import { HospitalPath } from './savings-schemas.ts'

const done = { done: true }

export const stopwatchRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/measurements',
    roles: ['administrator', 'auditor'],
    summary: 'Cases that were timed, by stopwatch or beside the robot in shadow mode.',
    params: HospitalPath,
    answer: Measurements,
    async handle({ params: { hospital } }, { db }) {
      const rows = await readMeasurements(db, hospital)
      return rows.map((row) => ({
        ...row,
        begunAt: row.begunAt.toISOString(),
        closedAt: row.closedAt?.toISOString() ?? null,
      }))
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/measurements',
    roles: ['administrator'],
    summary: 'Begins timing cases of a variant.',
    params: HospitalPath,
    body: NewMeasurement,
    answer: MeasurementMade,
    async handle({ params: { hospital }, body }, context) {
      await expectVariantHere(context.db, hospital, body)
      return { id: await beginMeasurement(context.db, byCaller(context), body) }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/measurements/:measurement/items',
    roles: ['administrator'],
    summary: 'Items that the robot looked at in shadow mode and that nobody timed yet.',
    params: MeasurementPath,
    answer: UntimedItems,
    async handle({ params: { hospital, measurement } }, { db }) {
      const rows = await readMeasurements(db, hospital)
      const found = rows.find(({ id }) => id === measurement)
      const items = found ? await readUntimedItems(db, found) : []
      return items.map(({ id, reference, bot, finishedAt, acts }) => ({
        id,
        reference: maskedReference(reference),
        finishedAt: finishedAt.toISOString(),
        acts: acts.map((act) => ({ ...act, title: doneTitle(bots.get(bot), act.name) ?? null })),
      }))
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/measurements/:measurement/close',
    roles: ['administrator'],
    forPeople: true,
    summary: 'Makes the mean of the timed cases the baseline from a date on.',
    params: MeasurementPath,
    body: Closing,
    answer: Sampling,
    handle: ({ params, body }, context) =>
      closeMeasurement(context.db, byCaller(context), { ...params, ...body }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/measurements/:measurement/end',
    roles: ['administrator'],
    summary: 'Ends a measurement without a baseline of it; its cases stay to be seen.',
    params: MeasurementPath,
    answer: Done,
    async handle({ params }, context) {
      await endMeasurement(context.db, byCaller(context), params)
      return done
    },
  }),
]
