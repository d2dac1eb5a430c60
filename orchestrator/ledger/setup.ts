import { sql } from 'kysely'
import type { Activity } from '../../bots/activity.ts'
import type { Json, SystemKind } from '../../bots/bot.ts'
import { Failure } from '../../connectors/failure.ts'
import { putFhirTrigger, type FhirTriggerSetup } from './fhir-triggers.ts'
import { inTransaction } from './in-transaction.ts'
import { readConditions, type MessageCondition } from './message-conditions.ts'
import type { BaselineMethod } from './savings-tables.ts'
import type { DeploymentMode, LedgerDatabase } from './tables.ts'

export interface HospitalSetup {
  readonly id: string
  readonly name: string
  /** Hours a year of one FTE, from a date on. */
  readonly norms: readonly {
    readonly validFrom: string
    readonly name: string
    readonly hoursPerYear: number
  }[]
}

export interface SystemSetup {
  readonly hospital: string
  readonly id: string
  readonly kind: SystemKind
  readonly address: string
  /** Sessions that may be open at once, over all workers. */
  readonly seats: number
  readonly settings: Json
}

export interface BaselineSetup {
  readonly variant: string
  readonly minutes: number
  readonly method: BaselineMethod
  readonly n?: number
  readonly spreadMinutes?: number
  readonly measuredBy: string
  /** Local dates. */
  readonly measuredOn: string
  readonly validFrom: string
  readonly remeasureOn: string
}

export interface DeploymentSetup {
  readonly id: string
  readonly hospital: string
  readonly bot: string
  readonly mode: DeploymentMode
  /** Of a robot that is not in the catalogue; it stays what it was when the deployment was made. */
  readonly activity?: Activity | undefined
  readonly settings: Json
  /** The system by the role it has for the bot. */
  readonly systems: Readonly<Record<string, string>>
  readonly responsible: string
  readonly outsideSeconds: number
  readonly parkedShare: number
  readonly triggers: readonly (
    | {
        readonly id: string
        readonly cron: string
        readonly missed: 'all' | 'last' | 'none'
        /** Whether it leaves out public holidays and the hospital's closing days. */
        readonly skipHolidays?: boolean
      }
    | {
        readonly id: string
        readonly messageTypes: readonly string[]
        /** All must hold; none when left out. */
        readonly conditions?: readonly MessageCondition[]
      }
    | FhirTriggerSetup
  )[]
  readonly baselines: readonly BaselineSetup[]
}

/** Makes or renews a hospital and its norms. */
export async function putHospital(db: LedgerDatabase, { id, name, norms }: HospitalSetup): Promise<void> {
  await db
    .insertInto('hospital')
    .values({ id, name })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ name }))
    .execute()
  for (const norm of norms) {
    const values = { name: norm.name, hours_per_year: String(norm.hoursPerYear) }
    await db
      .insertInto('norm')
      .values({ hospital: id, valid_from: norm.validFrom, ...values })
      .onConflict((conflict) => conflict.columns(['hospital', 'valid_from']).doUpdateSet(values))
      .execute()
  }
}

/** Makes or renews a system with its seats; what it is held or failing for stays. */
export async function putSystem(db: LedgerDatabase, system: SystemSetup): Promise<void> {
  const { hospital, id, kind, address, seats } = system
  const values = { kind, address, seats, settings: JSON.stringify(system.settings) }
  await db
    .insertInto('system')
    .values({ hospital, id, ...values })
    .onConflict((conflict) => conflict.columns(['hospital', 'id']).doUpdateSet(values))
    .execute()
  await sql`DELETE FROM seat WHERE hospital = ${hospital} AND system = ${id} AND number > ${seats}`.execute(
    db,
  )
  await sql`INSERT INTO seat (hospital, system, number) SELECT ${hospital}, ${id}, generate_series(1, ${seats}::int)
    ON CONFLICT DO NOTHING`.execute(db)
}

