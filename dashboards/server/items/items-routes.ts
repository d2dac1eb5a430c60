import type { Route } from '../route.ts'
import { bulkRoutes } from './bulk-routes.ts'
import { handlingRoutes } from './handling-routes.ts'
import { itemRoutes } from './item-routes.ts'
import { listRoutes } from './list-routes.ts'
import { todayRoutes } from './today-routes.ts'
import { worklistRoutes } from './worklist-routes.ts'

/** Today, items, the worklist and lists that are offered. */
export const itemsRoutes: readonly Route[] = [
  ...todayRoutes,
  ...itemRoutes,
  ...bulkRoutes,
  ...worklistRoutes,
  ...handlingRoutes,
  ...listRoutes,
]
