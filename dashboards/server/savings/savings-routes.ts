import type { Route } from '../route.ts'
import { apartRoutes } from './apart-routes.ts'
import { bookingRoutes } from './booking-routes.ts'
import { figureRoutes } from './figure-routes.ts'
import { measureRoutes } from './measure-routes.ts'
import { stopwatchRoutes } from './stopwatch-routes.ts'
import { timingRoutes } from './timing-routes.ts'

/** Figures and how they come about; items only for who may see items. */
export const savingsRoutes: readonly Route[] = [
  ...figureRoutes,
  ...measureRoutes,
  ...apartRoutes,
  ...stopwatchRoutes,
  ...timingRoutes,
  ...bookingRoutes,
]