/** Makes or renews a deployment with its systems, triggers and baselines, in one transaction. */
export async function putDeployment(db: LedgerDatabase, deployment: DeploymentSetup): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { id, hospital, bot, mode, responsible } = deployment
    const values = {
      mode,
      responsible,
      settings: JSON.stringify(deployment.settings),
      parked_share: deployment.parkedShare,
      outside_seconds: deployment.outsideSeconds,
    }
    await tx
      .insertInto('deployment')
      .values({ id, hospital, bot, activity: deployment.activity ?? null, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      .execute()
    await tx.deleteFrom('deployment_system').where('deployment', '=', id).execute()
    for (const [role, system] of Object.entries(deployment.systems)) {
      await tx.insertInto('deployment_system').values({ deployment: id, hospital, role, system }).execute()
    }
    await putTriggers(tx, deployment)
    for (const baseline of deployment.baselines) await putBaseline(tx, id, baseline)
  })
}

async function putTriggers(tx: LedgerDatabase, { id: deployment, triggers }: DeploymentSetup): Promise<void> {
  for (const trigger of triggers) {
    if ('resourceType' in trigger) {
      await putFhirTrigger(tx, deployment, trigger)
      continue
    }
    const values = 'cron' in trigger ? scheduleColumns(trigger) : hl7Columns(trigger)
    await tx
      .insertInto('trigger')
      .values({ id: trigger.id, deployment, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      .execute()
  }
}

function scheduleColumns({
  cron,
  missed,
  skipHolidays = false,
}: Extract<DeploymentSetup['triggers'][number], { readonly cron: string }>) {
  return { kind: 'schedule' as const, cron, missed, skip_holidays: skipHolidays }
}

function hl7Columns(trigger: {
  readonly id: string
  readonly messageTypes: readonly string[]
  readonly conditions?: readonly MessageCondition[]
}) {
  const conditions = JSON.stringify(readConditions(trigger.conditions ?? [], `trigger ${trigger.id}`))
  return { kind: 'hl7' as const, message_types: [...trigger.messageTypes], conditions }
}

/**
 * Adds a baseline from its date on and ends the one before it on that date. The same one again changes nothing.
 * @throws business when there is one from that date or later: a baseline is ended and replaced, never edited
 */
export async function putBaseline(
  tx: LedgerDatabase,
  deployment: string,
  baseline: BaselineSetup,
): Promise<void> {
  const later = await tx
    .selectFrom('baseline')
    .selectAll()
    .where('deployment', '=', deployment)
    .where('variant', '=', baseline.variant)
    .where('valid_from', '>=', baseline.validFrom)
    .executeTakeFirst()
  const values = baselineColumns(baseline)
  if (later && isSame(later, values)) return
  if (later) {
    const sentence = `Field validFrom: variant "${baseline.variant}" has a baseline from ${later.valid_from} already; a baseline is not edited, give the new one a later date.`
    throw new Failure('business', 'baseline-exists', sentence)
  }
  await sql`UPDATE baseline SET valid_until = ${baseline.validFrom}
    WHERE deployment = ${deployment} AND variant = ${baseline.variant} AND valid_until IS NULL`.execute(tx)
  await tx
    .insertInto('baseline')
    .values({ deployment, ...values })
    .execute()
}

type BaselineColumns = ReturnType<typeof baselineColumns>

const baselineColumns = (baseline: BaselineSetup) => ({
  variant: baseline.variant,
  minutes: baseline.minutes.toFixed(3),
  method: baseline.method,
  n: baseline.n ?? null,
  spread_minutes: baseline.spreadMinutes?.toFixed(3) ?? null,
  measured_by: baseline.measuredBy,
  measured_on: baseline.measuredOn,
  valid_from: baseline.validFrom,
  remeasure_on: baseline.remeasureOn,
})

function isSame(row: BaselineColumns, values: BaselineColumns): boolean {
  return (
    values.valid_from === row.valid_from && columnNames(values).every((name) => row[name] === values[name])
  )
}

const columnNames = (values: BaselineColumns) => Object.keys(values) as (keyof BaselineColumns)[]
