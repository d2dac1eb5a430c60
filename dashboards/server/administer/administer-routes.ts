import type { Route } from '../route.ts'
import { calendarRoutes } from './calendar-routes.ts'
import { catalogueRoutes } from './catalogue-routes.ts'
import { changeRoutes } from './change-routes.ts'
import { deploymentRoutes } from './deployment-routes.ts'
import { draftRoutes } from './draft-routes.ts'
import { systemRoutes } from './system-routes.ts'
import { trialRoutes } from './trial-routes.ts'

/** What an administrator puts to work and sets up: robots, deployments, systems, the calendar, and what was changed. */
export const administerRoutes: readonly Route[] = [
  ...catalogueRoutes,
  ...deploymentRoutes,
  ...draftRoutes,
  ...trialRoutes,
  ...systemRoutes,
  ...calendarRoutes,
  ...changeRoutes,
]
