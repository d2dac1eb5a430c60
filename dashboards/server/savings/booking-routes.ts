import { readBookings } from '../../../orchestrator/savings/explain-upkeep.ts'
import { checkPeriod } from '../../../orchestrator/savings/period.ts'
import {
  readRealised,
  signableHours,
  signRealised,
  withdrawRealised,
} from '../../../orchestrator/savings/realised.ts'
import { bookUpkeep, readUpkeep, withdrawUpkeep } from '../../../orchestrator/savings/upkeep.ts'
import { Done } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { Bookings, BookingsAsked } from './booking-schemas.ts'
import { READERS, seesItems, today } from './figure-routes.ts'
import { byCaller, expectHere } from './measure-routes.ts'
import { Made, NewUpkeep, NumberPath, Reason, UpkeepAsked, UpkeepList } from './measure-schemas.ts'
import { NewRealised, RealisedList, Signable } from './realised-schemas.ts'
import { HospitalPath, PeriodAsked } from './savings-schemas.ts'

const done = { done: true }
/** More bookings are of no use on a screen. */
const MOST_SHOWN = 1000
const PER_PAGE = 50

export const bookingRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/upkeep',
    roles: READERS,
    summary: 'Hours that people booked on keeping robots going; the programme is not told who or what for.',
    params: HospitalPath,
    query: UpkeepAsked,
    answer: UpkeepList,
    async handle({ params: { hospital }, query: { cursor: after } }, { db, caller }) {
      const deployments = await db
        .selectFrom('deployment')
        .select('id')
        .where('hospital', '=', hospital)
        .orderBy('id')
        .execute()
      const found = await readUpkeep(db, hospital, { limit: PER_PAGE + 1, after })
      const rows = found.slice(0, PER_PAGE)
      const nobody = seesItems(caller, hospital) ? {} : { note: null, bookedBy: null }
      return {
        deployments: deployments.map(({ id }) => id),
        rows: rows.map((row) => ({ ...row, ...nobody })),
        next: found.length > PER_PAGE ? String(rows.at(-1)?.id) : null,
      }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/upkeep',
    roles: ['administrator'],
    forPeople: true,
    summary: 'Books hours of keeping a robot going.',
    params: HospitalPath,
    body: NewUpkeep,
    answer: Made,
    async handle({ params: { hospital }, body }, context) {
      await expectHere(context.db, hospital, body.deployment)
      return { id: await bookUpkeep(context.db, byCaller(context), body) }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/upkeep/:id/withdraw',
    roles: ['administrator'],
    forPeople: true,
    summary: 'Withdraws hours that were booked by mistake.',
    params: NumberPath,
    answer: Done,
    async handle({ params }, context) {
      await withdrawUpkeep(context.db, byCaller(context), params)
      return done
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/savings/upkeep',
    roles: READERS,
    summary:
      'The bookings behind hours of upkeep; the programme is told the hours of a day, not who or what for.',
    params: HospitalPath,
    query: BookingsAsked,
    answer: Bookings,
    handle({ params: { hospital }, query: { deployment, ...asked } }, { db, caller }) {
      const seesItemsOf = seesItems(caller, hospital) ? [hospital] : []
      const own = { hospitals: [hospital], deployment, seesItemsOf, most: MOST_SHOWN }
      return readBookings(db, checkPeriod(asked, today()), own)
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/realised',
    roles: READERS,
    summary: 'What was signed about what became of the hours, and what was withdrawn.',
    params: HospitalPath,
    answer: RealisedList,
    async handle({ params: { hospital } }, { db, figures }) {
      const rows = await readRealised(db, hospital, today(), figures)
      return rows.map(({ signedAt, withdrawn, ...row }) => ({
        ...row,
        signedAt: signedAt.toISOString(),
        withdrawn: withdrawn && { ...withdrawn, at: withdrawn.at.toISOString() },
      }))
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/realised/signable',
    roles: READERS,
    summary: 'How many hours of whole months of one year can still be signed.',
    params: HospitalPath,
    query: PeriodAsked,
    answer: Signable,
    handle: ({ params: { hospital }, query }, { db }) =>
      signableHours(db, { hospital, ...query, today: today() }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/realised',
    roles: ['administrator', 'programme'],
    forPeople: true,
    summary:
      'Signs what became of hours of whole months of one year that are over: at most their net hours, and no more than their year has left.',
    params: HospitalPath,
    body: NewRealised,
    answer: Made,
    async handle({ params: { hospital }, body }, context) {
      return { id: await signRealised(context.db, byCaller(context), { hospital, ...body }) }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/realised/:id/withdraw',
    roles: ['administrator', 'programme'],
    forPeople: true,
    summary: 'Withdraws what was signed; the record stays.',
    params: NumberPath,
    body: Reason,
    answer: Done,
    async handle({ params, body }, context) {
      await withdrawRealised(context.db, byCaller(context), { ...params, ...body })
      return done
    },
  }),
]
