import { bots } from '../../../bots/index.ts'
import { inTransaction } from '../../../orchestrator/ledger/in-transaction.ts'
import { addChain, endChain, readChains } from '../../../orchestrator/savings/chains.ts'
import { expectVariants } from '../../../orchestrator/savings/known-variants.ts'
import { addOneOff, markRunOneOff, readOneOffs, removeOneOff } from '../../../orchestrator/savings/one-off.ts'
import { readOneOffRuns } from '../../../orchestrator/savings/one-off-runs.ts'
import { uncountedWhenEnded } from '../../../orchestrator/savings/uncounted.ts'
import { Done } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { READERS, today } from './figure-routes.ts'
import { byCaller, expectHere } from './measure-routes.ts'
import {
  Chains,
  Ended,
  Made,
  NewChain,
  NewOneOff,
  NumberPath,
  OneOffRuns,
  OneOffs,
  RunPath,
  Uncounted,
  Until,
} from './measure-schemas.ts'
import { HospitalPath } from './savings-schemas.ts'

const done = { done: true }

/** What counts otherwise than one by one: chains that split a baseline, and backlogs that were cleared once. */
export const apartRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/chains',
    roles: READERS,
    summary: 'Chains of deployments that split one baseline, with the share of each.',
    params: HospitalPath,
    answer: Chains,
    handle: ({ params: { hospital } }, { db }) => readChains(db, hospital),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/chains',
    roles: ['administrator'],
    forPeople: true,
    summary: 'Lets deployments that work on one case after each other split one baseline.',
    params: HospitalPath,
    body: NewChain,
    answer: Made,
    async handle({ params: { hospital }, body }, context) {
      return await inTransaction(context.db, async (tx) => {
        const id = await addChain(tx, byCaller(context), { hospital, ...body })
        await expectVariants(tx, bots, body.parts, 'parts')
        return { id }
      })
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/chains/:id/end',
    roles: ['administrator'],
    summary: 'Tells which items would count nothing if a chain ended on a day. Ends nothing.',
    params: NumberPath,
    query: Until,
    answer: Uncounted,
    handle: ({ params: { hospital, id }, query }, { db }) =>
      uncountedWhenEnded(db, { hospital, today: today() }, { what: 'chain', id, ...query }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/chains/:id/end',
    roles: ['administrator'],
    forPeople: true,
    summary:
      'Ends a chain: its parts count by their own baselines again. Tells which have none and count nothing.',
    params: NumberPath,
    body: Until,
    answer: Ended,
    handle: async ({ params: { hospital, id }, body }, context) => ({
      ...done,
      uncounted: await endChain(context.db, byCaller(context), { hospital, id, ...body }),
    }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/one-offs',
    roles: READERS,
    summary: 'The days on which deployments cleared a backlog.',
    params: HospitalPath,
    answer: OneOffs,
    handle: ({ params: { hospital } }, { db }) => readOneOffs(db, hospital),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/one-offs',
    roles: ['administrator'],
    forPeople: true,
    summary: 'Marks the days on which a deployment cleared a backlog.',
    params: HospitalPath,
    body: NewOneOff,
    answer: Made,
    async handle({ params: { hospital }, body }, context) {
      await expectHere(context.db, hospital, body.deployment)
      return { id: await addOneOff(context.db, byCaller(context), body) }
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/hospitals/:hospital/one-offs/:id',
    roles: ['administrator'],
    forPeople: true,
    summary: 'Takes back that days were those of a backlog.',
    params: NumberPath,
    answer: Done,
    async handle({ params }, context) {
      await removeOneOff(context.db, byCaller(context), params)
      return done
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/one-off-runs',
    // With how many items each run has: no figure that is told of single days or a few patients.
    roles: ['administrator', 'auditor'],
    summary: 'The newest runs that are marked as the clearing of a backlog, or still can be.',
    params: HospitalPath,
    answer: OneOffRuns,
    handle: ({ params: { hospital } }, { db }) => readOneOffRuns(db, hospital),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/runs/:run/one-off',
    roles: ['administrator'],
    forPeople: true,
    summary: 'Marks a run as the clearing of a backlog, before any of its items counts.',
    params: RunPath,
    answer: Done,
    async handle({ params }, context) {
      await markRunOneOff(context.db, byCaller(context), params)
      return done
    },
  }),
]
