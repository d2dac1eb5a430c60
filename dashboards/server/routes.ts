import { administerRoutes } from './administer/administer-routes.ts'
import { doorRoutes } from './door/door-routes.ts'
import { itemsRoutes } from './items/items-routes.ts'
import { operateRoutes } from './operate/operate-routes.ts'
import { programmeRoutes } from './programme/programme-routes.ts'
import { reportRoutes } from './reports/report-routes.ts'
import { reportedRoutes } from './reported/reported-routes.ts'
import type { Route } from './route.ts'
import { savingsRoutes } from './savings/savings-routes.ts'

/** Every route of the API. A route that is not here does not exist. */
export const routes: readonly Route[] = [
  ...doorRoutes,
  ...administerRoutes,
  ...itemsRoutes,
  ...operateRoutes,
  ...programmeRoutes,
  ...reportedRoutes,
  ...reportRoutes,
  ...savingsRoutes,
]
