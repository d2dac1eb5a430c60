import { useState } from 'react'
import { Changed } from '../../server/items/today-schemas.ts'
import { live, useLive } from '../shared/use-live.ts'
import { useHospital } from '../shared/use-path.ts'

/**
 * Whether something changed since the list was read. The list itself stays as it is until somebody asks: rows that move
 * under a pointer are pressed by mistake.
 * @param deployment only its changes; empty for all
 */
export function useChanges(deployment: string): { readonly there: boolean; readonly seen: () => void } {
  const { api } = useHospital()
  const [there, setThere] = useState(false)
  useLive(`${api}/items/live`, {
    changed: live(Changed, ({ deployments, items }) => {
      if (items.length > 0 && (deployment === '' || deployments.includes(deployment))) setThere(true)
    }),
  })
  return { there, seen: () => setThere(false) }
}
