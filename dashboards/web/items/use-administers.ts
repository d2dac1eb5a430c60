import { rolesAt, useMe } from '../shared/me.ts'
import { useHospital } from '../shared/use-path.ts'

/** Whether the reader administers this hospital; others only look. */
export function useAdministers(): boolean {
  const me = useMe()
  const { id } = useHospital()
  return rolesAt(me, id).includes('administrator')
}
