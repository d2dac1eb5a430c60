import { rolesAt, useMe } from '../shared/me.ts'
import { useHospital } from '../shared/use-path.ts'

/** Whether the reader administers this hospital; others only look. */
export function useMayAdminister(): boolean {
  const me = useMe()
  return rolesAt(me, useHospital().id).includes('administrator')
}
