import { rolesAt, useMe } from '../shared/me.ts'
import { useHospital } from '../shared/use-path.ts'

/** Whether the reader has one of these roles at the hospital of this page; the server judges again. */
export function useMay(...roles: readonly ('administrator' | 'programme' | 'auditor')[]): boolean {
  const me = useMe()
  const { id } = useHospital()
  return rolesAt(me, id).some((role) => roles.some((each) => each === role))
}
