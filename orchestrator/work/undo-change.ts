import { z } from 'zod'
import type { Json } from '../../bots/bot.ts'
import { Failure } from '../../connectors/failure.ts'
import { applyPlan } from '../ledger/apply-plan.ts'
import { removeChannel, saveChannel } from '../ledger/channel-records.ts'
import { PlannedChannel } from '../ledger/channel-setup.ts'
import { findChange, type Change } from '../ledger/changes.ts'
import { putClosingDay, removeClosingDay, type ChangedBy } from '../ledger/closing-days.ts'
import { DeploymentPlan } from '../ledger/deployment-plan.ts'
import { findDraft, saveDraft } from '../ledger/drafts.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import { readPlan } from '../ledger/read-plan.ts'
import { removeSystem, saveSystem } from '../ledger/system-records.ts'
import { holdSystem, releaseSystem } from '../ledger/system-state.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { expectRight } from './check-plan.ts'
import { problemsOf, putToWork, setFourEyes, turnDown, wantsFourEyes, type PutToWork } from './put-to-work.ts'
import { PlannedSystem, readPlannedSystem } from './system-form.ts'

type Outcome = 'done' | 'asked'
type WayBack = (tx: LedgerDatabase, by: ChangedBy, change: Change, work: PutToWork) => Promise<Outcome>

const Mode = z.enum(['off', 'shadow', 'live'])
const WrittenPlan = DeploymentPlan.extend({ mode: Mode })
const WrittenHold = z.object({ reason: z.string(), until: z.iso.datetime().nullable() }).nullable()

/** How each kind of change is taken back. A kind that is not here has no way back: what it did cannot be undone. */
const WAYS_BACK: Readonly<Record<string, WayBack>> = {
  deployment: backToPlan,
  'deployment-mode': backToMode,
  system: backToSystem,
  channel: backToChannel,
  'system-held': backToHold,
  'closing-day': backToClosingDay,
  'four-eyes': backToFourEyes,
}

/** Whether a change of this kind can be taken back. */
export const hasWayBack = (what: string): boolean => Object.hasOwn(WAYS_BACK, what)

/**
 * Puts back what stood before a change; that is a change itself, which names the one it takes back. Where it would go
 * live and the hospital wants four eyes, it becomes a draft that somebody else has to approve: `asked`.
 * @throws business when there is no such change, no way back, or what it leads back to is not possible any more
 */
export async function undoChange(
  db: LedgerDatabase,
  { hospital, account }: Pick<ChangedBy, 'hospital' | 'account'>,
  id: number,
  work: PutToWork,
): Promise<Outcome> {
  return await inTransaction(db, async (tx) => {
    const change = await findChange(tx, hospital, id)
    if (!change) throw new Failure('business', 'not-found', `There is no change ${id} at this hospital.`)
    const back = WAYS_BACK[change.what]
    if (!back) throw new Failure('business', 'no-way-back', 'A change of this kind cannot be taken back.')
    return await back(tx, { hospital, account, undoes: id }, change, work)
  })
}

async function backToPlan(
  tx: LedgerDatabase,
  by: ChangedBy,
  change: Change,
  work: PutToWork,
): Promise<Outcome> {
  const { subject: deployment } = change
  if (change.before === null) {
    await turnDown(tx, by, { deployment, mode: 'off' })
    return 'done'
  }
  const { mode, ...plan } = WrittenPlan.parse(change.before)
  return await goTo(tx, by, { deployment, mode, plan }, work)
}

async function backToMode(
  tx: LedgerDatabase,
  by: ChangedBy,
  change: Change,
  work: PutToWork,
): Promise<Outcome> {
  const { subject: deployment } = change
  const mode = Mode.parse(change.before)
  if (mode !== 'live') {
    await turnDown(tx, by, { deployment, mode })
    return 'done'
  }
  const now = await readPlan(tx, by.hospital, deployment)
  if (!now) throw new Failure('business', 'not-found', `There is no deployment "${deployment}" any more.`)
  return await goTo(tx, by, { deployment, mode, plan: now.plan }, work)
}

interface Goal {
  readonly deployment: string
  readonly mode: z.output<typeof Mode>
  readonly plan: DeploymentPlan
}

async function goTo(
  tx: LedgerDatabase,
  by: ChangedBy,
  { deployment, mode, plan }: Goal,
  work: PutToWork,
): Promise<Outcome> {
  expectRight(await problemsOf(tx, by.hospital, plan, work))
  if (mode !== 'live' || !(await wantsFourEyes(tx, by.hospital))) {
    await applyPlan(tx, by, { id: deployment, mode, plan, today: work.today })
    return 'done'
  }
  if (await findDraft(tx, by.hospital, deployment)) {
    const sentence = `Somebody is changing deployment "${deployment}": finish that draft or throw it away first.`
    throw new Failure('business', 'draft-exists', sentence)
  }
  await saveDraft(tx, by, deployment, plan)
  const { undoes: _undoes, ...asking } = by
  await putToWork(tx, asking, { deployment, mode }, work)
  return 'asked'
}

async function backToSystem(tx: LedgerDatabase, by: ChangedBy, change: Change): Promise<Outcome> {
  if (change.before === null) await removeSystem(tx, by, change.subject)
  else await saveSystem(tx, by, readPlannedSystem(by.hospital, PlannedSystem.parse(change.before)))
  return 'done'
}

async function backToChannel(tx: LedgerDatabase, by: ChangedBy, change: Change): Promise<Outcome> {
  if (change.before === null) await removeChannel(tx, by, change.subject)
  else await saveChannel(tx, by, PlannedChannel.parse(change.before))
  return 'done'
}

async function backToHold(tx: LedgerDatabase, by: ChangedBy, change: Change): Promise<Outcome> {
  const hold = WrittenHold.parse(change.before)
  if (!hold) await releaseSystem(tx, by, change.subject)
  else
    await holdSystem(tx, by, change.subject, {
      reason: hold.reason,
      until: hold.until === null ? null : new Date(hold.until),
    })
  return 'done'
}

async function backToClosingDay(tx: LedgerDatabase, by: ChangedBy, change: Change): Promise<Outcome> {
  if (change.before === null) await removeClosingDay(tx, by, change.subject)
  else await putClosingDay(tx, by, { day: change.subject, name: textOf(change.before) })
  return 'done'
}

async function backToFourEyes(tx: LedgerDatabase, by: ChangedBy, change: Change): Promise<Outcome> {
  await setFourEyes(tx, by, change.before === true)
  return 'done'
}

const textOf = (value: Json): string => z.string().parse(value)
