import type { NavigationGroup, Page } from '../page.ts'
import { pages } from '../pages.ts'
import { mayOpen, rolesAt, type Me } from '../shared/me.ts'

/** A page in the navigation, with its address filled in. */
export interface NavigablePage {
  readonly page: Page
  readonly to: string
}

const GROUPS: readonly NavigationGroup[] = ['administer', 'operate', 'programme', 'own']

/** What somebody may open from the navigation, by group; empty groups are left out. */
export function navigablePages(
  me: Me,
  hospital: string | undefined,
): { group: NavigationGroup; pages: NavigablePage[] }[] {
  const groups = GROUPS.map((group) => ({ group, pages: pagesOf(group, me, hospital) }))
  return groups.filter((each) => each.pages.length > 0)
}

/** Where each role does its work; of somebody with several the first counts. */
const WORKPLACES = [
  ['administrator', 'administer'],
  ['it', 'operate'],
  ['programme', 'programme'],
  ['colleague', 'programme'],
] as const

/** The page to begin with: the first of one's own group, or else the first that may be opened. */
export function firstPage(me: Me, hospital: string | undefined): NavigablePage | undefined {
  const groups = navigablePages(me, hospital)
  const roles = rolesAt(me, hospital ?? '')
  const own = WORKPLACES.find(([role]) => roles.includes(role))?.[1]
  return (groups.find(({ group }) => group === own) ?? groups[0])?.pages[0]
}

function pagesOf(group: NavigationGroup, me: Me, hospital: string | undefined): NavigablePage[] {
  return pages
    .filter((page) => page.navigation?.group === group && mayOpen(page, me, hospital))
    .toSorted((a, b) => (a.navigation?.order ?? 0) - (b.navigation?.order ?? 0))
    .map((page) => ({ page, to: page.path.replace('$hospital', hospital ?? '') }))
}
