import { sql, type RawBuilder } from 'kysely'
import type { DeploymentRow, LedgerDatabase, SystemRow } from './tables.ts'

/** A deployment with its systems by the role they have for the bot. */
export interface Deployment extends DeploymentRow {
  readonly time_zone: string
  readonly systems: ReadonlyMap<string, SystemRow>
}

/** Undefined when there is no such deployment. */
export async function findDeployment(db: LedgerDatabase, id: string): Promise<Deployment | undefined> {
  return (await findDeployments(db, sql`${id}`)).get(id)
}

/** The deployments whose ids `which` selects, by their ids. */
export async function findDeployments(
  db: LedgerDatabase,
  which: RawBuilder<unknown>,
): Promise<ReadonlyMap<string, Deployment>> {
  const [deployments, systems] = await Promise.all([
    sql<DeploymentRow & { time_zone: string }>`
      SELECT deployment.*, hospital.time_zone FROM deployment JOIN hospital ON hospital.id = deployment.hospital
      WHERE deployment.id IN (${which})`.execute(db),
    sql<SystemRow & { role: string; deployment: string }>`
      SELECT system.*, ds.role, ds.deployment FROM deployment_system ds
      JOIN system ON system.hospital = ds.hospital AND system.id = ds.system
      WHERE ds.deployment IN (${which})`.execute(db),
  ])
  const systemsOf = new Map<string, Map<string, SystemRow>>()
  for (const { deployment, role, ...system } of systems.rows) {
    const roles = systemsOf.get(deployment) ?? new Map<string, SystemRow>()
    systemsOf.set(deployment, roles.set(role, system))
  }
  return new Map(
    deployments.rows.map((row) => [row.id, { ...row, systems: systemsOf.get(row.id) ?? new Map() }]),
  )
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
