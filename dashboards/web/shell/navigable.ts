import type { NavigationGroup, Page } from '../page.ts'
import { pages } from '../pages.ts'
import { mayOpen, type Me } from '../shared/me.ts'

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

function pagesOf(group: NavigationGroup, me: Me, hospital: string | undefined): NavigablePage[] {
  return pages
    .filter((page) => page.navigation?.group === group && mayOpen(page, me, hospital))
    .toSorted((a, b) => (a.navigation?.order ?? 0) - (b.navigation?.order ?? 0))
    .map((page) => ({ page, to: page.path.replace('$hospital', hospital ?? '') }))
}
