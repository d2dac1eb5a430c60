import type { Route } from '../route.ts'
import { accessRoutes } from './access-routes.ts'
import { channelRoutes } from './channel-routes.ts'
import { logRoutes } from './log-routes.ts'
import { messageRoutes } from './message-routes.ts'
import { metricsRoutes } from './metrics-routes.ts'
import { storageRoutes } from './storage-routes.ts'
import { workerRoutes } from './worker-routes.ts'

/** What hospital IT works with. The sign-in log is with the door. */
export const operateRoutes: readonly Route[] = [
  ...workerRoutes,
  ...channelRoutes,
  ...messageRoutes,
  ...logRoutes,
  ...storageRoutes,
  ...accessRoutes,
  ...metricsRoutes,
]
