import type { Route } from '../route.ts'
import { adoptionRoutes } from './adoption-routes.ts'
import { ideaRoutes } from './idea-routes.ts'
import { valueRoutes } from './value-routes.ts'

/** What the programme office keeps and reads; never an item, never a patient. */
export const programmeRoutes: readonly Route[] = [...adoptionRoutes, ...ideaRoutes, ...valueRoutes]
