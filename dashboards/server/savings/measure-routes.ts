import { bots } from '../../../bots/index.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { addBaseline, endBaseline } from '../../../orchestrator/savings/baselines.ts'
import { hospitalOf } from '../../../orchestrator/savings/input-checks.ts'
import { expectVariants } from '../../../orchestrator/savings/known-variants.ts'
import { removeBaseline, uncountedWhenRemoved } from '../../../orchestrator/savings/remove-baseline.ts'
import { addNorm, COMMON_NORMS, readNorms, removeNorm } from '../../../orchestrator/savings/norms.ts'
import { uncountedWhenEnded } from '../../../orchestrator/savings/uncounted.ts'
import { readBaselines } from '../../../orchestrator/savings/reading-measurements.ts'
import { Failure } from '../../../connectors/failure.ts'
import { Done } from '../door/account-schemas.ts'
import { defineRoute, type Route, type RouteContext } from '../route.ts'
import { READERS, today, variantsOf } from './figure-routes.ts'
import {
  Baselines,
  Ended,
  Made,
  NewBaseline,
  NewNorm,
  NormPath,
  NumberPath,
  Uncounted,
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

/** @throws business as `expectHere`, and when the robot of the deployment has no such variant */
export async function expectVariantHere(
  db: LedgerDatabase,
  hospital: string,
  of: { readonly deployment: string; readonly variant: string },
): Promise<void> {
  await expectHere(db, hospital, of.deployment)
  await expectVariants(db, bots, [of], 'variant')
}

const done = { done: true }

export const measureRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/baselines',
    roles: READERS,
    summary: 'Baselines and norms of the hospital, with the variants that can be measured.',
    params: HospitalPath,
    answer: Baselines,
    async handle({ params: { hospital } }, { db }) {
      const deployments = await db
        .selectFrom('deployment')
        .select(['id', 'bot', 'mode'])
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
        today: today(),
      }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/baselines',
    roles: ['administrator'],
    forPeople: true,
    summary: 'Adds a baseline from a date on, and ends the one before it.',
    params: HospitalPath,
    body: NewBaseline,
    answer: Made,
    async handle({ params: { hospital }, body }, context) {
      await expectVariantHere(context.db, hospital, body)
      return { id: await addBaseline(context.db, byCaller(context), body) }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/baselines/:id/end',
    roles: ['administrator'],
    summary: 'Tells which items would count nothing if a baseline ended on a day. Ends nothing.',
    params: NumberPath,
    query: Until,
    answer: Uncounted,
    handle: ({ params: { hospital, id }, query }, { db }) =>
      uncountedWhenEnded(db, { hospital, today: today() }, { what: 'baseline', id, ...query }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/baselines/:id/end',
    roles: ['administrator'],
    forPeople: true,
    summary: 'Ends a baseline without another one, and tells which items count nothing from then on.',
    params: NumberPath,
    body: Until,
    answer: Ended,
    handle: async ({ params: { id }, body }, context) => ({
      ...done,
      uncounted: await endBaseline(context.db, byCaller(context), { id, ...body }),
    }),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/hospitals/:hospital/baselines/:id',
    roles: ['administrator'],
    forPeople: true,
    summary:
      'Takes away a baseline that was entered by mistake; the one before it goes on. Tells which items count nothing then.',
    params: NumberPath,
    answer: Ended,
    handle: async ({ params }, context) => ({
      ...done,
      uncounted: await removeBaseline(context.db, byCaller(context), params),
    }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/baselines/:id/remove',
    roles: ['administrator'],
    summary: 'Tells which items would count nothing if a baseline was taken away. Takes nothing away.',
    params: NumberPath,
    answer: Uncounted,
    handle: ({ params }, { db }) => uncountedWhenRemoved(db, today(), params),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/norms',
    roles: ['administrator', 'programme'],
    forPeople: true,
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
    method: 'DELETE',
    path: '/api/hospitals/:hospital/norms/:validFrom',
    roles: ['administrator', 'programme'],
    forPeople: true,
    summary: 'Takes away a norm that was entered by mistake; the one before it holds again.',
    params: NormPath,
    answer: Done,
    async handle({ params }, context) {
      await removeNorm(context.db, byCaller(context), params)
      return done
    },
  }),
]

/** A robot of another make names its variants itself: those that have a baseline are known. */
function measuredOf(deployment: string, baselines: readonly { deployment: string; variant: string }[]) {
  const own = baselines.filter((baseline) => baseline.deployment === deployment)
  const names = [...new Set(own.map(({ variant }) => variant))].toSorted()
  return names.map((name) => ({ name, title: { nl: name, en: name } }))
}
