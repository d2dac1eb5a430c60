import { sql } from 'kysely'
import type { Activity } from '../../bots/activity.ts'
import type { ChangedBy } from '../ledger/closing-days.ts'
import { DeploymentPlan, type PlannedBaseline } from '../ledger/deployment-plan.ts'
import { readDrafts, saveDraft } from '../ledger/drafts.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import { readPlan } from '../ledger/read-plan.ts'
import type { DeploymentMode, LedgerDatabase } from '../ledger/tables.ts'
import { putToWork, type PutToWork } from '../work/put-to-work.ts'

/** A deployment of a robot of another make: it only reports. */
export interface ReportingDeployment extends Omit<ReportingPlan, 'activity'> {
  /** Null where nobody told it when it was made. */
  readonly activity: Activity | null
  readonly mode: DeploymentMode
  /** Those that have a baseline. */
  readonly variants: readonly string[]
}

/** What somebody says of it. */
export interface ReportingPlan {
  readonly id: string
  /** What the robot is called, in small letters and hyphens. */
  readonly bot: string
  readonly activity: Activity
  /** The account that is responsible for what the robot does. */
  readonly responsible: string
  /** What people spend on each item that they finish, when the report does not tell. */
  readonly outsideSeconds: number
  /** Credit for an item that a person finished, 0 to 1. */
  readonly parkedShare: number
}

/** The deployments of a hospital whose robot is none of the catalogue's, by id. */
export async function readReporting(
  db: LedgerDatabase,
  hospital: string,
  catalogue: readonly string[],
): Promise<ReportingDeployment[]> {
  const { rows } = await sql<ReportingDeployment>`
    SELECT d.id, d.bot, d.activity, d.mode, d.responsible, d.outside_seconds AS "outsideSeconds",
      d.parked_share::float8 AS "parkedShare",
      ARRAY(SELECT DISTINCT b.variant FROM baseline b WHERE b.deployment = d.id ORDER BY b.variant) AS variants
    FROM deployment d
    WHERE d.hospital = ${hospital} AND d.bot <> ALL(${catalogue}) ORDER BY d.id`.execute(db)
  return rows
}

/** Those that somebody asked to go live, and that wait for a second account. */
export async function readReportingAsked(
  db: LedgerDatabase,
  hospital: string,
  catalogue: readonly string[],
): Promise<{ readonly id: string; readonly askedBy: string }[]> {
  const drafts = await readDrafts(db, hospital)
  return drafts.flatMap(({ deployment: id, plan, askedBy }) =>
    askedBy === null || catalogue.includes(plan.bot) ? [] : [{ id, askedBy }],
  )
}

/**
 * Makes such a deployment or changes it, and puts it to work: `asked` where the hospital wants four eyes. A new one
 * needs a baseline; those that it has stay, and are kept up with the others of the hospital.
 * @throws business: names the field that is not right
 */
export async function keepReporting(
  db: LedgerDatabase,
  by: ChangedBy,
  { id, baseline, ...given }: ReportingPlan & { readonly baseline?: PlannedBaseline | undefined },
  work: PutToWork,
): Promise<'working' | 'asked'> {
  return await inTransaction(db, async (tx) => {
    const before = await readPlan(tx, by.hospital, id)
    const baselines = [...(before?.plan.baselines ?? []), ...(baseline ? [baseline] : [])]
    await saveDraft(tx, by, id, DeploymentPlan.parse({ ...given, baselines }))
    return await putToWork(tx, by, { deployment: id, mode: 'live' }, work)
  })
}
