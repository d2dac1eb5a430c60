import { pages as administerPages } from './administer/pages.ts'
import { pages as doorPages } from './door/pages.ts'
import { pages as itemPages } from './items/pages.ts'
import { pages as operatePages } from './operate/pages.ts'
import type { Page } from './page.ts'
import { pages as programmePages } from './programme/pages.ts'
import { pages as savingsPages } from './savings/pages.ts'

/** The only list of pages: the router, the navigation and the tests are made of it. */
export const pages: readonly Page[] = [
  ...doorPages,
  ...administerPages,
  ...itemPages,
  ...operatePages,
  ...savingsPages,
  ...programmePages,
]
