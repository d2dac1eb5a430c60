import type { Route } from '../route.ts'
import { meRoutes } from './me-routes.ts'
import { oidcRoutes } from './oidc-routes.ts'
import { pageErrorRoutes } from './page-error-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'
import { tokenRoutes } from './token-routes.ts'

/** Signing in and out, one's own account, the people and tokens of a hospital. */
export const doorRoutes: readonly Route[] = [
  ...signInRoutes,
  ...oidcRoutes,
  ...meRoutes,
  ...pageErrorRoutes,
  ...peopleRoutes,
  ...tokenRoutes,
]
