import type { Bot } from '../../bots/bot.ts'
import { Failure } from '../../connectors/failure.ts'
import { applyPlan } from '../ledger/apply-plan.ts'
import { recordChange } from '../ledger/changes.ts'
import type { ChangedBy } from '../ledger/closing-days.ts'
import type { DeploymentPlan } from '../ledger/deployment-plan.ts'
import { draftToChange, noteAsked, removeDraft } from '../ledger/drafts.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import { readPlan } from '../ledger/read-plan.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { planFromNow } from '../triggers/plan-schedules.ts'
import { checkPlan, expectRight, type PlanProblem, type PlanSurroundings } from './check-plan.ts'

export interface PutToWork {
  readonly bots: ReadonlyMap<string, Bot>
  readonly isAccount: PlanSurroundings['isAccount']
  /** The local date. */
  readonly today: string
}

/** What keeps a plan from being put to work at this hospital, with its systems as they are now. */
export async function problemsOf(
  db: LedgerDatabase,
  hospital: string,
  plan: DeploymentPlan,
  { bots, isAccount }: Pick<PutToWork, 'bots' | 'isAccount'>,
): Promise<readonly PlanProblem[]> {
  const rows = await db.selectFrom('system').select(['id', 'kind']).where('hospital', '=', hospital).execute()
  return checkPlan(plan, { bots, isAccount, systems: new Map(rows.map((row) => [row.id, row])) })
}

/**
 * Puts a draft to work and throws it away. Where the hospital wants four eyes, going live, and changing what is live,
 * is first asked for: `asked`; a second account that asks the same puts it to work.
 * @throws business: the first problem with its field; `second-account` when the same account asks again
 */
export async function putToWork(
  db: LedgerDatabase,
  by: ChangedBy,
  wanted: { readonly deployment: string; readonly mode: 'shadow' | 'live' },
  work: PutToWork,
): Promise<'working' | 'asked'> {
  return await inTransaction(db, async (tx) => {
    const { deployment, mode } = wanted
    const draft = await draftToChange(tx, by.hospital, deployment)
    expectRight(await problemsOf(tx, by.hospital, draft.plan, work))
    if (mode === 'live' && (await wantsFourEyes(tx, by.hospital))) {
      if (draft.askedBy === by.account) throw sameAccount()
      if (draft.askedBy === null) {
        await noteAsked(tx, deployment, by.account)
        const change = { ...by, what: 'live-asked', subject: deployment }
        await recordChange(tx, { ...change, before: null, after: { asked: by.account } })
        return 'asked'
      }
    }
    await applyPlan(tx, by, { id: deployment, mode, plan: draft.plan, today: work.today })
    await removeDraft(tx, by.hospital, deployment)
    return 'working'
  })
}

/**
 * Turns a deployment off, or down from live to shadow. Items that wait keep waiting.
 * @throws business when there is no such deployment
 */
export async function turnDown(
  db: LedgerDatabase,
  by: ChangedBy,
  { deployment, mode }: { readonly deployment: string; readonly mode: 'off' | 'shadow' },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await readPlan(tx, by.hospital, deployment)
    if (!before) throw unknown(deployment)
    if (before.mode === mode) return
    await tx.updateTable('deployment').set({ mode }).where('id', '=', deployment).execute()
    if (before.mode === 'off') await planFromNow(tx, deployment)
    const change = { ...by, what: 'deployment-mode', subject: deployment }
    await recordChange(tx, { ...change, before: before.mode, after: mode })
  })
}

/**
 * Lets a deployment that was stopped go on.
 * @throws business when there is no such deployment, or it was not stopped
 */
export async function startAgain(db: LedgerDatabase, by: ChangedBy, deployment: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await readPlan(tx, by.hospital, deployment)
    if (!before) throw unknown(deployment)
    if (!before.stoppedAt)
      throw new Failure(
        'business',
        'not-stopped',
        `Deployment "${deployment}" was not stopped: it goes on already.`,
      )
    await tx
      .updateTable('deployment')
      .set({ stopped_at: null, stopped_reason: null, unexpected_in_a_row: 0 })
      .where('id', '=', deployment)
      .execute()
    const change = { ...by, what: 'deployment-started', subject: deployment }
    await recordChange(tx, { ...change, before: before.stoppedReason ?? '', after: null })
  })
}

/** Whether a second account must approve before a deployment of this hospital goes live. */
export async function wantsFourEyes(db: LedgerDatabase, hospital: string): Promise<boolean> {
  const row = await db
    .selectFrom('hospital')
    .select('four_eyes')
    .where('id', '=', hospital)
    .executeTakeFirst()
  return row?.four_eyes ?? false
}

/** Turns the second account on or off, and writes that down. */
export async function setFourEyes(db: LedgerDatabase, by: ChangedBy, wanted: boolean): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await wantsFourEyes(tx, by.hospital)
    await tx.updateTable('hospital').set({ four_eyes: wanted }).where('id', '=', by.hospital).execute()
    await recordChange(tx, { ...by, what: 'four-eyes', subject: by.hospital, before, after: wanted })
  })
}

const unknown = (deployment: string) =>
  new Failure('business', 'not-found', `There is no deployment "${deployment}" at this hospital.`)

const sameAccount = () =>
  new Failure(
    'business',
    'second-account',
    'This hospital wants four eyes before something goes live: another account than the one that asked has to approve it.',
  )
