import { ACTIVITIES } from '../../bots/activity.ts'
import type { Json } from '../../bots/bot.ts'
import type { PlannedBaseline, PlannedTrigger, DeploymentPlan } from './deployment-plan.ts'
import { isBackdated } from '../savings/backdated.ts'
import { readConditions } from './message-conditions.ts'
import type { DeploymentRow, LedgerDatabase, TriggerRow } from './tables.ts'

/** A deployment as it is put to work now: what an administrator described, and how it stands. */
export interface PlannedDeployment {
  readonly id: string
  readonly hospital: string
  readonly mode: DeploymentRow['mode']
  readonly stoppedAt: Date | null
  readonly stoppedReason: string | null
  readonly plan: DeploymentPlan
}

/** Undefined when the hospital has no such deployment. */
export async function readPlan(
  db: LedgerDatabase,
  hospital: string,
  id: string,
): Promise<PlannedDeployment | undefined> {
  const row = await db
    .selectFrom('deployment')
    .selectAll()
    .where('id', '=', id)
    .where('hospital', '=', hospital)
    .executeTakeFirst()
  if (!row) return undefined
  const plan: DeploymentPlan = {
    bot: row.bot,
    ...(await ownActivity(db, row)),
    settings: settingsOf(row.settings),
    systems: await systemsOf(db, id),
    triggers: await triggersOf(db, id),
    baselines: await baselinesOf(db, id),
    responsible: row.responsible,
    outsideSeconds: row.outside_seconds,
    parkedShare: Number(row.parked_share),
  }
  const { mode, stopped_at: stoppedAt, stopped_reason: stoppedReason } = row
  return { id, hospital, mode, stoppedAt, stoppedReason, plan }
}

function settingsOf(settings: unknown): DeploymentPlan['settings'] {
  // What the column gives is JSON; a list or a text would never have been put there.
  return typeof settings === 'object' && settings !== null && !Array.isArray(settings)
    ? (settings as DeploymentPlan['settings'])
    : {}
}

/** Only what is no robot of the catalogue has an activity of its own; the ledger knows those of the catalogue. */
async function ownActivity(
  db: LedgerDatabase,
  { bot, activity }: Pick<DeploymentRow, 'bot' | 'activity'>,
): Promise<Pick<DeploymentPlan, 'activity'>> {
  const own = ACTIVITIES.find((one) => one === activity)
  if (own === undefined) return {}
  const known = await db.selectFrom('bot_activity').select('bot').where('bot', '=', bot).executeTakeFirst()
  return known ? {} : { activity: own }
}

async function systemsOf(db: LedgerDatabase, deployment: string): Promise<Record<string, string>> {
  const rows = await db
    .selectFrom('deployment_system')
    .select(['role', 'system'])
    .where('deployment', '=', deployment)
    .orderBy('role')
    .execute()
  return Object.fromEntries(rows.map(({ role, system }) => [role, system]))
}

async function triggersOf(db: LedgerDatabase, deployment: string): Promise<PlannedTrigger[]> {
  const rows = await db
    .selectFrom('trigger')
    .selectAll()
    .where('deployment', '=', deployment)
    .orderBy('id')
    .execute()
  return await Promise.all(rows.map((row) => triggerOf(db, row)))
}

async function triggerOf(db: LedgerDatabase, row: TriggerRow): Promise<PlannedTrigger> {
  const { id, missed, skip_holidays: skipHolidays } = row
  switch (row.kind) {
    case 'schedule':
      return { kind: 'schedule', id, cron: row.cron ?? '', missed, skipHolidays }
    case 'hl7': {
      const conditions = [...readConditions(row.conditions, `trigger ${id}`)]
      return { kind: 'hl7', id, messageTypes: row.message_types ?? [], conditions }
    }
    case 'fhir':
      return await changeTriggerOf(db, id)
  }
}

async function changeTriggerOf(db: LedgerDatabase, id: string): Promise<PlannedTrigger> {
  const poll = await db
    .selectFrom('fhir_poll')
    .selectAll()
    .where('trigger', '=', id)
    .executeTakeFirstOrThrow()
  return {
    kind: 'fhir',
    id,
    role: poll.role,
    resourceType: poll.resource_type,
    parameters: parametersOf(poll.parameters),
    ...(poll.since === null ? {} : { since: poll.since.toISOString() }),
    everySeconds: poll.every_seconds,
    overlapSeconds: poll.overlap_seconds,
    sorted: poll.sorted,
    notified: poll.notified,
  }
}

type Parameters = Extract<PlannedTrigger, { kind: 'fhir' }>['parameters']

/** They were read with the schema of the trigger when they were put there. */
const parametersOf = (raw: unknown): Parameters => raw as Parameters

async function baselinesOf(db: LedgerDatabase, deployment: string): Promise<PlannedBaseline[]> {
  const rows = await db
    .selectFrom('baseline')
    .selectAll()
    .select(isBackdated().as('backdated'))
    .where('deployment', '=', deployment)
    .orderBy('variant')
    .orderBy('valid_from')
    .execute()
  const begins = new Set(rows.map((row) => `${row.variant} ${row.valid_from}`))
  return rows.map((row) => ({
    variant: row.variant,
    minutes: Number(row.minutes),
    method: row.method,
    ...(row.n === null ? {} : { n: row.n }),
    ...(row.spread_minutes === null ? {} : { spreadMinutes: Number(row.spread_minutes) }),
    measuredBy: row.measured_by,
    measuredOn: row.measured_on,
    validFrom: row.valid_from,
    ...(row.valid_until === null || begins.has(`${row.variant} ${row.valid_until}`)
      ? {}
      : { validUntil: row.valid_until }),
    remeasureOn: row.remeasure_on,
    ...(row.backdated ? { backdated: true } : {}),
  }))
}

/** A plan as it is written down with a change. */
export function writtenPlan(deployment: PlannedDeployment | undefined): Json {
  if (!deployment) return null
  const { mode, plan } = deployment
  // A plan is read by its schema and holds nothing but JSON.
  return JSON.parse(JSON.stringify({ mode, ...plan })) as Json
}
