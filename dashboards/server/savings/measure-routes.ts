import { bots } from '../../../bots/index.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { addBaseline, endBaseline } from '../../../orchestrator/savings/baselines.ts'
import { addChain, endChain } from '../../../orchestrator/savings/chains.ts'
import { hospitalOf } from '../../../orchestrator/savings/input-checks.ts'
import { addNorm, COMMON_NORMS, readNorms } from '../../../orchestrator/savings/norms.ts'
import { addOneOff, markRunOneOff, removeOneOff } from '../../../orchestrator/savings/one-off.ts'
import { readBaselines } from '../../../orchestrator/savings/reading-measurements.ts'
import { Failure } from '../../../connectors/failure.ts'
import { Done } from '../door/account-schemas.ts'
import { defineRoute, type Route, type RouteContext } from '../route.ts'
import { READERS, today } from './figure-routes.ts'
import {
  Baselines,
  Made,
  NewBaseline,
  NewChain,
  NewNorm,
  NewOneOff,
  NumberPath,
  RunPath,
  Until,
} from './measure-schemas.ts'
import { HospitalPath } from './savings-schemas.ts'

/** Who changes it, today. */
export const byCaller = ({ caller }: Pick<RouteContext, 'caller'>) => ({
  account: caller.account,
  today: today(),
})

/** @throws business: not-found when the deployment is another hospital's */
export async function expectHere(db: LedgerDatabase, hospital: string, deployment: string): Promise<void> {
  if ((await hospitalOf(db, deployment)) === hospital) return
  const sentence = `Field deployment: there is no deployment "${deployment}" at this hospital; choose one from the list.`
  throw new Failure('business', 'not-found', sentence)
}

const done = { done: true }

export const measureRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/baselines',
    roles: READERS,
    summary: 'Baselines, norms and backlogs of the hospital, with the variants that can be measured.',
    params: HospitalPath,
    answer: Baselines,
    async handle({ params: { hospital } }, { db }) {
      const deployments = await db
        .selectFrom('deployment')
        .select(['id', 'bot', 'mode'])
        .where('hospital', '=', hospital)
        .orderBy('id')
        .execute()
      const oneOffs = await db
        .selectFrom('one_off')
        .selectAll()
        .where('hospital', '=', hospital)
        .orderBy('id')
        .execute()
      const baselines = await readBaselines(db, hospital)
      return {
        deployments: deployments.map((row) => ({
          ...{ ...row, reports: !bots.has(row.bot) },
          variants: bots.has(row.bot) ? variantsOf(row.bot) : measuredOf(row.id, baselines),
        })),
        baselines,
        norms: await readNorms(db, hospital),
        commonNorms: COMMON_NORMS,
        oneOffs: oneOffs.map(({ id, deployment, reason, from_day: from, until_day: until }) => ({
          ...{ id, deployment, reason, from, until },
        })),
        today: today(),
      }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/baselines',
    roles: ['administrator'],
    summary: 'Adds a baseline from a date on, and ends the one before it.',
    params: HospitalPath,
    body: NewBaseline,
    answer: Made,
    async handle({ params: { hospital }, body }, context) {
      await expectHere(context.db, hospital, body.deployment)
      return { id: await addBaseline(context.db, byCaller(context), body) }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/baselines/:id/end',
    roles: ['administrator'],
    summary: 'Ends a baseline without another one.',
    params: NumberPath,
    body: Until,
    answer: Done,
    async handle({ params: { id }, body }, context) {
      await endBaseline(context.db, byCaller(context), { id, ...body })
      return done
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/norms',
    roles: ['administrator', 'programme'],
    summary: 'Gives the hospital a norm of one FTE from a date on.',
    params: HospitalPath,
    body: NewNorm,
    answer: Done,
    async handle({ params: { hospital }, body }, context) {
      await addNorm(context.db, byCaller(context), { hospital, ...body })
      return done
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/chains',
    roles: ['administrator'],
    summary: 'Lets deployments that work on one case after each other split one baseline.',
    params: HospitalPath,
    body: NewChain,
    answer: Made,
    async handle({ params: { hospital }, body }, context) {
      return { id: await addChain(context.db, byCaller(context), { hospital, ...body }) }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/chains/:id/end',
    roles: ['administrator'],
    summary: 'Ends a chain: its parts count by their own baselines again.',
    params: NumberPath,
    body: Until,
    answer: Done,
    async handle({ params: { hospital, id }, body }, context) {
      await endChain(context.db, byCaller(context), { hospital, id, ...body })
      return done
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/one-offs',
    roles: ['administrator'],
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
    summary: 'Takes back that days were those of a backlog.',
    params: NumberPath,
    answer: Done,
    async handle({ params }, context) {
      await removeOneOff(context.db, byCaller(context), params)
      return done
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/runs/:run/one-off',
    roles: ['administrator'],
    summary: 'Marks a run as the clearing of a backlog, before any of its items counts.',
    params: RunPath,
    answer: Done,
    async handle({ params }, context) {
      await markRunOneOff(context.db, byCaller(context), params)
      return done
    },
  }),
]

const variantsOf = (bot: string) =>
  Object.entries(bots.get(bot)?.variants ?? {}).map(([name, title]) => ({ name, title }))

/** A robot of another make names its variants itself: those that have a baseline are known. */
function measuredOf(deployment: string, baselines: readonly { deployment: string; variant: string }[]) {
  const own = baselines.filter((baseline) => baseline.deployment === deployment)
  const names = [...new Set(own.map(({ variant }) => variant))].toSorted()
  return names.map((name) => ({ name, title: { nl: name, en: name } }))
}
