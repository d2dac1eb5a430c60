import {
  readRealised,
  signableHours,
  signRealised,
  withdrawRealised,
} from '../../../orchestrator/savings/realised.ts'
import { bookUpkeep, readUpkeep, withdrawUpkeep } from '../../../orchestrator/savings/upkeep.ts'
import { Done } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { READERS, today } from './figure-routes.ts'
import { byCaller, expectHere } from './measure-routes.ts'
import {
  Made,
  NewRealised,
  NewUpkeep,
  NumberPath,
  RealisedList,
  Reason,
  Signable,
  UpkeepList,
} from './measure-schemas.ts'
import { HospitalPath, PeriodAsked } from './savings-schemas.ts'

const done = { done: true }

export const bookingRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/upkeep',
    roles: READERS,
    summary: 'Hours that people booked on keeping robots going.',
    params: HospitalPath,
    answer: UpkeepList,
    async handle({ params: { hospital } }, { db }) {
      const deployments = await db
        .selectFrom('deployment')
        .select('id')
        .where('hospital', '=', hospital)
        .orderBy('id')
        .execute()
      return { deployments: deployments.map(({ id }) => id), booked: await readUpkeep(db, hospital) }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/upkeep',
    roles: ['administrator'],
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
    summary: 'How many hours of a period can still be signed.',
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
    summary: 'Signs what became of hours of a period that is over: at most its net hours.',
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
