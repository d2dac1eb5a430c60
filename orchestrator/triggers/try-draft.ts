import { Failure } from '../../connectors/failure.ts'
import { applyPlan } from '../ledger/apply-plan.ts'
import type { ChangedBy } from '../ledger/closing-days.ts'
import { draftToChange, noteTried, type Draft } from '../ledger/drafts.ts'
import { addItemsInSteps } from '../ledger/items.ts'
import { readPlan } from '../ledger/read-plan.ts'
import { addRun } from '../ledger/runs.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Doorbell } from '../queue/doorbell.ts'
import { expectRight } from '../work/check-plan.ts'
import { newItem } from '../work/new-item.ts'
import { problemsOf, type PutToWork } from '../work/put-to-work.ts'
import { ringItems } from '../work/ringing.ts'

export interface Trial extends PutToWork {
  readonly db: LedgerDatabase
  readonly doorbell: Doorbell
}

interface Tried {
  readonly run: string | null
  readonly item: string | null
}

/**
 * Tries a draft on one item in shadow: the deployment is put down in shadow without triggers of its own, so that nothing
 * but this one item is done, and nothing is pressed. The robot looks for an item itself, unless one is given.
 * @throws business: what is not right about the draft; that the deployment is live; that the item was had before
 */
export async function tryDraft(
  trial: Trial,
  by: ChangedBy,
  deployment: string,
  item?: unknown,
): Promise<Tried> {
  const { db, doorbell } = trial
  const tried = await db.transaction().execute(async (tx) => {
    const draft = await draftToChange(tx, by.hospital, deployment)
    expectRight(await problemsOf(tx, by.hospital, draft.plan, trial))
    await putInShadow(tx, by, draft, trial.today)
    const found = item === undefined ? await lookFor(tx, draft) : await given(tx, trial, draft, item)
    await noteTried(tx, deployment, found)
    return found
  })
  if (tried.run !== null) await doorbell.ring([{ kind: 'run', id: tried.run, turn: '0' }])
  if (tried.item !== null) await ringItems(doorbell, [tried.item])
  return tried
}

/** Triggers that fire in shadow already go on; baselines wait until it is put to work, for they can never be edited. */
async function putInShadow(
  tx: LedgerDatabase,
  by: ChangedBy,
  { deployment, plan }: Draft,
  today: string,
): Promise<void> {
  const now = await readPlan(tx, by.hospital, deployment)
  if (now?.mode === 'live') {
    const sentence = `Deployment "${deployment}" is live: turn it down to shadow before you try something else with it.`
    throw new Failure('business', 'trial-while-live', sentence)
  }
  if (now?.stoppedAt) {
    const sentence = `Deployment "${deployment}" was stopped: mend what it was stopped for, let it start again, and try then.`
    throw new Failure('business', 'deployment-stopped', sentence)
  }
  const triggers = now?.mode === 'shadow' ? now.plan.triggers : []
  const quiet = { ...plan, triggers, baselines: [] }
  await applyPlan(tx, by, { id: deployment, mode: 'shadow', plan: quiet, today })
}

async function lookFor(tx: LedgerDatabase, { deployment, hospital, plan }: Draft): Promise<Tried> {
  const run = await addRun(tx, { hospital, deployment, kind: 'by-hand', most: 1 })
  if (!run) throw new Error(`A run by hand of ${plan.bot} has nothing to collide with.`)
  return { run: run.id, item: null }
}

async function given(tx: LedgerDatabase, { bots }: Trial, draft: Draft, raw: unknown): Promise<Tried> {
  const bot = bots.get(draft.plan.bot)
  if (!bot) throw new Error('A draft that was checked has a robot.')
  const item = newItem(bot, raw)
  if (item.refused) throw new Failure('business', item.refused.code, item.refused.sentence)
  const { deployment, hospital } = draft
  const [id] = await addItemsInSteps(tx, { hospital, deployment, run: null }, [item])
  if (id !== undefined) return { run: null, item: id }
  const sentence = 'The robot had this case before: choose another one to try it on.'
  throw new Failure('business', 'item-known', sentence)
}
