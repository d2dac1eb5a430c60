import { sql } from 'kysely'
import type { DeploymentRow, LedgerDatabase, SystemRow } from './tables.ts'

/** A deployment with its systems by the role they have for the bot. */
export interface Deployment extends DeploymentRow {
  readonly time_zone: string
  readonly systems: ReadonlyMap<string, SystemRow>
}

/** Undefined when there is no such deployment. */
export async function findDeployment(db: LedgerDatabase, id: string): Promise<Deployment | undefined> {
  const deployment = await db
    .selectFrom('deployment')
    .innerJoin('hospital', 'hospital.id', 'deployment.hospital')
    .selectAll('deployment')
    .select('hospital.time_zone')
    .where('deployment.id', '=', id)
    .executeTakeFirst()
  if (!deployment) return undefined
  const systems = await db
    .selectFrom('deployment_system as ds')
    .innerJoin('system', (join) =>
      join.onRef('system.hospital', '=', 'ds.hospital').onRef('system.id', '=', 'ds.system'),
    )
    .selectAll('system')
    .select('ds.role')
    .where('ds.deployment', '=', id)
    .execute()
  return { ...deployment, systems: new Map(systems.map(({ role, ...system }) => [role, system])) }
}

const UNEXPECTED_IN_A_ROW = 3

/** The page or patient was not the one the bot knows; the third time in a row stops the deployment and tells its owner. */
export async function noteUnexpected(db: LedgerDatabase, deployment: string): Promise<void> {
  await db
    .updateTable('deployment')
    .set((eb) => ({ unexpected_in_a_row: eb('unexpected_in_a_row', '+', 1) }))
    .where('id', '=', deployment)
    .execute()
  await stopDeployment(
    db,
    deployment,
    'What the robot met was not what it knows, three times in a row. Look at its parked items, mend the cause and start it again.',
    UNEXPECTED_IN_A_ROW,
  )
}

/** Nothing unexpected this time: the count in a row starts anew. */
export async function noteExpected(db: LedgerDatabase, deployment: string): Promise<void> {
  await db
    .updateTable('deployment')
    .set({ unexpected_in_a_row: 0 })
    .where('id', '=', deployment)
    .where('unexpected_in_a_row', '>', 0)
    .execute()
}

/** Stops a deployment with an alarm for its responsible person; its items stay queued. */
export async function stopDeployment(
  db: LedgerDatabase,
  deployment: string,
  reason: string,
  unexpectedAtLeast = 0,
): Promise<void> {
  await sql`
    WITH stopped AS (
      UPDATE deployment SET stopped_at = clock_timestamp(), stopped_reason = ${reason}
      WHERE id = ${deployment} AND stopped_at IS NULL AND unexpected_in_a_row >= ${unexpectedAtLeast}
      RETURNING id, hospital
    )
    INSERT INTO alarm (hospital, deployment, kind, sentence)
    SELECT hospital, id, 'deployment-stopped', ${reason} FROM stopped`.execute(db)
}
