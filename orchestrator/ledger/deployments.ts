import { sql, type RawBuilder } from 'kysely'
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
  const systems = await systemsOf(db, sql`${id}`)
  return { ...deployment, systems: systems.get(id) ?? new Map() }
}

/** The systems of the deployments whose ids `which` selects, by deployment and role. */
export async function systemsOf(
  db: LedgerDatabase,
  which: RawBuilder<unknown>,
): Promise<ReadonlyMap<string, ReadonlyMap<string, SystemRow>>> {
  const { rows } = await sql<SystemRow & { role: string; deployment: string }>`
    SELECT system.*, ds.role, ds.deployment FROM deployment_system ds
    JOIN system ON system.hospital = ds.hospital AND system.id = ds.system
    WHERE ds.deployment IN (${which})`.execute(db)
  const found = new Map<string, Map<string, SystemRow>>()
  for (const { deployment, role, ...system } of rows) {
    const roles = found.get(deployment) ?? new Map<string, SystemRow>()
    found.set(deployment, roles.set(role, system))
  }
  return found
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
