import type { z } from 'zod'
import { Failure } from '../../../connectors/failure.ts'
import { findDraft, removeDraft, saveDraft, type Draft } from '../../../orchestrator/ledger/drafts.ts'
import { readPlan } from '../../../orchestrator/ledger/read-plan.ts'
import { problemsOf, putToWork, wantsFourEyes } from '../../../orchestrator/work/put-to-work.ts'
import { Done, Hospital } from '../door/account-schemas.ts'
import { defineRoute, type Route, type RouteContext } from '../route.ts'
import { changedBy, putToWorkAt, responsibleAt } from './by-caller.ts'
import { DeploymentPath } from './deployment-schemas.ts'
import {
  DraftSaved,
  FoundDraft,
  PutToWork,
  PutToWorkAnswer,
  Responsible,
  SaveDraft,
} from './draft-schemas.ts'

const done = { done: true }

/** @throws business `not-found` */
export async function draftAt(
  { hospital, deployment }: z.output<typeof DeploymentPath>,
  { db }: Pick<RouteContext, 'db'>,
): Promise<Draft> {
  const draft = await findDraft(db, hospital, deployment)
  if (draft) return draft
  throw new Failure('business', 'not-found', `There is no draft of deployment "${deployment}".`)
}

const keeping: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/drafts/:deployment',
    roles: ['administrator', 'auditor'],
    summary:
      'A plan that is being worked on, and what still keeps it from being put to work; null when there is none.',
    params: DeploymentPath,
    answer: FoundDraft,
    async handle({ params: { hospital, deployment } }, context) {
      const draft = await findDraft(context.db, hospital, deployment)
      if (!draft) return null
      const now = await readPlan(context.db, hospital, deployment)
      return {
        ...draft,
        mode: now?.mode ?? null,
        problems: [
          ...(await problemsOf(context.db, hospital, draft.plan, await putToWorkAt(hospital, context))),
        ],
        fourEyes: await wantsFourEyes(context.db, hospital),
      }
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/drafts/:deployment',
    roles: ['administrator'],
    summary: 'Keeps a draft as it is, right or not; it does nothing until it is put to work.',
    params: DeploymentPath,
    body: SaveDraft,
    answer: DraftSaved,
    async handle({ params: { hospital, deployment }, body: { plan } }, context) {
      await saveDraft(context.db, changedBy(hospital, context), deployment, plan)
      return {
        problems: [...(await problemsOf(context.db, hospital, plan, await putToWorkAt(hospital, context)))],
      }
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/hospitals/:hospital/drafts/:deployment',
    roles: ['administrator'],
    summary: 'Throws a draft away; the deployment it is of stays as it is.',
    params: DeploymentPath,
    answer: Done,
    async handle({ params: { hospital, deployment } }, { db }) {
      await removeDraft(db, hospital, deployment)
      return done
    },
  }),
]

const working: readonly Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/drafts/:deployment/put-to-work',
    roles: ['administrator'],
    forPeople: true,
    summary:
      'Puts a draft to work. Where four eyes are wanted, live is asked for first, and a second account does it.',
    params: DeploymentPath,
    body: PutToWork,
    answer: PutToWorkAnswer,
    async handle({ params: { hospital, deployment }, body: { mode } }, context) {
      const work = await putToWorkAt(hospital, context)
      return { result: await putToWork(context.db, changedBy(hospital, context), { deployment, mode }, work) }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/responsible',
    roles: ['administrator', 'auditor'],
    summary: 'Who can be responsible for a robot here.',
    params: Hospital,
    answer: Responsible,
    handle: ({ params: { hospital } }, context) => responsibleAt(hospital, context),
  }),
]

export const draftRoutes: readonly Route[] = [...keeping, ...working]
