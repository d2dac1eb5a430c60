import { createContext, use } from 'react'
import type { Role } from '../../../orchestrator/ledger/roles.ts'
import type { Page } from '../page.ts'
import type { Me } from '../../server/door/me-schemas.ts'

export type { Me }

/** Who is signed in, or null on the pages before that. */
export const MeContext = createContext<Me | null>(null)

/** Who is signed in. Only pages for `anyone` are shown without. */
export function useMe(): Me {
  const me = use(MeContext)
  if (!me) throw new Error('Nobody is signed in: only a page for anyone may be shown then.')
  return me
}

/** The roles that somebody has at a hospital. */
export function rolesAt(me: Me, hospital: string): readonly Role[] {
  return me.hospitals.find(({ id }) => id === hospital)?.roles ?? []
}

/** Whether somebody may open a page; `hospital` is that of the path, if it names one. */
export function mayOpen(
  page: Pick<Page, 'roles' | 'path'>,
  me: Me | null,
  hospital: string | undefined,
): boolean {
  const { roles } = page
  if (roles === 'anyone') return true
  if (!me) return false
  if (roles === 'signed-in') return true
  const own = page.path.includes('$hospital')
    ? rolesAt(me, hospital ?? '')
    : me.hospitals.flatMap((each) => each.roles)
  return own.some((role) => roles.includes(role))
}
