import { sql } from 'kysely'
import { findDeployments, type Deployment } from './deployments.ts'
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
  const [items, deployments] = await Promise.all([
    db.selectFrom('item').select(['id', 'state', 'deployment']).where('id', 'in', ids).execute(),
    findDeployments(db, sql`SELECT deployment FROM item WHERE id = ANY(${ids}::uuid[])`),
  ])
  const found = new Map(items.map((item) => [item.id, item]))
  return ids.map((id) => {
    const item = found.get(id)
    const deployment = item && deployments.get(item.deployment)
    return item && deployment && { id, state: item.state, deployment }
  })
}
