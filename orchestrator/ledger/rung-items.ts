import { sql } from 'kysely'
import { systemsOf, type Deployment } from './deployments.ts'
import type { ItemState, LedgerDatabase } from './tables.ts'

/** An item for which a bell rang, with its deployment as it is now. */
export interface RungItem {
  readonly id: string
  readonly state: ItemState
  readonly deployment: Deployment
}

/** Looks several up at once; undefined for one that is not there. */
export async function rungItems(
  db: LedgerDatabase,
  ids: readonly string[],
): Promise<(RungItem | undefined)[]> {
  const [{ rows }, systems] = await Promise.all([
    sql<Omit<Deployment, 'systems'> & { item: string; state: ItemState }>`
      SELECT item.id AS item, item.state, deployment.*, hospital.time_zone
      FROM item JOIN deployment ON deployment.id = item.deployment JOIN hospital ON hospital.id = item.hospital
      WHERE item.id = ANY(${ids}::uuid[])`.execute(db),
    systemsOf(db, sql`SELECT deployment FROM item WHERE id = ANY(${ids}::uuid[])`),
  ])
  const found = new Map(
    rows.map(({ item, state, ...row }): [string, RungItem] => {
      const deployment = { ...row, systems: systems.get(row.id) ?? new Map() }
      return [item, { id: item, state, deployment }]
    }),
  )
  return ids.map((id) => found.get(id))
}
