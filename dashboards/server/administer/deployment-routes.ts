import { bots } from '../../../bots/index.ts'
import { Failure } from '../../../connectors/failure.ts'
import { findDraft, readDrafts } from '../../../orchestrator/ledger/drafts.ts'
import { readPlan } from '../../../orchestrator/ledger/read-plan.ts'
import { readDeployments } from '../../../orchestrator/ledger/reading-progress.ts'
import { setFourEyes, startAgain, turnDown, wantsFourEyes } from '../../../orchestrator/work/put-to-work.ts'
import { Done, Hospital } from '../door/account-schemas.ts'
import { defineRoute, type Route } from '../route.ts'
import { changedBy } from './by-caller.ts'
import { DeploymentDetails, DeploymentPath, Deployments, FourEyes, TurnDown } from './deployment-schemas.ts'

const done = { done: true }

/** What a bot is called; its own name when it is not in this version. */
export const titleOf = (bot: string) => bots.get(bot)?.title ?? { nl: bot, en: bot }

const readRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/deployments',
    roles: ['administrator', 'it', 'auditor'],
    summary: 'What is put to work here and how it stands, and what is being prepared.',
    params: Hospital,
    answer: Deployments,
    async handle({ params: { hospital } }, { db }) {
      const all = (await readDeployments(db)).filter((one) => one.hospital === hospital)
      const responsible = await db
        .selectFrom('deployment')
        .select(['id', 'responsible'])
        .where('hospital', '=', hospital)
        .execute()
      const by = new Map(responsible.map((row) => [row.id, row.responsible]))
      const drafts = await readDrafts(db, hospital)
      return {
        deployments: all.map((one) => ({
          ...one,
          title: titleOf(one.bot),
          responsible: by.get(one.id) ?? '',
        })),
        drafts: drafts.map(({ plan, ...draft }) => ({ ...draft, bot: plan.bot, title: titleOf(plan.bot) })),
        fourEyes: await wantsFourEyes(db, hospital),
      }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/deployments/:deployment',
    roles: ['administrator', 'it', 'auditor'],
    summary: 'One deployment as it is put to work.',
    params: DeploymentPath,
    answer: DeploymentDetails,
    async handle({ params: { hospital, deployment } }, { db }) {
      const found = await readPlan(db, hospital, deployment)
      if (!found) throw new Failure('business', 'not-found', `There is no deployment "${deployment}" here.`)
      const hasDraft = (await findDraft(db, hospital, deployment)) !== undefined
      return { ...found, title: titleOf(found.plan.bot), hasDraft }
    },
  }),
]

const changeRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/deployments/:deployment/mode',
    roles: ['administrator'],
    summary: 'Turns a deployment off, or down from live to shadow. To live leads a draft.',
    params: DeploymentPath,
    body: TurnDown,
    answer: Done,
    async handle({ params: { hospital, deployment }, body: { mode } }, context) {
      await turnDown(context.db, changedBy(hospital, context), { deployment, mode })
      return done
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/deployments/:deployment/start-again',
    roles: ['administrator'],
    summary: 'Lets a deployment that was stopped go on.',
    params: DeploymentPath,
    answer: Done,
    async handle({ params: { hospital, deployment } }, context) {
      await startAgain(context.db, changedBy(hospital, context), deployment)
      return done
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/hospitals/:hospital/four-eyes',
    roles: ['administrator'],
    forPeople: true,
    summary: 'Whether a second account must approve before a deployment goes live.',
    params: Hospital,
    body: FourEyes,
    answer: Done,
    async handle({ params: { hospital }, body: { wanted } }, context) {
      await setFourEyes(context.db, changedBy(hospital, context), wanted)
      return done
    },
  }),
]

export const deploymentRoutes: readonly Route[] = [...readRoutes, ...changeRoutes]
