import { sql } from 'kysely'
import type { DeploymentMode, LedgerDatabase } from '../ledger/tables.ts'

/** A deployment of a robot of another make: it only reports. */
export interface ReportingDeployment {
  readonly id: string
  readonly bot: string
  readonly mode: DeploymentMode
  readonly responsible: string
  /** Those that have a baseline. */
  readonly variants: readonly string[]
}

/** The deployments of a hospital whose robot is none of the catalogue's, by id. */
export async function readReporting(
  db: LedgerDatabase,
  hospital: string,
  catalogue: readonly string[],
): Promise<ReportingDeployment[]> {
  const { rows } = await sql<ReportingDeployment>`
    SELECT d.id, d.bot, d.mode, d.responsible,
      ARRAY(SELECT DISTINCT b.variant FROM baseline b WHERE b.deployment = d.id ORDER BY b.variant) AS variants
    FROM deployment d
    WHERE d.hospital = ${hospital} AND d.bot <> ALL(${catalogue}) ORDER BY d.id`.execute(db)
  return rows
}
