import type { Bot, Json } from '../../../bots/bot.ts'
import { bots } from '../../../bots/index.ts'
import { doneTitle } from '../../../bots/words.ts'
import { findDraft } from '../../../orchestrator/ledger/drafts.ts'
import { readTrial, type TrialProgress } from '../../../orchestrator/ledger/read-trial.ts'
import { tryDraft } from '../../../orchestrator/triggers/try-draft.ts'
import { Done } from '../door/account-schemas.ts'
import { recordCaller } from '../items/caller-access.ts'
import { maskedReference } from '../items/masking.ts'
import { defineRoute, type Route } from '../route.ts'
import { changedBy, putToWorkAt } from './by-caller.ts'
import { DeploymentPath } from './deployment-schemas.ts'
import { draftAt } from './draft-routes.ts'
import { Trial, TrialRevealed, TryDraft } from './draft-schemas.ts'

export const trialRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/drafts/:deployment/try',
    roles: ['administrator'],
    access: { action: 'change', subject: 'item' },
    summary: 'Tries a draft on one item in shadow: everything happens but the pressing.',
    params: DeploymentPath,
    body: TryDraft,
    answer: Done,
    async handle({ params: { hospital, deployment }, body }, context) {
      const { db, installation } = context
      const trial = { db, doorbell: installation.doorbell, ...(await putToWorkAt(hospital, context)) }
      await tryDraft(trial, changedBy(hospital, context), deployment, body.item)
      return { done: true }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/drafts/:deployment/trial',
    roles: ['administrator'],
    access: { action: 'read', subject: 'item' },
    summary: 'How trying a draft goes; what would have been pressed is masked.',
    params: DeploymentPath,
    answer: Trial,
    async handle({ params }, context) {
      const draft = await findDraft(context.db, params.hospital, params.deployment)
      const trial = draft && (await readTrial(context.db, draft))
      if (!trial) return null
      return masked(trial, bots.get(draft.plan.bot))
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/hospitals/:hospital/drafts/:deployment/trial/reveal',
    roles: ['administrator'],
    access: { action: 'reveal', subject: 'item' },
    summary: 'What would have been pressed; that it was looked at is written down.',
    params: DeploymentPath,
    answer: TrialRevealed,
    async handle({ params }, context) {
      const draft = await draftAt(params, context)
      const item = (await readTrial(context.db, draft))?.item
      if (!item) return { acts: [] }
      await recordCaller(context, params.hospital, 'reveal', 'item', [item.id])
      const bot = bots.get(draft.plan.bot)
      const acts = item.acts.map(({ name, payload }) => ({ ...called(bot, name), payload: asJson(payload) }))
      return { acts }
    },
  }),
]

function masked({ run, item }: TrialProgress, bot: Bot | undefined) {
  if (!item) return { run, item }
  const acts = item.acts.map(({ name, how, payload }) => ({
    ...called(bot, name),
    how,
    fields: fieldsOf(payload),
  }))
  const steps = item.steps.map((step) => ({ ...step, ...called(bot, step.name) }))
  return { run, item: { ...item, reference: maskedReference(item.reference), steps, acts } }
}

const called = (bot: Bot | undefined, name: string) => ({ name, title: doneTitle(bot, name) ?? null })

/** The names of what would have been filled in, `patient.name`; nothing of what stands in them. */
function fieldsOf(payload: Json, at = ''): string[] {
  if (typeof payload !== 'object' || payload === null) return at === '' ? [] : [at]
  return Object.entries(payload).flatMap(([name, value]) =>
    fieldsOf(value, at === '' ? name : `${at}.${name}`),
  )
}

/** A list that is only read goes out as one of zod's, which may be written. */
const asJson = (value: Json) => JSON.parse(JSON.stringify(value))
