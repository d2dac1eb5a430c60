import { Failure } from '../../connectors/failure.ts'
import { addBaseline, endBaseline } from '../savings/baselines.ts'
import { planFromNow } from '../triggers/plan-schedules.ts'
import { recordChange, sameJson } from './changes.ts'
import type { ChangedBy } from './closing-days.ts'
import {
  withoutChoices,
  type DeploymentPlan,
  type PlannedBaseline,
  type PlannedTrigger,
} from './deployment-plan.ts'
import { putFhirTrigger } from './fhir-triggers.ts'
import { inTransaction } from './in-transaction.ts'
import { readPlan, writtenPlan, type PlannedDeployment } from './read-plan.ts'
import { putDeployment } from './setup.ts'
import type { DeploymentMode, LedgerDatabase } from './tables.ts'

export interface PlanToApply {
  /** The local date: baselines begin and end by it. */
  readonly today: string
  readonly id: string
  readonly mode: DeploymentMode
  readonly plan: DeploymentPlan
}

/**
 * Makes a deployment what its plan says, in one transaction, and writes the difference down. Triggers that the plan
 * leaves out are taken away; baselines are added, and ended where the plan says when. Schedules that are new or other than before, and those of a
 * deployment that was off, are planned from now on.
 * @throws business: names what cannot be, such as the id of another hospital's deployment
 */
export async function applyPlan(db: LedgerDatabase, by: ChangedBy, wanted: PlanToApply): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await readPlan(tx, by.hospital, wanted.id)
    await expectOurs(tx, by.hospital, wanted)
    const { plan } = wanted
    const put = {
      ...plan,
      id: wanted.id,
      hospital: by.hospital,
      mode: wanted.mode,
      triggers: plan.triggers.filter((trigger) => trigger.kind !== 'fhir'),
      baselines: [],
    }
    await putDeployment(tx, put)
    const baselinesBy = { account: by.account, today: wanted.today }
    await addBaselines(tx, baselinesBy, wanted, before)
    await endBaselines(tx, baselinesBy, wanted, before)
    for (const trigger of plan.triggers) {
      if (trigger.kind !== 'fhir') continue
      const { kind: _kind, ...setup } = trigger
      await putFhirTrigger(tx, wanted.id, setup)
    }
    await removeOtherTriggers(tx, wanted.id, plan.triggers)
    if (!sameSchedules(before, wanted)) await planFromNow(tx, wanted.id)
    const after = await readPlan(tx, by.hospital, wanted.id)
    await recordChange(tx, {
      ...by,
      what: 'deployment',
      subject: wanted.id,
      before: writtenPlan(before),
      after: writtenPlan(after),
    })
  })
}

/** Ids are unique over all hospitals. */
async function expectOurs(tx: LedgerDatabase, hospital: string, { id, plan }: PlanToApply): Promise<void> {
  const deployment = await tx
    .selectFrom('deployment')
    .select(['hospital', 'bot', 'activity'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (deployment && deployment.hospital !== hospital)
    throw taken('id', `"${id}" is in use already; choose another id.`)
  if (deployment && deployment.bot !== plan.bot)
    throw taken(
      'bot',
      `"${id}" is put to work with robot ${deployment.bot}; make a new deployment for another.`,
    )
  if (deployment && plan.activity !== undefined && deployment.activity !== plan.activity)
    throw taken(
      'activity',
      `"${id}" counts for ${deployment.activity ?? 'none'}; make a new deployment for another.`,
    )
  const triggers = plan.triggers.map((trigger) => trigger.id)
  if (triggers.length === 0) return
  const other = await tx
    .selectFrom('trigger')
    .select(['id'])
    .where('id', 'in', triggers)
    .where('deployment', '!=', id)
    .executeTakeFirst()
  if (other)
    throw taken('triggers', `"${other.id}" is the id of another deployment's trigger; choose another.`)
}

const taken = (field: string, sentence: string) =>
  new Failure('business', 'id-taken', `Field ${field}: ${sentence}`)

/** Adds those that are not there yet, oldest first; what is there already stays as it is. */
async function addBaselines(
  tx: LedgerDatabase,
  by: { readonly account: string; readonly today: string },
  { id: deployment, plan }: PlanToApply,
  before: PlannedDeployment | undefined,
): Promise<void> {
  const known = before?.plan.baselines ?? []
  const added = plan.baselines.filter((baseline) => !known.some((one) => isSame(one, baseline)))
  for (const baseline of added.toSorted((one, other) => (one.validFrom < other.validFrom ? -1 : 1))) {
    const { validUntil, ...values } = baseline
    const id = await addBaseline(tx, by, { deployment, ...values })
    if (validUntil !== undefined) await endBaseline(tx, by, { id, until: validUntil })
  }
}

/** Those that were there and went on, and of which the plan says when they end. */
async function endBaselines(
  tx: LedgerDatabase,
  by: { readonly account: string; readonly today: string },
  { id: deployment, plan }: PlanToApply,
  before: PlannedDeployment | undefined,
): Promise<void> {
  const known = before?.plan.baselines ?? []
  for (const baseline of plan.baselines) {
    const { validUntil: until, validFrom, variant } = baseline
    if (until === undefined || !known.some((one) => isSame(one, baseline))) continue
    const row = await tx
      .selectFrom('baseline')
      .select(['id', 'valid_until'])
      .where('deployment', '=', deployment)
      .where('variant', '=', variant)
      .where('valid_from', '=', validFrom)
      .executeTakeFirstOrThrow()
    if (row.valid_until !== until) await endBaseline(tx, by, { id: row.id, until })
  }
}

/** One that ends because another begins does not say so itself. */
function isSame(one: PlannedBaseline, other: PlannedBaseline): boolean {
  const [a, b] = [one, other].map(({ validUntil: _until, ...baseline }) => asJson(withoutChoices(baseline)))
  return a !== undefined && b !== undefined && sameJson(a, b)
}

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value))

async function removeOtherTriggers(
  tx: LedgerDatabase,
  deployment: string,
  triggers: readonly PlannedTrigger[],
): Promise<void> {
  const kept = ['', ...triggers.map(({ id }) => id)]
  await tx.deleteFrom('trigger').where('deployment', '=', deployment).where('id', 'not in', kept).execute()
}

function sameSchedules(before: PlannedDeployment | undefined, { mode, plan }: PlanToApply): boolean {
  if (!before || (before.mode === 'off' && mode !== 'off')) return false
  return sameJson(schedulesOf(before.plan), schedulesOf(plan))
}

const schedulesOf = ({ triggers }: DeploymentPlan) =>
  triggers
    .filter(({ kind }) => kind === 'schedule')
    .map((trigger) => JSON.stringify(trigger))
    .toSorted()
